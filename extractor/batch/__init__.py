"""Many documents: readers, runner, writers."""

from extractor.batch.readers import FORMATS, Format, Item, count, find, read, read_one
from extractor.batch.runner import Summary, run
from extractor.batch.tables import STDIN, Fields
from extractor.batch.writers import Failure, FileOutput, Output, StreamOutput, failures_beside

__all__ = [
    "FORMATS",
    "STDIN",
    "Failure",
    "Fields",
    "FileOutput",
    "Format",
    "Item",
    "Output",
    "StreamOutput",
    "Summary",
    "count",
    "failures_beside",
    "find",
    "read",
    "read_one",
    "run",
]
