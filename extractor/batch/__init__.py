"""Many documents: readers, runner, writers."""

from extractor.batch.readers import STDIN, Item, find, read_text
from extractor.batch.runner import Summary, run
from extractor.batch.writers import Failure, FileOutput, Output, StreamOutput, failures_beside

__all__ = [
    "STDIN",
    "Failure",
    "FileOutput",
    "Item",
    "Output",
    "StreamOutput",
    "Summary",
    "failures_beside",
    "find",
    "read_text",
    "run",
]
