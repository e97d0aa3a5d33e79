"""Who is who in an article: one canonical English name for every mention of an actor."""

from extractor.cast.cast import Cast, Member
from extractor.cast.records import named, persons

__all__ = ["Cast", "Member", "named", "persons"]
