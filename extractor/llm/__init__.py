"""The only door to a model: Instructor over the OpenAI client, retries, cache, the embedded engine."""

from extractor.llm.model import Model, Reply
from extractor.llm.profiles import ModelProfile, profile_of
from extractor.llm.weights import Progress, WeightsStatus, status

__all__ = ["Model", "ModelProfile", "Progress", "Reply", "WeightsStatus", "profile_of", "status"]
