"""How likely a sentence holds a record."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.clues import Sight
from extractor.clues.confidence import confidence, threshold
from schemas import EVENT_TYPES
from tests.extractor.clues import look

TYPES = sorted(EVENT_TYPES)
(PLAIN,) = look("en", "The bridge is safe.")
(QUOTED,) = look("en", "“The bridge is safe,” said Oskar Lind.")
(MET,) = look("en", "Ingrid Dahl met Karl Berg.")


@pytest.mark.parametrize("type_", TYPES)
def test_it_rises_with_the_yes_of_the_model(type_: str) -> None:
    rates = [confidence(type_, yes / 10, PLAIN) for yes in range(11)]
    assert all(one < other for one, other in pairwise(rates))


@given(st.sampled_from(TYPES), st.floats(0, 1), st.sampled_from([PLAIN, QUOTED, MET]))
def test_it_is_between_0_and_1(type_: str, yes: float, sight: Sight) -> None:
    assert 0 < confidence(type_, yes, sight) < 1


def test_a_quotation_with_a_speaker_makes_a_statement_likelier() -> None:
    assert confidence("statement", 0.5, QUOTED) > confidence("statement", 0.5, PLAIN)


def test_two_persons_make_a_meeting_likelier() -> None:
    assert confidence("meeting", 0.5, MET) > confidence("meeting", 0.5, PLAIN)


def test_a_state_that_acts_and_a_group_it_hits_make_a_sanction_likelier() -> None:
    (barred,) = look("en", "Norway has barred four judges from its ports.")
    (sang,) = look("en", "Songs have been sung in its ports.")
    assert confidence("sanction", 0.5, barred) > confidence("sanction", 0.5, sang)


@pytest.mark.parametrize("type_", TYPES)
def test_the_model_alone_can_go_either_way_where_words_have_no_weights(type_: str) -> None:
    (plain,) = look("fr", "Le village est beau.")
    assert confidence(type_, 0.0, plain) < threshold(type_) < confidence(type_, 1.0, plain)


@pytest.mark.parametrize("type_", TYPES)
def test_it_rises_with_what_the_words_say(type_: str) -> None:
    sights = [replace(PLAIN, odds={type_: odds}, likeliest=4.0) for odds in (-9, 0, 9)]
    rates = [confidence(type_, 0.5, one) for one in sights]
    assert rates[0] < 0.05
    assert rates[2] > 0.95
    assert rates == sorted(rates)


@pytest.mark.parametrize("type_", TYPES)
def test_no_sure_sentence_in_an_article_makes_all_less_likely(type_: str) -> None:
    essay, news = (replace(PLAIN, odds={type_: 0.5}, likeliest=one) for one in (0.5, 4.0))
    assert confidence(type_, 0.5, essay) < threshold(type_) < confidence(type_, 0.5, news)


def test_a_quotation_makes_a_statement_likelier_where_words_have_no_weights() -> None:
    quoted, plain = look("fr", "« Le village est beau. »", "Le village est beau.")
    assert confidence("statement", 0.5, quoted) > confidence("statement", 0.5, plain)


def test_words_of_the_type_make_it_likelier() -> None:
    (pact,) = look("en", "Norway and Chad made a treaty.")
    (plan,) = look("en", "Norway and Chad made a plan.")
    assert confidence("agreement", 0.5, pact) > confidence("agreement", 0.5, plan)


def test_a_column_in_which_nobody_speaks_holds_fewer_statements() -> None:
    column = look("en", *["The bridge is long."] * 10, "Oslo said so.")
    news = look("en", *["“It is,” Oskar Lind said."] * 10, "Oslo said so.")
    assert column[-1].silent
    assert not news[-1].silent
    assert confidence("statement", 0.5, column[-1]) < confidence("statement", 0.5, news[-1])
