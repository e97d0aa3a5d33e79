"""One task in each round of the loop, with the rest in between."""

import asyncio

from extractor.llm.turns import Turns


async def test_tasks_go_on_one_in_a_round() -> None:
    turns, order = Turns(), []

    async def work(name: str) -> None:
        await turns.take()
        order.append(name)
        asyncio.get_running_loop().call_soon(order.append, f"sent by {name}")

    await asyncio.gather(*(work(name) for name in "abc"))
    await asyncio.sleep(0)
    assert order.index("sent by a") < order.index("c")
    assert [one for one in order if len(one) == 1] == list("abc")


async def test_a_task_that_was_cancelled_holds_nobody_up() -> None:
    turns = Turns()
    tasks = [asyncio.create_task(turns.take()) for _ in range(3)]
    await asyncio.sleep(0)
    tasks[0].cancel()
    tasks[1].cancel()
    await tasks[2]
