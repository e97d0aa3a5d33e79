"""What a model is asked for: a list of typed events; and the JSON schemas of both faces."""

import json
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Annotated, Any, Union

from pydantic import BaseModel, ConfigDict, Discriminator, create_model
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema
from typing_extensions import override

from schemas.registry import EVENT_TYPES, RECORD_TYPES, Event


class AskedSchema(GenerateJsonSchema):
    """The small JSON schema of the asked face, fit for strict mode.

    Every property is required, no other is allowed, and titles and defaults are left out: a model
    has no use for them.
    """

    @override
    def field_title_should_be_set(self, schema: Any) -> bool:
        """Never: the property's name says as much."""
        return False

    @override
    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """The schema of the value alone."""
        return self.generate_inner(schema["schema"])

    @override
    def tagged_union_schema(self, schema: core_schema.TaggedUnionSchema) -> JsonSchemaValue:
        """The choices as `anyOf`; strict mode knows no `oneOf`."""
        return {"anyOf": [self.generate_inner(choice) for choice in schema["choices"].values()]}

    @override
    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        """An object schema that OpenAI's strict mode takes."""
        asked = super().model_schema(schema)
        asked.pop("title", None)
        asked.get("properties", {}).pop("confidence", None)  # a model's own would mean nothing
        if "properties" in asked:
            asked["required"] = list(asked["properties"])
            asked["additionalProperties"] = False
        return asked


class Answer(BaseModel):
    """The events that the numbered sentences report, in their order; an empty list for none."""

    model_config = ConfigDict(extra="forbid")

    events: list[Event]

    @classmethod
    @override
    def model_json_schema(cls, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The asked face. Instructor calls this for every request, so it is built only once."""
        return asked_schema(cls)


@cache
def answer_of(types: tuple[str, ...]) -> type[Answer]:
    """The answer to a question about only the record types named."""
    if types == EVENT_TYPES:
        return Answer
    known = dict(zip(EVENT_TYPES, RECORD_TYPES.values(), strict=True))
    first, *others = (known[name] for name in types)
    event: Any = first
    if others:
        event = Annotated[Union[(first, *others)], Discriminator("type")]  # dynamic
    return create_model(
        "Answer", __base__=Answer, __doc__=Answer.__doc__, events=(list[event], ...)
    )


@cache
def asked_schema(model: type[BaseModel]) -> dict[str, Any]:
    """The JSON schema a model must fill for `model`."""
    schema = AskedSchema().generate(model.__pydantic_core_schema__, mode="validation")
    inlined: dict[str, Any] = _inlined(schema, schema.get("$defs", {}))
    return inlined


def _inlined(node: Any, definitions: dict[str, Any]) -> Any:
    """`node` with each `$ref` that has a neighbour, say a description, replaced by what it names.

    Strict mode takes a `$ref` only alone.
    """
    if isinstance(node, list):
        return [_inlined(item, definitions) for item in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node and len(node) > 1:
        node = definitions[node["$ref"].rsplit("/", 1)[-1]] | {
            key: value for key, value in node.items() if key != "$ref"
        }
    return {key: _inlined(value, definitions) for key, value in node.items()}


def narrowed_schema(
    model: type[BaseModel], fields: Mapping[str, Any], known: Iterable[str]
) -> dict[str, Any]:
    """The asked face of an answer of one record type, with less left to say.

    Args:
        model: the answer.
        fields: JSON schemas in place of those of fields.
        known: fields that are not asked.
    """
    schema = asked_schema(model)
    events = schema["properties"]["events"]
    event = _inlined({**events["items"], "description": ""}, schema["$defs"])
    left_out = {*known, "type"}
    properties = {
        name: fields.get(name, one)
        for name, one in event["properties"].items()
        if name not in left_out
    }
    event = {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
    text = json.dumps(properties)
    definitions = {
        name: one
        for name, one in schema["$defs"].items()
        if name == "Name" or f'/{name}"' in text  # other definitions refer to names
    }
    return {
        "type": "object",
        "properties": {"events": {"type": "array", "items": event, "minItems": 1, "maxItems": 1}},
        "required": ["events"],
        "additionalProperties": False,
        "$defs": definitions,
    }


@cache
def given_schema(model: type[BaseModel]) -> dict[str, Any]:
    """The JSON schema of what the user gets for `model`."""
    return GenerateJsonSchema().generate(model.__pydantic_core_schema__, mode="serialization")
