"""Spans and metrics for OpenTelemetry, where the extra `otel` is installed; else nothing at all.

A span is a document or a request; no text of an article, no prompt and no key is in it. Names are
those of OpenTelemetry's conventions for generative AI.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

from extractor.result import Usage


@dataclass(frozen=True, slots=True)
class _Instruments:
    tracer: Any
    tokens: Any
    cost: Any
    documents: Any


def _instruments() -> _Instruments | None:
    """What spans and counters are made with; None where nobody has set up where they go."""
    trace = _api()
    if trace is None or isinstance(trace.get_tracer_provider(), trace.ProxyTracerProvider):
        return None
    return _made()


@cache
def _api() -> Any:
    try:
        from opentelemetry import trace
    except ImportError:
        return None
    return trace


@cache
def _made() -> _Instruments:
    from opentelemetry import metrics, trace

    meter = metrics.get_meter("extractor")
    return _Instruments(
        tracer=trace.get_tracer("extractor"),
        tokens=meter.create_counter("gen_ai.client.token.usage", "{token}"),
        cost=meter.create_counter("extractor.cost", "USD"),
        documents=meter.create_counter("extractor.documents", "{document}"),
    )


def _nothing(usage: Usage) -> None:
    """Where nobody listens."""


@contextmanager
def request(model: str) -> Iterator[Callable[[Usage], None]]:
    """A span around one request to a model; call what it gives with what the answer cost."""
    instruments = _instruments()
    if instruments is None:
        yield _nothing
        return
    told = {"gen_ai.operation.name": "chat", "gen_ai.request.model": model}
    with instruments.tracer.start_as_current_span(f"chat {model}", attributes=told) as span:

        def tell(usage: Usage) -> None:
            span.set_attribute("gen_ai.usage.input_tokens", usage.input_tokens)
            span.set_attribute("gen_ai.usage.output_tokens", usage.output_tokens)
            for kind, count in (("input", usage.input_tokens), ("output", usage.output_tokens)):
                instruments.tokens.add(count, {**told, "gen_ai.token.type": kind})
            instruments.cost.add(usage.cost_usd or 0.0, told)

        yield tell


@contextmanager
def document(id: str) -> Iterator[Callable[[str], None]]:
    """A span around one document; call what it gives with "done", "skipped" or "failed"."""
    instruments = _instruments()
    if instruments is None:
        yield lambda _: None
        return
    with instruments.tracer.start_as_current_span(
        "extract", attributes={"document.id": id}
    ) as span:

        def tell(outcome: str) -> None:
            span.set_attribute("document.outcome", outcome)
            instruments.documents.add(1, {"outcome": outcome})

        yield tell
