"""Who a model may choose from."""

from extractor.clues.candidates import candidates, described
from tests.extractor.clues import look

LEAD = "The foreign ministers of Norway and Chad met in Oslo on Monday."
NAMED = "Norwegian Foreign Minister Mira Choe called it a good day."
ALSO = "Chadian Foreign Minister Oskar Lind agreed."


def names(sentences: list[str], at: int) -> list[str]:
    return [one.name for one in candidates(look("en", *sentences), at)]


def test_those_of_the_sentence_come_first() -> None:
    found = names([NAMED, "Oskar Lind met Ingrid Dahl."], 1)
    assert found == ["Oskar Lind", "Ingrid Dahl", "Mira Choe"]


def test_persons_named_only_in_the_two_sentences_after_it_are_among_them() -> None:
    found = names([LEAD, NAMED, ALSO, "Nobody heard Ingrid Dahl."], 0)
    assert {"Mira Choe", "Oskar Lind"} < set(found)
    assert "Ingrid Dahl" not in found


def test_a_group_is_among_those_of_the_next_two_sentences() -> None:
    hit = "Norway barred four Chadian judges."
    sentences = [hit, "It rained.", "The four may not travel.", "It rained on."]
    assert "four Chadian judges" in names(sentences, 2)
    assert "four Chadian judges" not in names(sentences, 3)


def test_there_are_nine_at_most() -> None:
    many = "Norway, Chad, Niger, Mali, Ghana, Kenya, Peru, Chile, Japan, Fiji and Samoa met."
    assert len(names([many], 0)) == 9


def test_an_office_is_shown_beside_the_name() -> None:
    (actor, *_) = [one for one in candidates(look("en", NAMED), 0) if one.kind == "person"]
    assert described(actor) == "Mira Choe, Foreign Minister of Norway"
