"""When the next request may start, by a clock that the test turns."""

import pytest

from extractor.llm.pace import Pace, seconds


class Clock:
    """Stands still until it is told."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def turns(pace: Pace, count: int, tokens: int = 100) -> list[float]:
    """The waits of so many requests that come at once."""
    return [round(pace.turn(tokens), 3) for _ in range(count)]


def limits(
    left: int, limit: int = 100, reset: str = "60s", what: str = "requests"
) -> dict[str, str]:
    return {
        f"x-ratelimit-limit-{what}": str(limit),
        f"x-ratelimit-remaining-{what}": str(left),
        f"x-ratelimit-reset-{what}": reset,
    }


def test_nothing_is_held_back_without_a_reason(clock: Clock) -> None:
    assert turns(Pace(clock=clock), 5) == [0, 0, 0, 0, 0]


def test_requests_a_minute_are_spread_evenly(clock: Clock) -> None:
    assert turns(Pace(60, clock=clock), 4) == [0, 1, 2, 3]


def test_tokens_a_minute_hold_large_requests_longer(clock: Clock) -> None:
    pace = Pace(None, 6000, clock=clock)
    assert [pace.turn(100), pace.turn(500), pace.turn(100)] == [0, 1, 6]


def test_of_two_rates_the_slower_counts(clock: Clock) -> None:
    assert turns(Pace(60, 6000, clock=clock), 3, tokens=300) == [0, 3, 6]


def test_time_that_passed_is_not_waited_for(clock: Clock) -> None:
    pace = Pace(60, clock=clock)
    pace.turn(1)
    clock.now += 0.75
    assert pace.turn(1) == pytest.approx(0.25)


def test_limit_far_away_changes_nothing(clock: Clock) -> None:
    pace = Pace(clock=clock)
    pace.answered(limits(left=50), begun=clock.now)
    assert turns(pace, 3) == [0, 0, 0]


def test_limit_nearly_reached_slows_to_the_rate_at_which_it_refills(clock: Clock) -> None:
    """95 of 100 are used and come back within 57 s: one in 0.6 s. No 429 was needed."""
    pace = Pace(clock=clock)
    pace.answered(limits(left=5, reset="57s"), begun=clock.now)
    assert turns(pace, 3) == [0, 0.6, 1.2]


def test_tokens_nearly_used_up_slow_by_tokens(clock: Clock) -> None:
    pace = Pace(clock=clock)
    pace.answered(limits(left=0, limit=10_000, reset="60s", what="tokens"), begun=clock.now)
    assert turns(pace, 2, tokens=1000) == [0, 6]


def test_limit_that_is_full_again_speeds_up_again(clock: Clock) -> None:
    pace = Pace(clock=clock)
    pace.answered(limits(left=5), begun=clock.now)
    pace.answered(limits(left=90), begun=clock.now)
    assert turns(pace, 3) == [0, 0, 0]


def test_headers_that_say_nothing_are_passed_over(clock: Clock) -> None:
    pace = Pace(clock=clock)
    pace.answered(
        {"x-ratelimit-limit-requests": "many", "x-ratelimit-remaining-requests": "0"},
        begun=clock.now,
    )
    assert turns(pace, 2) == [0, 0]


@pytest.mark.parametrize("reset", ["1732480000", "2026-11-24T20:00:00Z"])
def test_date_in_place_of_a_duration_is_passed_over(clock: Clock, reset: str) -> None:
    pace = Pace(clock=clock)
    pace.answered(limits(left=0, reset=reset), begun=clock.now)
    assert turns(pace, 2) == [0, 0]


def test_refusal_holds_all_for_as_long_as_it_says(clock: Clock) -> None:
    pace = Pace(clock=clock)
    pace.refused(7.0, begun=clock.now)
    assert pace.turn(1) == 7
    assert pace.state == "held for 7 s"


def test_refusal_halves_the_rate_and_answers_bring_it_back(clock: Clock) -> None:
    pace = Pace(clock=clock)
    for _ in range(20):
        pace.turn(1)
        clock.now += 0.1
    pace.refused(None, begun=clock.now)
    assert turns(pace, 3) == [0, 0.2, 0.4]
    assert pace.state == "slowed to 5.0/s"
    for _ in range(300):
        pace.answered({}, begun=clock.now)
    clock.now += 10
    assert turns(pace, 3) == [0, 0, 0]
    assert pace.state == ""


def test_refusals_of_requests_begun_before_the_last_slowing_are_one(clock: Clock) -> None:
    """64 requests in flight refused at once are no 64 reasons to slow down."""
    pace = Pace(clock=clock)
    begun = clock.now
    for _ in range(20):
        pace.turn(1)
        clock.now += 0.1
    pace.refused(None, begun=clock.now)
    for _ in range(64):
        pace.refused(None, begun=begun)
    assert turns(pace, 2) == [0, 0.2]


def test_answers_to_what_began_before_the_slowing_do_not_undo_it(clock: Clock) -> None:
    pace = Pace(clock=clock)
    begun = clock.now
    for _ in range(20):
        pace.turn(1)
        clock.now += 0.1
    pace.refused(None, begun=clock.now)
    for _ in range(64):
        pace.answered({}, begun=begun)
    assert turns(pace, 2) == [0, 0.2]


def test_wait_without_end_is_cut(clock: Clock) -> None:
    pace = Pace(clock=clock)
    pace.refused(1e9, begun=clock.now)
    assert pace.turn(1) == 120


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("6m0s", 360.0), ("1h2m3s", 3723.0), ("12ms", 0.012), ("1.5s", 1.5), ("30", 30.0),
        ("", None), (None, None), ("soon", None), ("5x", None), ("-3s", None), ("nan", None),
    ],
)  # fmt: skip
def test_durations_as_servers_write_them(told: str | None, expected: float | None) -> None:
    assert seconds(told) == expected
