"""`make demo`: the example articles through the embedded model, the events as tables."""

import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from extractor import Extraction, Extractor, ExtractorError, Settings
from extractor.batch import Outcome, Summary
from extractor.screen import Progress, plain, rows

ARTICLES = ("bg", "ru", "en")


def main() -> None:
    """Extract the articles one after the other and show the events of each."""
    settings, console, summary = Settings.from_environment(model="local"), Console(), Summary()
    with (
        Progress(len(ARTICLES)) as progress,
        Extractor(settings, on_weights=progress.weights) as extractor,
    ):
        progress.watch(extractor.model)
        for name in ARTICLES:
            path = Path(__file__).with_name(f"{name}.txt")
            text = path.read_text(encoding="utf-8")
            found = extractor.extract(text, id=name, source=f"examples/{path.name}")
            console.print(_table(found))
            summary.add(found)
            progress.document(summary, Outcome(name, "done", 0.0))
        usage = extractor.model.usage
    console.print(
        f"{usage.calls} calls to the model, {usage.cached_calls} answers from the cache, "
        f"{usage.input_tokens + usage.output_tokens:,} tokens"
    )


def _table(found: Extraction) -> Table:
    """One row an event: what it is, who and how, the sentences it was read from."""
    table = Table(
        title=f"{found.source} ({found.language}, {found.published})", show_lines=True, expand=True
    )
    table.add_column("Event", no_wrap=True)
    table.add_column("What", ratio=1, overflow="fold")
    table.add_column("Evidence", ratio=1, overflow="fold")
    for kind, fields, evidence in rows(found):
        what = Text("\n").join(
            Text.assemble((f"{name}: ", "dim"), plain(value)) for name, value in fields
        )
        quoted = "\n".join(f"[{one.start}:{one.end}] {plain(one.text)}" for one in evidence)
        table.add_row(Text(kind, style="bold"), what, Text(quoted, style="italic"))
    return table


if __name__ == "__main__":
    try:
        main()
    except ExtractorError as error:
        sys.exit(f"demo: {plain(str(error))}")
    except KeyboardInterrupt:
        sys.exit(130)
