"""Statement: somebody says something, and the article says that they did."""

from typing import ClassVar, Literal, Self

from pydantic import Field

from schemas.record import Record
from schemas.values import Actor, EventDate, Evidences, Name, Sentence


class Statement(Record):
    """Somebody with a name, an office or a flag says something, quoted or reported."""

    per_run: ClassVar[bool] = True
    joined_text: ClassVar[str | None] = "content"

    type: Literal["statement"] = Field(default="statement", exclude=True)
    speaker: Actor
    act: Literal["inform", "support", "accuse", "demand", "promise", "threaten", "deny"]
    direct: bool = Field(description="Whether words stand in quotation marks as the speaker's own.")
    content: Sentence = Field(description="What was said, one English sentence, no opinion added.")
    addressee: Actor | None = Field(description="The actor spoken to, not the one spoken about.")
    via: Name | None = Field(description="Outlet through which the words came: TASS.")
    date: EventDate | None = Field(description="When the words were spoken, if the article says.")
    evidence: Evidences

    def same_event(self, other: Self) -> bool:
        """The same speaker; that the sentences are neighbours is seen to by the one who merges."""
        return self.speaker.is_same(other.speaker)
