"""The sentences that scores count."""

from evals.units import Units
from schemas import Evidence

TEXT = "One came. Two went.\r\n«Three! Four?» he said. Five"


def at(piece: str) -> Evidence:
    start = TEXT.index(piece)
    return Evidence(start=start, end=start + len(piece), text=piece)


def cut(units: Units) -> list[str]:
    return [TEXT[start:end].strip() for start, end in units.spans]


def test_text_is_cut_after_full_stops_and_lines() -> None:
    assert cut(Units(TEXT, [])) == [
        "One came.",
        "Two went.",
        "«Three!",
        "Four?»",
        "he said.",
        "Five",
    ]


def test_labelled_sentence_is_cut_as_it_was_labelled() -> None:
    units = Units(TEXT, [at("«Three! Four?» he said.")])
    assert "«Three! Four?» he said." in cut(units)


def test_dateline_is_of_one_piece_with_the_sentence_that_was_labelled_after_it() -> None:
    text = "ROME (AP) - They met. They left."
    evidence = Evidence(start=12, end=21, text="They met.")
    assert [text[start:end] for start, end in Units(text, [evidence]).spans] == [
        "ROME (AP) - They met. ",
        "They left.",
    ]


def test_labelled_sentences_are_cut_from_one_another_without_a_full_stop() -> None:
    text = "First: the second"
    parts = [
        Evidence(start=0, end=6, text="First:"),
        Evidence(start=7, end=17, text="the second"),
    ]
    assert len(Units(text, parts).spans) == 2


def test_labelled_sentence_within_another_is_cut_out() -> None:
    text = "One and two and three."
    parts = [Evidence(start=0, end=22, text=text), Evidence(start=8, end=11, text="two")]
    assert [text[start:end] for start, end in Units(text, parts).spans] == [
        "One and ",
        "two",
        " and three.",
    ]


def test_nothing_of_the_text_is_lost() -> None:
    units = Units(TEXT, [at("Two went.")])
    assert "".join(cut(units)).replace(" ", "") == "".join(TEXT.split())


def test_piece_over_two_sentences_covers_both() -> None:
    units = Units(TEXT, [])
    assert units.of([at("One came. Two went.")]) == (0, 1)


def test_piece_of_less_than_half_a_sentence_stands_for_it() -> None:
    assert Units(TEXT, []).of([at("Fi")]) == (5,)


def test_a_letter_of_the_next_sentence_does_not_cover_it() -> None:
    assert Units(TEXT, []).of([at("One came. T")]) == (0,)


def test_no_evidence_covers_nothing() -> None:
    assert Units(TEXT, []).of([]) == ()
