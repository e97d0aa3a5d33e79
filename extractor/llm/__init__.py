"""The only door to a model: Instructor, the OpenAI client, retries, cache, embedded engine."""

from extractor.llm.model import Model, Reply
from extractor.llm.profiles import ModelProfile, profile_of
from extractor.llm.weights import Progress, WeightsStatus, status

__all__ = ["Model", "ModelProfile", "Progress", "Reply", "WeightsStatus", "profile_of", "status"]
