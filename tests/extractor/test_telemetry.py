"""Spans and metrics, by OpenTelemetry's own SDK in a process of its own."""

import json
import subprocess
import sys
from typing import Any

from tests.conftest import Server
from tests.scripted import answer, meeting

PROGRAM = """
import json
from opentelemetry import metrics, trace
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

spans, reader = InMemorySpanExporter(), InMemoryMetricReader()
provider = TracerProvider()
provider.add_span_processor(SimpleSpanProcessor(spans))
trace.set_tracer_provider(provider)
metrics.set_meter_provider(MeterProvider([reader]))

import asyncio, io
from extractor import Settings
from extractor.batch import Item, StreamOutput, run
from extractor.llm import Model

async def go():
    settings = Settings.from_environment()
    model = Model(settings)
    item = Item("a", "a.txt", "Anna Berg met Jean Moreau in Rome.", "utf-8", None)
    await run([item], StreamOutput(io.StringIO()), model, settings)
    await model.close()

asyncio.run(go())
told = [json.loads(one.to_json()) for one in spans.get_finished_spans()]
data = json.loads(reader.get_metrics_data().to_json())
print(json.dumps({"spans": told, "metrics": data}))
"""


def told(server: Server, monkeypatch: Any) -> dict[str, Any]:
    server.say(answer(meeting(1)))
    monkeypatch.setenv("EXTRACTOR_MODEL", "gpt-4o-mini")
    monkeypatch.setenv("EXTRACTOR_BASE_URL", server.url)
    monkeypatch.setenv("EXTRACTOR_PRICE", "1,1")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret-123")
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "Anna" not in done.stdout
    assert "secret" not in done.stdout
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_documents_and_requests_are_spans_and_counters(server: Server, monkeypatch: Any) -> None:
    found = told(server, monkeypatch)
    request, document = found["spans"]
    assert (document["name"], request["name"]) == ("extract", "chat gpt-4o-mini")
    assert document["attributes"] == {"document.id": "a", "document.outcome": "done"}
    assert request["parent_id"] == document["context"]["span_id"]
    assert request["attributes"]["gen_ai.usage.input_tokens"] == 100
    counted = {
        one["name"]: sum(point["value"] for point in one["data"]["data_points"])
        for scope in found["metrics"]["resource_metrics"][0]["scope_metrics"]
        for one in scope["metrics"]
    }
    assert counted == {
        "gen_ai.client.token.usage": 120,
        "extractor.cost": 120e-6,
        "extractor.documents": 1,
    }
