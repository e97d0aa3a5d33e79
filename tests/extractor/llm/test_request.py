"""A request is one text, for the wire and for the key."""

import hashlib
import json

import pytest

from extractor.llm.request import Request
from prompts import Message

MESSAGES: list[Message] = [
    {"role": "system", "content": "Ты читаешь «новости»."},
    {"role": "user", "content": "A pays B"},
]


def key(
    content: str = "A pays B", model: str = "m", host: str | None = None, **more: object
) -> str:
    messages: list[Message] = [MESSAGES[0], {"role": "user", "content": content}]
    return Request(messages, **{"temperature": 0, "max_tokens": 9, **more}).key(model, host)


def test_key_is_the_hash_of_canonical_json() -> None:
    """As it was before requests were written part by part: answers kept then are found now."""
    parts = {
        "format": 1, "model": "m", "host": None, "messages": MESSAGES, "temperature": 0,
        "max_tokens": 9,
    }  # fmt: skip
    text = json.dumps(parts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert key() == hashlib.sha256(text.encode()).hexdigest()


def test_key_does_not_depend_on_the_order_of_parts() -> None:
    one = Request(MESSAGES, temperature=0, max_tokens=9)
    other = Request(MESSAGES, max_tokens=9, temperature=0)
    assert one.key("m", None) == other.key("m", None)


@pytest.mark.parametrize(
    "changed",
    [
        {"model": "n"},
        {"host": "h"},
        {"content": "B pays A"},
        {"content": "A pays B "},
        {"temperature": 1},
        {"response_format": {}},
    ],
    ids=str,
)
def test_key_changes_with_every_part(changed: dict[str, object]) -> None:
    assert key(**changed) != key()


def test_key_of_broken_unicode_is_a_key() -> None:
    assert len(key("\ud800")) == 64


def test_body_is_the_request_with_the_model() -> None:
    sent = json.loads(Request(MESSAGES, temperature=0, max_tokens=9).body("m", slot=2))
    assert sent == {
        "model": "m", "messages": MESSAGES, "temperature": 0, "max_tokens": 9, "id_slot": 2,
    }  # fmt: skip


def test_body_leaves_out_what_the_server_does_not_take() -> None:
    sent = json.loads(
        Request(MESSAGES, temperature=0, max_tokens=9).body("m", without=["temperature"])
    )
    assert "temperature" not in sent


def test_other_messages_make_another_request_with_the_same_rest() -> None:
    asked = Request(MESSAGES, temperature=0, max_tokens=9).asking(MESSAGES[:1])
    assert json.loads(asked.body("m")) == {
        "model": "m", "messages": MESSAGES[:1], "temperature": 0, "max_tokens": 9,
    }  # fmt: skip
