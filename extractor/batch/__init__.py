"""Many documents: readers, runner, journal, writers."""

from extractor.batch.journal import Failure, failures_beside
from extractor.batch.readers import FORMATS, Format, Item, count, find, read, read_one
from extractor.batch.runfile import RunFile, runfile_beside
from extractor.batch.runner import Outcome, Summary, run
from extractor.batch.stop import GRACE, Cause, Stop
from extractor.batch.tables import STDIN, Fields
from extractor.batch.writers import FileOutput, NoOutput, Output, StreamOutput

__all__ = [
    "FORMATS",
    "GRACE",
    "STDIN",
    "Cause",
    "Failure",
    "Fields",
    "FileOutput",
    "Format",
    "Item",
    "NoOutput",
    "Outcome",
    "Output",
    "RunFile",
    "Stop",
    "StreamOutput",
    "Summary",
    "count",
    "failures_beside",
    "find",
    "read",
    "read_one",
    "run",
    "runfile_beside",
]
