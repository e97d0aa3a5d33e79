"""What is asked twice at once is sent once; what was sent is heard out."""

import asyncio

import pytest

from extractor.llm.flights import Flights


class Server:
    """Answers when the test says so."""

    def __init__(self, flights: Flights[str], *, sends: bool = True) -> None:
        self.flights = flights
        self.sends = sends
        self.asked = 0
        self.answered: list[str] = []
        self.may_answer = asyncio.Event()

    async def fetch(self, key: str) -> str:
        if self.sends:
            self.flights.mark_sent(key)
        self.asked += 1
        await self.may_answer.wait()
        self.answered.append(key)
        return f"answer {key}"

    def join(self, key: str) -> "asyncio.Task[tuple[str, bool]]":
        return asyncio.create_task(self.flights.join(key, lambda: self.fetch(key)))


async def rounds() -> None:
    """Let all tasks go as far as they can."""
    for _ in range(5):
        await asyncio.sleep(0)


async def test_two_who_ask_the_same_share_one_answer() -> None:
    server = Server(Flights())
    one, two = server.join("a"), server.join("a")
    await rounds()
    server.may_answer.set()
    assert [await one, await two] == [("answer a", True), ("answer a", False)]
    assert server.asked == 1


async def test_other_questions_are_other_requests() -> None:
    server = Server(Flights())
    server.may_answer.set()
    assert await server.join("a") == ("answer a", True)
    assert await server.join("b") == ("answer b", True)
    assert await server.join("a") == ("answer a", True)
    assert server.asked == 3


async def test_what_was_sent_goes_on_when_nobody_waits() -> None:
    server = Server(Flights())
    task = server.join("a")
    await rounds()
    task.cancel()
    await rounds()
    server.may_answer.set()
    await rounds()
    assert server.answered == ["a"]


async def test_what_was_not_sent_ends_when_nobody_waits() -> None:
    server = Server(Flights(), sends=False)
    one, two = server.join("a"), server.join("a")
    await rounds()
    one.cancel()
    await rounds()
    assert not two.done()
    two.cancel()
    await rounds()
    server.may_answer.set()
    await rounds()
    assert server.answered == []


async def test_an_error_reaches_all_who_wait() -> None:
    flights: Flights[str] = Flights()

    async def fetch() -> str:
        await asyncio.sleep(0)
        raise OSError("gone")

    tasks = [asyncio.create_task(flights.join("a", fetch)) for _ in range(2)]
    for task in tasks:
        with pytest.raises(OSError, match="gone"):
            await task


async def test_at_the_end_what_was_sent_may_take_its_time_and_the_rest_ends() -> None:
    flights: Flights[str] = Flights()
    sent, unsent = Server(flights), Server(flights, sends=False)
    tasks = [sent.join("a"), unsent.join("b")]
    await rounds()
    assert flights.sent == 1
    asyncio.get_running_loop().call_soon(sent.may_answer.set)
    await flights.settle(grace=60)
    assert sent.answered == ["a"]
    assert unsent.answered == []
    await asyncio.gather(*tasks, return_exceptions=True)


async def test_at_the_end_without_grace_all_ends() -> None:
    server = Server(Flights())
    task = server.join("a")
    await rounds()
    await server.flights.settle(grace=0)
    assert task.cancelled() or task.done()
    assert server.answered == []
    await asyncio.gather(task, return_exceptions=True)
