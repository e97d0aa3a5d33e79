"""Programs that send documents to a model and read its answers, each as its users would."""

from collections.abc import Callable

from benchmarks.contenders.common import Contender, Outcome, Task

__all__ = ["CONTENDERS", "Contender", "Outcome", "Task"]


def _extractor(task: Task) -> Contender:
    from benchmarks.contenders.extractor import ExtractorJob

    return ExtractorJob(task)


def _openai(task: Task) -> Contender:
    from benchmarks.contenders.sdk import Sdk

    return Sdk(task)


def _openai_aiohttp(task: Task) -> Contender:
    from benchmarks.contenders.sdk import Sdk

    return Sdk(task, aiohttp=True)


def _instructor(task: Task) -> Contender:
    from benchmarks.contenders.instructor import Instructor

    return Instructor(task)


def _langchain(task: Task) -> Contender:
    from benchmarks.contenders.langchain import LangChain

    return LangChain(task)


def _langextract(task: Task) -> Contender:
    from benchmarks.contenders.langextract import LangExtract

    return LangExtract(task)


CONTENDERS: dict[str, Callable[[Task], Contender]] = {
    "extractor": _extractor,
    "openai": _openai,
    "openai-aiohttp": _openai_aiohttp,
    "instructor": _instructor,
    "langchain": _langchain,
    "langextract": _langextract,
}
"""Each loads its libraries only when it is made."""
