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
    from extractor.batch import Format
    from extractor.job import Job
    from extractor.llm import AnswerCache
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
RpmOption = Annotated[
    float | None,
    typer.Option("--rpm", metavar="N", help="Requests a minute, at most. (EXTRACTOR_RPM)"),
]
TpmOption = Annotated[
    float | None,
    typer.Option("--tpm", metavar="N", help="Tokens a minute, at most. (EXTRACTOR_TPM)"),
]
PriceOption = Annotated[
    str | None,
    typer.Option(
        "--price",
        metavar="IN,OUT",
        help="Dollars for a million tokens in and out, of a model no list has. (EXTRACTOR_PRICE)",
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
    rpm: RpmOption = None,
    tpm: TpmOption = None,
    max_calls: Annotated[
        int | None,
        typer.Option("--max-calls", metavar="N", help="Answers to ask for in this run, at most."),
    ] = None,
    max_cost: Annotated[
        float | None,
        typer.Option("--max-cost", metavar="USD", help="Dollars to spend in this run, at most."),
    ] = None,
    price: PriceOption = None,
    estimate: Annotated[
        bool, typer.Option("--estimate", help="Print what it would cost; ask and write nothing.")
    ] = False,
    retry_failed: Annotated[
        bool,
        typer.Option("--retry-failed", help="Try documents again that failed for good before."),
    ] = False,
    log_json: Annotated[
        bool, typer.Option("--log-json", help="Tell how it goes in JSON, one event a line.")
    ] = False,
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
        from extractor.job import Job

        settings = _settings(
            model=model,
            base_url=base_url,
            concurrency=concurrency,
            min_confidence=min_confidence,
            rpm=rpm,
            tpm=tpm,
            max_calls=max_calls,
            max_cost=max_cost,
            price=price,
        )
        job = Job(
            paths=paths,
            out=output,
            settings=settings,
            published=published.date() if published else None,
            format_=_format(format_),
            fields=Fields.renamed(dict(_pair(one) for one in field or ())),
            retry_failed=retry_failed,
        )
        return _estimate(job) if estimate else _run(job, log_json=log_json)

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
        settings = _settings(
            model=model,
            base_url=base_url,
            concurrency=concurrency,
            min_confidence=min_confidence,
        )
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


cache_app = typer.Typer(help="The answers kept on disk, which were paid for.", no_args_is_help=True)
app.add_typer(cache_app, name="cache")


@cache_app.command()
def stats() -> None:
    """Show where the answers are, how many, and their size."""
    guarded(lambda: _cache(_stats))


@cache_app.command()
def clear() -> None:
    """Drop all answers; they are asked and paid for again when they are wanted."""
    guarded(lambda: _cache(lambda answers: f"{answers.clear()} dropped"))


@cache_app.command()
def prune(
    to: Annotated[str, typer.Option("--to", metavar="SIZE", help="What may stay, say 2GB.")],
) -> None:
    """Drop the oldest answers until no more than a size is left."""

    def command(answers: "AnswerCache") -> str:
        from extractor.settings import size

        room = size(to)
        if not isinstance(room, int):
            raise SetupError(f"`--to` takes a size such as 500MB or 2GB, not {to!r}")
        return f"{answers.prune(room)} dropped"

    guarded(lambda: _cache(command))


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


def _run(job: "Job", *, log_json: bool) -> int:
    from extractor import batch
    from extractor.joblog import JobLog
    from extractor.screen import Progress

    if log_json:
        return job.run(JobLog())
    return job.run(Progress(batch.count(job.files, job.format_)))


def _estimate(job: "Job") -> int:
    from extractor import batch
    from extractor.llm import profile_of
    from extractor.screen import Progress, print_estimate

    summary = job.estimate(Progress(batch.count(job.files, job.format_)))
    print_estimate(summary, exact=not profile_of(job.settings).screens)
    return 0


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

    settings = _settings(model=model_name)
    if not settings.embedded:
        typer.echo(f"model    {settings.model}, on a server: it has no weights here")
        return 0
    with Progress(None, shown=False) as progress:
        found = status(settings, progress.weights)
    typer.echo(f"model    {settings.model}")
    typer.echo(f"weights  {found.path}")
    typer.echo(f"state    {found.state}: {found.detail}")
    return 2 if found.state == "not installed" else 0


def _cache(command: Callable[["AnswerCache"], str]) -> int:
    from extractor.llm import AnswerCache

    answers = AnswerCache(_settings().cache_dir / "answers")
    try:
        typer.echo(command(answers))
    finally:
        answers.close()
    return 0


def _stats(answers: "AnswerCache") -> str:
    found = answers.stats()
    return (
        f"folder   {found.folder}\nentries  {found.entries:,}\nsize     {found.size / 1e6:,.1f} MB"
    )


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


def _settings(**given: object) -> "Settings":
    from extractor.settings import Settings

    return Settings.from_environment(None, **given)


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
