"""The command line: parse, call, print. What it prints of an article cannot act on a terminal."""

import json
import logging
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from extractor.errors import ExtractorError, ModelUnavailableError, SetupError

if TYPE_CHECKING:
    from extractor.batch import Fields, Format
    from extractor.settings import Settings

app = typer.Typer(
    help="Turn news articles into typed, evidenced diplomatic events.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)

ModelOption = Annotated[
    str | None,
    typer.Option(
        "--model",
        metavar="NAME",
        help="A model of the server, `local`, or the path of a GGUF file. (EXTRACTOR_MODEL)",
    ),
]
BaseUrlOption = Annotated[
    str | None,
    typer.Option(
        "--base-url",
        metavar="URL",
        help="An OpenAI-compatible server. (EXTRACTOR_BASE_URL, OPENAI_BASE_URL)",
    ),
]
ConcurrencyOption = Annotated[
    int | None,
    typer.Option("--concurrency", metavar="N", help="Requests at once. (EXTRACTOR_CONCURRENCY)"),
]
MinConfidenceOption = Annotated[
    float | None,
    typer.Option(
        "--min-confidence",
        metavar="0..1",
        help="Leave out records less likely than this. (EXTRACTOR_MIN_CONFIDENCE)",
    ),
]
PublishedOption = Annotated[
    datetime | None,
    typer.Option(
        "--published",
        metavar="YYYY-MM-DD",
        formats=["%Y-%m-%d"],
        help="The day of publication, whatever the documents say.",
    ),
]
FormatOption = Annotated[
    str | None,
    typer.Option(
        "--format", metavar="text|html|jsonl|csv", help="What the files are; else by their endings."
    ),
]


@app.callback()
def main(
    debug: Annotated[
        bool, typer.Option("--debug", help="Show retries, and tracebacks of errors.")
    ] = False,
) -> None:
    """Turn news articles into typed, evidenced diplomatic events."""
    if debug:
        logging.basicConfig(level=logging.INFO, format="%(name)s: %(message)s")
        logging.getLogger("httpx2").setLevel(logging.WARNING)


@app.command()
def run(
    *,
    paths: Annotated[
        list[Path],
        typer.Argument(
            help="Files (.txt, .html, .jsonl, .csv), folders, patterns, or - for stdin."
        ),
    ],
    output: Annotated[
        Path,
        typer.Option("-o", "--output", metavar="OUT.jsonl", help="Where to; - is stdout."),
    ],
    model: ModelOption = None,
    base_url: BaseUrlOption = None,
    concurrency: ConcurrencyOption = None,
    min_confidence: MinConfidenceOption = None,
    published: PublishedOption = None,
    format_: FormatOption = None,
    field: Annotated[
        list[str] | None,
        typer.Option(
            "--field",
            metavar="NAME=COLUMN",
            help="Where a table keeps id, text, published or source, if not under that name.",
        ),
    ] = None,
) -> None:
    """Extract many documents to JSON Lines. The same command again goes on where it stopped."""

    def command() -> int:
        from extractor.batch import Fields

        day = published.date() if published else None
        fields = Fields.renamed(dict(_pair(one) for one in field or ()))
        settings = _settings(model, base_url, concurrency, min_confidence)
        return _run(paths, output, settings, published=day, format_=_format(format_), fields=fields)

    guarded(command)


@app.command()
def extract(
    *,
    file: Annotated[Path, typer.Argument(help="A text or an HTML file, or - for stdin.")],
    model: ModelOption = None,
    base_url: BaseUrlOption = None,
    concurrency: ConcurrencyOption = None,
    min_confidence: MinConfidenceOption = None,
    published: PublishedOption = None,
    format_: FormatOption = None,
) -> None:
    """Extract one document: readable on a terminal, JSON when piped."""

    def command() -> int:
        day = published.date() if published else None
        settings = _settings(model, base_url, concurrency, min_confidence)
        return _extract(file, settings, day, _format(format_))

    guarded(command)


@app.command()
def model(
    model: ModelOption = None,
) -> None:
    """Show where the embedded model's weights are and whether they check out."""
    guarded(lambda: _model(model))


@app.command()
def schema(
    type_: Annotated[
        str | None, typer.Argument(metavar="[TYPE]", help="A record type; all if left out.")
    ] = None,
    asked: Annotated[
        bool,
        typer.Option("--asked/--given", help="What a model must fill, or what you get."),
    ] = False,
) -> None:
    """Print a JSON schema."""
    guarded(lambda: _schema(type_, asked))


def guarded(command: Callable[[], int], program: str = "extractor") -> NoReturn:
    """Run a command and exit with its code; one clear line for an error of ours."""
    try:
        code = command()
    except ExtractorError as error:
        if logging.getLogger().isEnabledFor(logging.INFO):
            logging.getLogger("extractor").exception("failed")
        typer.echo(f"{program}: {_plain(str(error))}", err=True)
        code = 2 if isinstance(error, SetupError | ModelUnavailableError) else 1
    except KeyboardInterrupt:
        typer.echo(f"{program}: stopped; the same command goes on", err=True)
        code = 130
    raise typer.Exit(code)


def _run(
    paths: list[Path],
    out: Path,
    settings: "Settings",
    *,
    published: date | None,
    format_: "Format | None",
    fields: "Fields",
) -> int:
    import asyncio

    from extractor import batch
    from extractor.screen import Progress, print_summary

    ours = () if out == batch.STDIN else (out, batch.failures_beside(out))
    files = list(batch.find(paths, leave_out=ours))
    items = batch.read(files, format=format_, fields=fields)
    output: batch.Output = (
        batch.StreamOutput(sys.stdout) if out == batch.STDIN else batch.FileOutput(out)
    )

    async def go() -> batch.Summary:
        from extractor.llm import Model

        with Progress(batch.count(files, format_)) as progress:
            asked = Model(settings, on_weights=progress.weights)
            try:
                progress.watch(asked)
                return await batch.run(
                    items,
                    output,
                    asked,
                    settings,
                    published=published,
                    on_document=progress.document,
                )
            finally:
                await asked.close()

    try:
        summary = asyncio.run(go())
    finally:
        output.close()
    print_summary(summary, out)
    return 1 if summary.failed else 0


def _extract(
    file: Path, settings: "Settings", published: date | None, format_: "Format | None"
) -> int:
    from extractor import Extractor, batch
    from extractor.screen import Progress, print_extraction

    item = batch.read_one(file, format=format_)
    with Progress(1) as progress, Extractor(settings, on_weights=progress.weights) as extractor:
        progress.watch(extractor.model)
        found = extractor.extract(
            item.text,
            id=item.id,
            source=item.source,
            published=published or item.published,
        )
    found.encoding = item.encoding
    if sys.stdout.isatty():
        print_extraction(found)
    else:
        typer.echo(found.model_dump_json())
    return 0


def _model(model_name: str | None) -> int:
    from extractor.llm import status
    from extractor.screen import Progress

    settings = _settings(model_name)
    if not settings.embedded:
        typer.echo(f"model    {settings.model}, on a server: it has no weights here")
        return 0
    with Progress(None, shown=False) as progress:
        found = status(settings, progress.weights)
    typer.echo(f"model    {settings.model}")
    typer.echo(f"weights  {found.path}")
    typer.echo(f"state    {found.state}: {found.detail}")
    return 2 if found.state == "not installed" else 0


def _schema(type_: str | None, asked: bool) -> int:
    from extractor.result import Extraction
    from schemas import EVENT_TYPES, RECORD_TYPES, Answer, asked_schema, given_schema

    records = dict(zip(EVENT_TYPES, RECORD_TYPES.values(), strict=True))
    if type_ is not None and type_ not in records:
        raise SetupError(f"there is no record type {type_!r}: choose from {', '.join(records)}")
    shown: dict[str, Any]
    if asked:
        shown = asked_schema(records[type_] if type_ else Answer)
    else:
        shown = given_schema(records[type_] if type_ else Extraction)
    typer.echo(json.dumps(shown, ensure_ascii=False, indent=2))
    return 0


def _settings(
    model: str | None,
    base_url: str | None = None,
    concurrency: int | None = None,
    min_confidence: float | None = None,
) -> "Settings":
    from extractor.settings import Settings

    return Settings.from_environment(
        model=model, base_url=base_url, concurrency=concurrency, min_confidence=min_confidence
    )


def _pair(told: str) -> tuple[str, str]:
    name, sign, column = told.partition("=")
    if not sign or not column:
        raise SetupError(f"`--field` takes NAME=COLUMN, say text=body, not {told!r}")
    return name, column


def _format(told: str | None) -> "Format | None":
    from extractor.batch import FORMATS

    for known in FORMATS:
        if told == known:
            return known
    if told is not None:
        raise SetupError(f"`--format` knows no {told!r}: choose from {', '.join(FORMATS)}")
    return None


def _plain(text: str) -> str:
    from extractor.screen import plain

    return plain(text)
