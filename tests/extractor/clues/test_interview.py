"""Interviews whose questions stand in paragraphs of their own."""

from tests.extractor.clues import look, speaker

ASKED = [
    "Ingrid Dahl was Norway's envoy to Chad.",
    "Is the bridge ready?",
    "Not yet.",
    "And the road?",
    "It is.",
    "Chad waits.",
    "So does everybody else.",
    "Will you go?",
    "Never.",
]


def test_answers_are_the_words_of_the_first_person_named_before() -> None:
    sights = look("en", *ASKED, between="\n\n")
    said = [speaker(one) if one.speech.quotes else None for one in sights]
    assert said == [None, None, "Ingrid Dahl", None, "Ingrid Dahl", None, "Ingrid Dahl", None,
                    "Ingrid Dahl"]  # fmt: skip


def test_two_questions_make_no_interview() -> None:
    sights = look("en", *ASKED[:5], between="\n\n")
    assert not any(one.speech.quotes for one in sights)


def test_questions_within_paragraphs_make_no_interview() -> None:
    sights = look("en", *ASKED)
    assert not any(one.speech.quotes for one in sights)


def test_where_answers_are_told_what_is_not_quoted_is_the_narrators() -> None:
    asked = ASKED.copy()
    asked[2], asked[4] = "“Not yet,” she says.", "“It is,” she says."
    sights = look("en", *asked, between="\n\n")
    assert [one.speech.quotes for one in sights[5:]] == [False] * 4
