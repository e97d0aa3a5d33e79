"""Which sentences are answers in an interview whose questions stand in paragraphs of their own."""

from collections.abc import Sequence

from schemas.grounding import Passage

_QUESTIONS = 3
"""Paragraphs that are questions, from which an article is an interview."""

_LONG = 30
"""Words of a question, at most."""

_DASHES = ("—", "–", "-")

_TOLD = 2
"""Answers that say who speaks, from which only what stands in quotation marks is an answer."""

_OPENING, _CLOSING = tuple('"“«„'), tuple('"”»“')


def answered(text: str, sentences: Sequence[Passage]) -> frozenset[int]:
    """The numbers of the sentences with which the paragraphs begin that are answers.

    After a question comes an answer, of one paragraph or more; a short paragraph of one sentence
    after it is the next question, though it has no question mark: "Peru went further." Where the
    narrator tells answers ("“They got tired,” she says."), paragraphs without marks are his own.

    Args:
        text: the article.
        sentences: those of its body.
    """
    paragraphs = _paragraphs(text, sentences)
    asked = [_is_question(sentences[first:end]) for first, end in paragraphs]
    if sum(asked) < _QUESTIONS:
        return frozenset()
    answers: set[int] = set()
    before: str | None = None
    for (first, end), question in zip(paragraphs, asked, strict=True):
        prompt = before == "answer" and end - first == 1 and _is_short(sentences[first].text)
        if question or prompt:
            before = "question"
        elif before:
            before = "answer"
            answers.add(first)
    told = sum(_is_told(sentences[first:end]) for first, end in paragraphs if first in answers)
    if told >= _TOLD:
        answers = {one for one in answers if sentences[one].text.lstrip().startswith(_OPENING)}
    return frozenset(answers)


def _paragraphs(text: str, sentences: Sequence[Passage]) -> list[tuple[int, int]]:
    """First sentence of each paragraph, and the one after its last."""
    begins = [
        at
        for at, one in enumerate(sentences)
        if at == 0 or "\n" in text[sentences[at - 1].end : one.start]
    ]
    return list(zip(begins, [*begins[1:], len(sentences)], strict=True))


def _is_question(paragraph: Sequence[Passage]) -> bool:
    said = paragraph[-1].text.rstrip()
    opens = paragraph[0].text.lstrip().startswith(_DASHES)
    return (
        said.endswith("?")
        and not opens
        and sum(len(one.text.split()) for one in paragraph) <= _LONG
    )


def _is_told(paragraph: Sequence[Passage]) -> bool:
    """Whether a paragraph opens with a quotation and tells whose: "“They got tired,” she says."."""
    said = paragraph[0].text.strip()
    return said.startswith(_OPENING) and not said.endswith(_CLOSING)


def _is_short(sentence: str) -> bool:
    return len(sentence.split()) <= _LONG // 2
