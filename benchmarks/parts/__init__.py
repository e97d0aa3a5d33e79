"""The measurements, each with its table."""

from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.measuring import Figures
from benchmarks.parts import faults, kill, limits, memory, poison, speed, start, warm


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of measurement."""

    title: str
    measure: Callable[[bool], Figures]
    """Takes whether it is to be quick: a smoke test, whose figures mean nothing."""
    show: Callable[[Figures], str]


PARTS = {
    "throughput": Part("Throughput", speed.throughput, speed.show_throughput),
    "cpu": Part("CPU", speed.cpu, speed.show_cpu),
    "memory": Part("Memory", memory.measure, memory.show),
    "warm": Part("Answers from the cache", warm.measure, warm.show),
    "faults": Part("A server with faults", faults.measure, faults.show),
    "limits": Part("A server with a limit", limits.measure, limits.show),
    "poison": Part("One poisoned document", poison.measure, poison.show),
    "kill": Part("Killed again and again", kill.measure, kill.show),
    "start": Part("Start-up and reading", start.measure, start.show),
}
