"""The asked schema: what strict mode takes, and the values of the labelling guidelines."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from schemas import (
    EVENT_TYPES,
    RECORD_TYPES,
    Answer,
    Record,
    Records,
    answer_of,
    asked_schema,
    given_schema,
    narrowed_schema,
)

ASKED = Answer.model_json_schema()

LITERALS = {
    ("Actor", "kind"): ["person", "country", "organization", "group"],
    ("Meeting", "format"): ["in_person", "phone", "video", "unknown"],
    ("Meeting", "status"): ["held", "planned", "cancelled"],
    ("Statement", "act"): [
        "inform",
        "support",
        "accuse",
        "demand",
        "promise",
        "threaten",
        "deny",
    ],
    ("Agreement", "status"): ["signed", "in_force", "planned", "in_negotiation", "ended"],
    ("Sanction", "measures"): [
        "asset_freeze",
        "travel_ban",
        "trade",
        "arms_embargo",
        "export_control",
        "financial",
        "diplomatic",
        "other",
    ],
    ("Sanction", "status"): ["imposed", "in_force", "proposed", "extended", "lifted"],
}


def schemas_in(node: Any) -> Iterator[dict[str, Any]]:
    """Every schema in `node`, itself included; the names of properties are no schemas."""
    if isinstance(node, list):
        for item in node:
            yield from schemas_in(item)
    elif isinstance(node, dict):
        yield node
        for key, value in node.items():
            if key in ("properties", "$defs"):
                for part in value.values():
                    yield from schemas_in(part)
            elif key not in ("enum", "const", "required"):
                yield from schemas_in(value)


def objects_in(schema: dict[str, Any]) -> list[dict[str, Any]]:
    return [node for node in schemas_in(schema) if node.get("type") == "object"]


SCHEMAS = [pytest.param(model, id=model.__name__) for model in (Answer, *RECORD_TYPES.values())]


@pytest.mark.parametrize("model", SCHEMAS)
def test_no_object_takes_other_keys(model: type[Record]) -> None:
    found = objects_in(asked_schema(model))
    assert found
    assert all(node["additionalProperties"] is False for node in found)


@pytest.mark.parametrize("model", SCHEMAS)
def test_every_property_is_required_in_its_order(model: type[Record]) -> None:
    for node in objects_in(asked_schema(model)):
        assert node["required"] == list(node["properties"])


@pytest.mark.parametrize("model", SCHEMAS)
@pytest.mark.parametrize(
    "keyword",
    ["oneOf", "allOf", "not", "discriminator", "default", "title", "prefixItems", "examples"],
)
def test_no_schema_uses_what_strict_mode_refuses_or_a_model_has_no_use_for(
    keyword: str, model: type[Record]
) -> None:
    assert [node for node in schemas_in(asked_schema(model)) if keyword in node] == []


@pytest.mark.parametrize("model", SCHEMAS)
def test_a_reference_stands_alone_and_leads_somewhere(model: type[Record]) -> None:
    schema = asked_schema(model)
    references = [node for node in schemas_in(schema) if "$ref" in node]
    assert references
    for node in references:
        assert list(node) == ["$ref"]
        assert node["$ref"].removeprefix("#/$defs/") in schema["$defs"]


@pytest.mark.parametrize("model", SCHEMAS)
def test_every_schema_says_what_it_takes(model: type[Record]) -> None:
    """Strict mode refuses a schema without a type."""
    for node in schemas_in(asked_schema(model)):
        assert node.keys() & {"type", "$ref", "anyOf"}, node


def test_the_root_is_an_object_with_events_alone() -> None:
    assert ASKED["type"] == "object"
    assert list(ASKED["properties"]) == ["events"]


def test_an_event_is_one_of_the_registered_types() -> None:
    choices = ASKED["properties"]["events"]["items"]["anyOf"]
    names = [choice["$ref"].removeprefix("#/$defs/") for choice in choices]
    types = [ASKED["$defs"][name]["properties"]["type"]["const"] for name in names]
    assert names == [record_type.__name__ for record_type in RECORD_TYPES.values()]
    assert tuple(types) == EVENT_TYPES


def test_the_type_comes_first_and_the_evidence_last() -> None:
    for record_type in RECORD_TYPES.values():
        keys = list(ASKED["$defs"][record_type.__name__]["properties"])
        assert (keys[0], keys[-1]) == ("type", "evidence")


@pytest.mark.parametrize(
    ("owner", "name", "values"),
    [pytest.param(*key, values, id=".".join(key)) for key, values in LITERALS.items()],
)
def test_literals_are_those_of_the_labelling_guidelines(
    owner: str, name: str, values: list[str]
) -> None:
    field = ASKED["$defs"][owner]["properties"][name]
    assert field.get("items", field)["enum"] == values


def test_no_list_of_literals_of_the_guidelines_is_left_unchecked() -> None:
    named = {owner for owner, _ in LITERALS}
    listed = {
        (owner, name)
        for owner, schema in ASKED["$defs"].items()
        for name, field in schema.get("properties", {}).items()
        if owner in named and "enum" in json.dumps(field)
    }
    assert listed == set(LITERALS)


@pytest.mark.parametrize("name", RECORD_TYPES)
def test_evidence_is_asked_as_whole_numbers(name: str) -> None:
    evidence = ASKED["$defs"][RECORD_TYPES[name].__name__]["properties"]["evidence"]
    assert evidence["type"] == "array"
    assert evidence["minItems"] == 1
    assert evidence["items"] == {"$ref": "#/$defs/Evidence"}
    assert ASKED["$defs"]["Evidence"] == {"type": "integer"}


@pytest.mark.parametrize("name", ["EventDate", "Place"])
def test_dates_and_places_are_asked_as_words(name: str) -> None:
    assert ASKED["$defs"][name]["type"] == "string"


@pytest.mark.parametrize(
    ("part", "keys"),
    [
        ("Evidence", ["start", "end", "text"]),
        ("EventDate", ["text", "value"]),
        ("Place", ["name", "country"]),
    ],
)
def test_evidence_dates_and_places_are_given_as_objects(part: str, keys: list[str]) -> None:
    given = given_schema(RECORD_TYPES["meetings"])["$defs"][part]
    assert given["type"] == "object"
    assert list(given["properties"]) == keys


def test_a_country_is_given_as_alpha_3_or_null() -> None:
    country = given_schema(RECORD_TYPES["meetings"])["$defs"]["Actor"]["properties"]["country"]
    assert country["anyOf"] == [{"type": "string", "pattern": "^[A-Z]{3}$"}, {"type": "null"}]


def test_the_schema_goes_through_json_unchanged() -> None:
    assert json.loads(json.dumps(ASKED)) == ASKED


def test_the_schema_is_built_once() -> None:
    assert Answer.model_json_schema() is ASKED


def test_the_schema_is_small() -> None:
    """It is paid for with every request."""
    assert len(json.dumps(ASKED)) < 1700 * len(RECORD_TYPES)


def test_narrowed_schema_asks_for_one_record_without_what_is_known() -> None:
    choice = {"enum": ["Anna Berg", None]}
    schema = narrowed_schema(answer_of(("statement",)), {"addressee": choice}, ["speaker", "date"])
    events = schema["properties"]["events"]
    fields = events["items"]["properties"]
    assert (events["minItems"], events["maxItems"]) == (1, 1)
    assert fields["addressee"] == choice
    assert not {"speaker", "date", "type"} & fields.keys()
    assert events["items"]["required"] == list(fields)


def test_every_reference_of_a_narrowed_schema_is_defined() -> None:
    for name in EVENT_TYPES:
        schema = narrowed_schema(answer_of((name,)), {}, ["evidence"])
        wanted = set(re.findall(r"#/\$defs/(\w+)", json.dumps(schema)))
        assert wanted <= schema["$defs"].keys()


def test_a_model_is_never_asked_how_sure_it_is() -> None:
    assert "confidence" not in json.dumps(ASKED)
    assert "confidence" in json.dumps(given_schema(Records))
