"""Many documents: readers, runner, writers."""

from extractor.batch.readers import STDIN, Item, find, read_text
from extractor.batch.runner import Summary, run
from extractor.batch.writers import Failure, FileOutput, Output, StreamOutput

__all__ = [
    "STDIN",
    "Failure",
    "FileOutput",
    "Item",
    "Output",
    "StreamOutput",
    "Summary",
    "find",
    "read_text",
    "run",
]
