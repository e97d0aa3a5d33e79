"""Which lines of a text are the article's own: those with sentences in them that are its story.

Pages come with navigation, teasers, captions, buttons, readers' comments around and between the
paragraphs. A line is the article's own when it reads as prose and nothing marks it as a leftover:
neither its words (`leftovers.toml`), nor its form, nor the list of other stories that it stands in.
Headlines and subheads are left out with the rest: they are no evidence.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_CLOSING = re.escape("\"'»”“’‘)]}›*")
_OPENING = ('"', "«", "„", "“", "‘", "'")
_STOP = ".!?…。！？؟।"
_ENDS_AS_PROSE = re.compile(rf"[{_STOP}][{_CLOSING}\s]*(?:\[\d{{1,3}}\]\s*)*$")
_SENTENCE_END = re.compile(rf"\w[{_STOP}]+[{_CLOSING}]*(?=\s|$)")
_GOES_ON = re.compile(r"[:;,][\"'»”“]?(?:\s(?:and|or|и|или))?$")
_BULLET = re.compile(r"(?:[•▪◦*·–—-]|\(?\d{1,2}[.)]|\(?[a-zа-я][.)])\s+\S")
_WORD = re.compile(r"[^\W\d_]+")
_SMALL_WORD = re.compile(r"(?<![^\W\d_])[^\W\d_A-ZА-ЯЁ][^\W\d_]*")
_SMALL = re.compile(r"[^\W\d_A-ZА-ЯЁ]")
_SEPARATED = re.compile(r"\s[|·•»›▸>/]\s|\s{3,}|\t")
_SIGN = re.compile(
    r"[▶►▸◀◄■□●©®™↑↓→←⇒➤✉☎🔊🔉🎧📷📸🎥📹📺📌👉🔔📩📲🔴]|[\[(](?:photo|video|фото|видео|снимк)",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"<(?:!--|/?[a-z][a-z0-9]*(?:\s[^<>]{0,200})?/?>)|\{\{|\{%", re.IGNORECASE)
_STAMP = re.compile(r"(?<!\d)(?:\d{1,2}[:.]\d{2}|(?:19|20)\d{2})(?!\d)")
_AGE = re.compile(r"(?<!\w)(?:\d+|an?|one|a few|час|минуту)(?!\w)")
_COUNT = re.compile(r"^[\W\d_]+")
_CREDIT = re.compile(r"[A-ZА-Я]{3,}/[A-ZА-Я]|/[A-ZА-Я]{2,}\s*$")
_READER = re.compile(r"[\w.-]*[_\d][\w.-]*:\s")
_DIVIDER = re.compile(r"\s*(?:[:|©»›>/(\[]|[–—-]\s)")

_CLAUSE = re.compile(
    r"(?:,\s(?:че|който|която|което|които|когато|ако|но|что|котор\w+|когда|если|чтобы|но|which|who"
    r"|where|when|but)|\bthat)\s"
)
"""What headlines hardly have: a line with it is a sentence that lost its full stop."""

_LONG = 150
"""Characters from which a line without a full stop is a paragraph that lost it, no headline."""
_LEAD = 120
"""Characters from which a sentence after a few other stories is the article, no story's lead."""
_PARAGRAPH = 90
"""Characters from which several sentences are a paragraph, no caption and no teaser."""
_LONG_PARAGRAPH = 180
"""Those from which it ends even a list of other stories with their leads."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line with something in it, by offsets, blanks around it left out."""

    start: int
    end: int
    own: bool
    """Whether it is of the article's body."""


@dataclass(frozen=True, slots=True)
class _Shape:
    """What can be told of a line by itself."""

    text: str
    prose: bool
    """It ends as a sentence does."""
    marked: bool
    """Its words or its form say that it is a leftover."""
    label: bool
    """It begins as captions and bylines do, which alone says nothing of prose."""
    opens: str | None
    """The list of `leftovers.toml` that it opens other stories with: tail, end or box."""
    age: bool
    """It says how old the story above it is."""
    paragraph: bool
    """It is several sentences that nothing marks."""


