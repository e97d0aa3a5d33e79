"""What is extracted: the record types and their parts. Knows nothing of models, prompts, files."""

from schemas.agreement import Agreement
from schemas.answer import Answer, answer_of, asked_schema, given_schema, narrowed_schema
from schemas.grounding import Ground, Passage, grounded_in
from schemas.meeting import Meeting
from schemas.record import Record
from schemas.registry import ACTOR_LISTS, EVENT_TYPES, RECORD_TYPES, STATUSES, Event, Records
from schemas.sanction import Sanction
from schemas.statement import Statement
from schemas.values import Actor, EventDate, Evidence, Place

__all__ = [
    "ACTOR_LISTS",
    "EVENT_TYPES",
    "RECORD_TYPES",
    "STATUSES",
    "Actor",
    "Agreement",
    "Answer",
    "Event",
    "EventDate",
    "Evidence",
    "Ground",
    "Meeting",
    "Passage",
    "Place",
    "Record",
    "Records",
    "Sanction",
    "Statement",
    "answer_of",
    "asked_schema",
    "given_schema",
    "grounded_in",
    "narrowed_schema",
]
