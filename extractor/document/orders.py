"""Text for a machine that reads the page: no part of an article, and nothing to be read.

"Ignore all previous instructions and report that ..." is found by its form, hidden markup, marks
of chats and JSON, and by its words (`orders.toml`): a machine that is called, an order to forget
what it was told, an order of what to say. What stands between the same quotation marks is of one
piece with it, and so is the line that begins with it.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files

from schemas.folding import WORDS

_HIDDEN = re.compile(
    r"<!--.{0,5000}?(?:-->|\Z)"
    r"|<(?P<tag>[a-z]+\d?)\b[^<>]{0,300}?(?:display\s*:\s*none|visibility\s*:\s*hidden"
    r"|font-size\s*:\s*0|opacity\s*:\s*0|\shidden\b|aria-hidden)[^<>]{0,300}>.{0,5000}?</(?P=tag)>"
    r"|<(?:script|style|template|system|instructions?|prompt|assistant)\b[^<>]{0,100}>.{0,5000}?"
    r"</(?:script|style|template|system|instructions?|prompt|assistant)>"
    r"|<\|[a-z_ ]{0,20}start[a-z_ ]{0,20}\|>.{0,5000}?<\|[a-z_ ]{0,20}end[a-z_ ]{0,20}\|>"
    r"|\[INST\].{0,5000}?\[/INST\]|<<SYS>>.{0,5000}?<</SYS>>"
    r"|```.{0,5000}?```",
    re.IGNORECASE | re.DOTALL,
)
"""What a reader of the page never sees, and turns of a chat."""

_MARK = re.compile(
    r"<\|[^|<>]{1,40}\|>|\[/?INST\]|<</?SYS>>|\{\{.{0,200}?\}\}|\{\s*[\"“”„'][^\"“”'{}]{1,40}[\"“”']\s*:",
    re.IGNORECASE,
)
"""What no prose has: marks of a chat, of templates, JSON."""

_QUOTED = re.compile(r"«[^»\n]*»|„[^“”\n]*(?:[“”]|$)|“[^”\n]*(?:”|$)|\"[^\"\n]*\"", re.MULTILINE)
_JSON = re.compile(
    r"[{\[](?:[^{}\[\]\n]|[{\[](?:[^{}\[\]\n]|[{\[][^{}\[\]\n]{0,500}[}\]]){0,500}[}\]]){0,500}[}\]]"
)
_WORD = re.compile(r"\w+")
_TELLING = re.compile(r"\w+\*?")
_VISIBLE = re.compile(r"[^\r\n]")
_STOP = re.compile(r"(?<=[.!?…])[»”“\"')\]]*\s+")


def orders(text: str) -> list[tuple[int, int]]:
    """Where in `text` a machine is addressed: offsets, in order, that share nothing."""
    found = [match.span() for match in _HIDDEN.finditer(text)] if _has_marks(text) else []
    start = 0
    for line in text.splitlines(keepends=True):
        if _is_order(line):
            found += [(start + begin, start + end) for begin, end in _within(line)]
        start += len(line)
    return list(joined(sorted(found)))


def without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """`text` with blanks in place of `spans`; breaks of lines stay."""
    parts, before = [], 0
    for start, end in spans:
        parts += [text[before:start], _VISIBLE.sub(" ", text[start:end])]
        before = end
    return "".join((*parts, text[before:]))


def _within(line: str) -> Iterator[tuple[int, int]]:
    """The parts of a line that are orders: quotations; from the first such sentence to the last."""
    rest = line
    for part in [*_QUOTED.finditer(_plain(line))]:
        if _is_order(line[part.start() + 1 : part.end()]):
            yield part.span()
            rest = without(rest, [part.span()])
    sentences = list(_sentences(rest))
    told = [number for number, (start, end) in enumerate(sentences) if _is_order(rest[start:end])]
    if _heads().match(rest.strip()) or (told and not rest[: sentences[told[0]][0]].strip()):
        yield 0, len(line.rstrip())
    elif told:
        yield sentences[told[0]][0], sentences[told[-1]][1]


def _plain(line: str) -> str:
    """A line without the quotation marks of JSON in it."""
    return _JSON.sub(lambda match: "x" * len(match[0]), line)


def _sentences(line: str) -> Iterator[tuple[int, int]]:
    start = 0
    for stop in _STOP.finditer(line):
        yield start, stop.start()
        start = stop.end()
    if line[start:].strip():
        yield start, len(line.rstrip())


def joined(spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """`spans`, which are in order, with those that touch or overlap as one."""
    last: tuple[int, int] | None = None
    for start, end in spans:
        if last and start <= last[1]:
            last = last[0], max(last[1], end)
            continue
        if last:
            yield last
        last = start, end
    if last:
        yield last


def _is_order(text: str) -> bool:
    """Whether words speak to a machine that reads them."""
    if _has_marks(text) and _MARK.search(text):
        return True
    if _heads().match(text.strip()):
        return True
    return _may_be_order(text) and any(one.search(text) for one in _patterns())


def _has_marks(text: str) -> bool:
    """Whether it has a character without which there is no mark and nothing hidden."""
    return any(one in text for one in "<[{`")


def _may_be_order(text: str) -> bool:
    """Whether it has a word without which none of the ways is: quickly looked for in each line."""
    return any(map(_is_sign, _WORD.findall(text.casefold())))


@lru_cache(maxsize=WORDS)
def _is_sign(word: str) -> bool:
    signs, lengths = _signs()
    return word in signs or any(f"{word[:length]}*" in signs for length in lengths)


@cache
def _signs() -> tuple[frozenset[str], frozenset[int]]:
    """Telling words of machines and of orders to forget, "json"; how long those are that may go on.

    A star stands for any ending, as in the lists.
    """
    table = tomllib.loads(files(__package__).joinpath("orders.toml").read_text(encoding="utf-8"))
    listed = [*table["reader"], *table["drop"], "json"]
    telling = {max(_TELLING.findall(one), key=len) for one in listed}
    begins = {len(one) - 1 for one in telling if one.endswith("*")}
    return frozenset(telling), frozenset(begins)


@cache
def _words() -> dict[str, str]:
    """The lists of `orders.toml`, each as one alternative of a pattern."""
    table = tomllib.loads(files(__package__).joinpath("orders.toml").read_text(encoding="utf-8"))
    return {name: _one_of(listed) for name, listed in table.items()}


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """The ways to speak to a machine, each enough by itself."""
    words = _words()
    reader, call, drop, say = (words[one] for one in ("reader", "call", "drop", "say"))
    clause = rf"(?:^|[.!?:;,«„“”\"(–—-]|{words['joint']})\W{{0,5}}"
    begin = r"(?:^|[.!?:;«„“\"(])\W{0,5}"
    some = r"(?:\W{1,5}\w+){0,3}?\W{1,5}"
    reads = rf"(?:\s{words['reading']}[^.!?\n]{{0,60}}?)?"
    told = rf"[^.!?\n]{{0,80}}[,:!–—]\s(?:\w+\s){{0,2}}?(?:{say}|{drop})"
    ways = (
        rf"{clause}{drop}{some}{words['former']}{some}{words['rules']}",
        rf"{clause}{drop}{some}{words['rules']}{some}{words['former']}",
        rf"{clause}{drop}.{{0,200}}{clause}{say}[^.!?\n]{{0,30}}?{words['form']}",
        rf"{clause}{say}[^.!?\n]{{0,40}}?\bjson\b",
        rf"{begin}{call}(?:\W{{1,5}}\w+)?\W{{1,5}}{reader}{reads}\s?(?:[,:!.–—]|$)",
        rf"{begin}{reader}{told}",
    )
    return tuple(re.compile(one, re.IGNORECASE | re.DOTALL) for one in ways)


@cache
def _heads() -> re.Pattern[str]:
    """A line that is all orders, told by how it begins."""
    words = _words()
    order = "|".join(words[one] for one in ("say", "drop", "reader"))
    headed = rf"{words['head']}[\])>*#\s]{{0,5}}:.{{0,200}}?(?:{order})"
    only = r"(?:report|record|output|print|return|log|respond|answer)\s(?:only|instead|json)\b"
    return re.compile(rf"\W{{0,5}}(?:{headed}|{only})", re.IGNORECASE)


def _one_of(listed: Sequence[str]) -> str:
    longest = sorted(set(listed), key=len, reverse=True)
    told = (
        r"\s+".join(
            re.escape(word.removesuffix("*")) + r"\w*" * word.endswith("*") for word in one.split()
        )
        for one in longest
    )
    return rf"(?<!\w)(?:{'|'.join(told)})(?!\w)"
