"""Which words of a sentence stand in quotation marks."""

from collections.abc import Sequence

from extractor.cast.pieces import Piece
from extractor.clues.lists import cue

TURN = "¶"
"""Stands for the mark of a quotation that is as long as its paragraph: an answer after a dash."""
_CLOSES = {TURN: "\0", "„": "“”", "«": "»", "“": "”", "‘": "’", '"': '"'}
_DASHES = frozenset("—–-")
_BEFORE_ASIDE = frozenset(",.!?…»”“")
_ASIDE = 12
"""Pieces that an aside of who speaks has at most."""
_NAME = 4
"""Pieces, marks included, that a name in quotation marks has at most."""


def quoted(
    read: Sequence[Piece], open_: str, language: str | None = None
) -> tuple[list[bool], str]:
    """For each piece whether it is quoted, and the marks that are still open at the end.

    A name in quotation marks is no quotation, nor are the words between dashes that say who speaks.

    Args:
        read: the sentence.
        open_: the opening marks of quotations that the sentence begins in.
        language: ISO 639-1 code of the article.
    """
    flags, open_ = _marked(read, open_)
    for at in range(2, len(read)):
        if flags[at] and _is_aside(read, at, language):
            dashes = (one for one in range(at, len(read)) if read[one].words[0] in _DASHES)
            end = next(dashes, len(read))
            flags[at:end] = [False] * (end - at)
    words = [flag for flag, piece in zip(flags, read, strict=True) if piece.words[0].isalnum()]
    if open_ == TURN and words and not words[-1]:
        open_ = ""  # who answers is said at the end: "— It is ready, — said Berg."
    return flags, open_


def _is_aside(read: Sequence[Piece], at: int, language: str | None) -> bool:
    """Whether a dash and a verb of saying stand here, within a quotation: ", — said Berg. —"."""
    dash = read[at - 1].words[0] in _DASHES
    named = any(one.kind in {"name", "title"} for one in read[at : at + _NAME])
    closes = any(one.words[0] in _DASHES for one in read[at + 1 : at + _ASIDE])
    if dash and named and closes and read[at - 2].words[0] in {",", ".", "!", "?", "…"}:
        return read[at].words[0].islower()
    ends = read[at - 2].words[0] in _BEFORE_ASIDE
    after = dash and (ends or any(one.words[0] in _DASHES for one in read[at + 1 :]))
    return after and bool(cue("saying", language).fullmatch(read[at].words[0].casefold()))


def _marked(read: Sequence[Piece], open_: str) -> tuple[list[bool], str]:
    flags: list[bool] = []
    began = 0
    for at, piece in enumerate(read):
        mark = piece.words[0]
        if open_ and mark in _CLOSES[open_[-1]]:
            open_ = open_[:-1]
            flags.append(True)
            if not open_ and at - began < _NAME and _is_name(read, began, at):
                flags[began:] = [False] * (at + 1 - began)
            continue
        if mark in _CLOSES:
            began = began if open_ else at
            open_ += mark
        flags.append(bool(open_))
    return flags, open_


def _is_name(read: Sequence[Piece], began: int, ended: int) -> bool:
    inner = read[began + 1 : ended]
    return bool(inner) and all(one.kind in {"name", "place"} for one in inner)