def lines(text: str, begin: int = 0) -> list[Line]:
    """The lines of `text` from `begin` on that have something in them, in order.

    Where no line reads as the article's own, all are taken for it that nothing marks as leftovers,
    and where all are marked, all: a text without full stops is an article too.
    """
    places = list(_places(text, begin))
    shapes = [_shape(text[start:end]) for start, end in places]
    own = _own(shapes)
    if not any(own):
        unmarked = [not (shape.marked or shape.opens) for shape in shapes]
        own = unmarked if any(unmarked) else [True] * len(shapes)
    return [Line(*place, one) for place, one in zip(places, own, strict=True)]


def _places(text: str, begin: int) -> Iterator[tuple[int, int]]:
    offset = begin
    for line in text[begin:].splitlines(keepends=True):
        bare = line.strip()
        if bare:
            start = offset + len(line) - len(line.lstrip())
            yield start, start + len(bare)
        offset += len(line)


@cache
def _lists() -> dict[str, list[str]]:
    """`leftovers.toml`."""
    text = files(__package__).joinpath("leftovers.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def _phrases(name: str) -> re.Pattern[str]:
    """A list of `leftovers.toml` as one pattern for folded text; the endings only at its end."""
    longest_first = sorted(map(re.escape, _lists()[name]), key=len, reverse=True)
    end = r"[\W_]*$" if name == "ending" else ""
    return re.compile(rf"(?<!\w)(?:{'|'.join(longest_first)})(?!\w){end}")


def _shape(text: str) -> _Shape:
    head, last = _folded(text[:200]), text[-80:]
    bare = _COUNT.sub("", head)
    prose = bool(_ENDS_AS_PROSE.search(last)) and bool(_SMALL.search(text))
    marked = _is_marked(text, head, bare, last)
    ends = len(_SENTENCE_END.findall(text)) + (not prose)  # a full stop or what stands for it
    return _Shape(
        text=text,
        prose=prose,
        marked=marked,
        label=bool(_phrases("label").match(bare)),
        opens=next((name for name in ("end", "box", "tail") if _is_opened(name, bare)), None),
        age=len(text) < 70
        and not prose
        and bool(_AGE.search(head) and _phrases("ago").search(head)),
        paragraph=not marked and ends > 1 and len(text) >= _PARAGRAPH,
    )


def _folded(text: str) -> str:
    return text.casefold().replace("ё", "е")


def _is_opened(name: str, bare: str) -> bool:
    """Whether a line begins with a phrase of a list and has next to nothing after it."""
    match = _phrases(name).match(bare)
    if not match:
        return False
    rest = bare[match.end() :]
    few = len(_WORD.findall(rest)) <= 3 and not _ENDS_AS_PROSE.search(rest)
    return few or (name == "end" and bool(_DIVIDER.match(rest) or match[0].endswith("by")))


def _is_marked(text: str, head: str, bare: str, last: str) -> bool:
    quoted = text.startswith(_OPENING)  # what somebody says, whatever it is
    label = None if quoted else _phrases("label").match(bare)
    is_label = label is not None and bool(_DIVIDER.match(bare[label.end() :]))
    names = () if quoted else ("box", "tail")
    others = [match for name in names if (match := _phrases(name).match(bare))]
    is_box = any(_DIVIDER.match(bare[match.end() :]) for match in others)
    short = len(text) < 200
    return (
        is_label
        or is_box
        or bool(not quoted and _phrases("promo").match(bare))
        or (short and bool(_phrases("anywhere").search(head)))
        or (short and bool(_phrases("ending").search(_folded(last))))
        or bool(_SIGN.search(text[:20]) or (short and _SIGN.search(last)))
        or bool(_MARKUP.match(text))
        or (short and len(_SEPARATED.findall(text)) > 1)
        or (short and bool(_CREDIT.search(last)))
        or bool(_READER.match(text))
        or text.startswith(("#", "@", "http://", "https://", "www."))
    )


def _own(shapes: Sequence[_Shape]) -> list[bool]:
    """Whether each line is of the body, told by the line and by where it stands."""
    own: list[bool] = []
    begun, within = False, None
    surely = max((number for number, shape in enumerate(shapes) if shape.paragraph), default=-1)
    for number, shape in enumerate(shapes):
        if shape.opens:
            opened = shape.opens if begun else "box"  # above the article only what is next to it
            within = within if within == "end" else opened
            own.append(False)
            continue
        if within and _ends_list(within, shapes, number):
            within = None
        if begun:
            own.append(not within and _is_own(shapes, number, own))
        else:
            begun = not within and _begins(shapes, number, surely)
            own.append(begun)
    return own


def _ends_list(within: str, shapes: Sequence[_Shape], number: int) -> bool:
    """Whether the article goes on with this line after a list of other stories."""
    shape = shapes[number]
    after = shapes[number + 1] if number + 1 < len(shapes) else None
    if within == "end" or shape.marked or (after and after.age):
        return False
    reads_on = shape.prose or _leads_on(shape)
    followed = after is not None and not after.marked and (after.prose or _leads_on(after))
    if within == "tail":
        long = shape.paragraph and len(shape.text) >= _LONG_PARAGRAPH
    else:
        long = shape.paragraph or (shape.prose and len(shape.text) >= _LEAD)
    return long or (reads_on and followed)


def _leads_on(shape: _Shape) -> bool:
    """Whether a line ends so that the next one goes on: "They agreed on three things:"."""
    return bool(_GOES_ON.search(shape.text)) and len(_WORD.findall(shape.text)) >= 2


def _is_own(shapes: Sequence[_Shape], number: int, own: Sequence[bool]) -> bool:
    """Whether a line after the article's first is of it."""
    shape = shapes[number]
    if shape.marked or shape.age or _is_repeated(shapes, number) or _is_lead(shapes, number):
        return False
    if shape.prose or _is_listed(shapes, number, own):
        return True
    return (
        _leads_on(shape)
        or bool(_CLAUSE.search(shape.text))
        or shape.paragraph
        or len(shape.text) >= _LONG
    )


def _begins(shapes: Sequence[_Shape], number: int, surely: int) -> bool:
    """Whether the article can begin with a line.

    Args:
        shapes: all lines.
        number: of the line.
        surely: the number of the last line that can only be the article.
    """
    shape = shapes[number]
    if shape.marked or shape.age or _is_repeated(shapes, number) or _is_stamp(shape.text):
        return False
    if _is_lead(shapes, number):
        return False
    asks = shape.text.rstrip("\"'»”“’)")[-1:] in "!?"
    headline = asks and len(shape.text) < _LONG and number < surely
    return (shape.prose and not headline) or shape.paragraph or len(shape.text) >= _LONG


def _is_repeated(shapes: Sequence[_Shape], number: int) -> bool:
    """Whether the same line stands next to it: the link and the caption of a teaser."""
    text = shapes[number].text
    around = (number - 1, number + 1)
    return any(0 <= at < len(shapes) and shapes[at].text == text for at in around)


def _is_lead(shapes: Sequence[_Shape], number: int) -> bool:
    """Whether the line below says how old the story is that this line tells."""
    after = shapes[number + 1] if number + 1 < len(shapes) else None
    return after is not None and after.age and len(shapes[number].text) < _LONG_PARAGRAPH


def _is_stamp(text: str) -> bool:
    """Whether a line is place, day and time and nothing else."""
    return len(text) < 70 and bool(_STAMP.search(text)) and len(_SMALL_WORD.findall(text)) <= 4


def _is_listed(shapes: Sequence[_Shape], number: int, own: Sequence[bool]) -> bool:
    """Whether a line is an item of a list that the article's own line above opened or goes on."""
    text = shapes[number].text
    if number == 0 or not own[number - 1]:
        return False
    above = shapes[number - 1].text
    item = bool(_BULLET.match(text)) or text[0].isdigit() or text.endswith(";")
    goes_on = item and (bool(_BULLET.match(above)) or above[0].isdigit() or above.endswith(";"))
    lower = text[0].islower() and not shapes[number].label
    return above.endswith(":") or goes_on or lower
