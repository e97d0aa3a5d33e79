"""The only door to a model: Instructor, the OpenAI client, retries, cache, embedded engine."""

from extractor.llm.cache import AnswerCache, Answers, Entry
from extractor.llm.model import Model, Reply
from extractor.llm.profiles import ModelProfile, profile_of
from extractor.llm.weights import Progress, WeightsStatus, status

__all__ = [
    "AnswerCache",
    "Answers",
    "Entry",
    "Model",
    "ModelProfile",
    "Progress",
    "Reply",
    "WeightsStatus",
    "profile_of",
    "status",
]
