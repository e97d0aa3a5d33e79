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
