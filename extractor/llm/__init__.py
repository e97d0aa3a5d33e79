"""The only door to a model: Instructor, the OpenAI client, retries, cache, embedded engine."""

from extractor.llm.cache import AnswerCache, Answers, CacheStats, Entry
from extractor.llm.counting import CountingModel
from extractor.llm.model import Model
from extractor.llm.profiles import ModelProfile, profile_of
from extractor.llm.reading import Part, Reply
from extractor.llm.weights import Progress, WeightsStatus, status

__all__ = [
    "AnswerCache",
    "Answers",
    "CacheStats",
    "CountingModel",
    "Entry",
    "Model",
    "ModelProfile",
    "Part",
    "Progress",
    "Reply",
    "WeightsStatus",
    "profile_of",
    "status",
]
