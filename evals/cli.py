"""The command line: parse, call, print; no logic."""

import asyncio
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.cli import BaseUrlOption, ConcurrencyOption, ModelOption, guarded
from extractor.errors import SetupError
from extractor.screen import Progress, plain
from extractor.settings import LOCAL

if TYPE_CHECKING:
    from evals.report import Report
    from evals.run import Outcome
    from extractor.settings import Settings

app = typer.Typer(
    help="Score the extractor against labelled articles.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)

GoldOption = Annotated[
    Path | None,
    typer.Option("--gold", metavar="DIR", help="Any folder of gold; else the project's own."),
]
FolderOption = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="DIR", help="Where the reports go.")
]


@app.command()
def check(
    folder: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help="Gold; else the project's own.")
    ] = None,
    schema: Annotated[
        bool, typer.Option("--schema", help="Print the JSON schema of a gold file instead.")
    ] = False,
) -> None:
    """Validate gold and count it by type, status, act and language."""
    _guarded(lambda: _check(folder, schema))


@app.command()
def run(
    *,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help="Where to.")],
    model: ModelOption = None,
    base_url: BaseUrlOption = None,
    concurrency: ConcurrencyOption = None,
    gold: GoldOption = None,
    language: Annotated[
        str | None, typer.Option("--language", metavar="CODE", help="Only articles in it: bg.")
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option(
            "--limit", metavar="N", min=1, help="At most so many articles, languages in turn."
        ),
    ] = None,
    record: Annotated[
        bool, typer.Option("--record", help="Keep the answers in evals/recordings.")
    ] = False,
) -> None:
    """Extract gold articles with a model and score what it finds. The same command goes on."""

    def command() -> int:
        from extractor.settings import Settings

        settings = Settings.from_environment(
            model=model, base_url=base_url, concurrency=concurrency
        )
        return _run(output, settings, folder=gold, language=language, limit=limit, record=record)

    _guarded(command)


@app.command()
def replay(
    output: FolderOption = None,
    model: Annotated[
        str, typer.Option("--model", metavar="NAME", help="Whose recorded answers.")
    ] = LOCAL,
    half: Annotated[
        str | None,
        typer.Option("--half", metavar="tuning|reporting", help="Only this half of the gold."),
    ] = None,
) -> None:
    """Score recorded answers, without the model."""
    _guarded(lambda: _replay(output, model, half))


@app.command()
def report(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="With a report.json.")],
) -> None:
    """Write a run's Markdown, HTML and JUnit reports anew from its report.json."""
    _guarded(lambda: _report(folder))


@app.command()
def compare(
    before: Annotated[Path, typer.Argument(metavar="BEFORE", help="A run's folder.")],
    after: Annotated[Path, typer.Argument(metavar="AFTER", help="Another's.")],
) -> None:
    """Say what changed between two runs, and PASS, FAIL (exit code 1) or INCONCLUSIVE."""
    _guarded(lambda: _compare(before, after))


@app.command()
def fit(
    *,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="A GGUF file.")],
    epochs: Annotated[
        int,
        typer.Option(
            "--epochs", metavar="N", min=1, help="The first takes over an hour on two cores."
        ),
    ] = 2,
    onto: Annotated[
        Path | None,
        typer.Option("--onto", metavar="FILE", help="Go on from this adapter."),
    ] = None,
    new_from: Annotated[
        int,
        typer.Option(
            "--new-from", metavar="N", min=1, help="With --onto: what it knows has lower numbers."
        ),
    ] = 1,
    steps: Annotated[
        int | None,
        typer.Option("--steps", metavar="N", min=1, help="End after so many; else after all."),
    ] = None,
) -> None:
    """Fit the embedded model's adapter to evals/training and a half of the gold.

    The same command goes on where it was stopped.
    """
    _guarded(lambda: _fit(output, epochs, onto, new_from, steps))


@app.command()
def wording(
    *,
    weigh_from: Annotated[
        int,
        typer.Option(
            "--from", metavar="N", min=1, help="Ask the model about articles numbered from here on."
        ),
    ] = 641,
) -> None:
    """Fit what words say for a record to evals/training and a half of the gold.

    The model is asked yes or no about each sentence, twenty seconds an article, once.
    """
    _guarded(lambda: _wording(weigh_from))


@app.command()
def power(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="With a report.json.")],
) -> None:
    """Simulate how large a loss must be for `compare` to see it."""
    _guarded(lambda: _power(folder))


@app.command()
def gate(
    output: FolderOption = None,
    pin: Annotated[bool, typer.Option("--pin", help="Make what is found the baseline.")] = False,
    allow_regression: Annotated[
        str | None,
        typer.Option("--allow-regression", metavar="REASON", help="Pin lower scores, and why."),
    ] = None,
) -> None:
    """Replay and hold the result against the committed baseline; exit code 1 if it differs."""
    _guarded(lambda: _gate(output, pin or allow_regression is not None, allow_regression))


@app.command()
def agreement(
    second: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help="Second labels; else evals/second.")
    ] = None,
    output: FolderOption = None,
) -> None:
    """Score second labels of gold articles against the first."""
    _guarded(lambda: _agreement(second, output))


@app.command()
def measure(
    faults: Annotated[
        bool, typer.Option("--faults", help="List what is wrong, of the parts that may be seen.")
    ] = False,
) -> None:
    """Measure what is settled without a model: lines, sentences, dates, names. Needs no model."""
    _guarded(lambda: _measure(faults))


def _guarded(command: Callable[[], int]) -> None:
    guarded(lambda: _with_faults_listed(command), program="evals")


def _with_faults_listed(command: Callable[[], int]) -> int:
    """Run a command; faults of the gold are told a line each."""
    from evals.gold import GoldError

    try:
        return command()
    except GoldError as error:
        for line in str(error).splitlines():
            typer.echo(f"evals: {plain(line)}", err=True)
        return 2


def _measure(faults: bool) -> int:
    from evals import measure as measures
    from evals import screen

    found = measures.measure()
    for line in screen.figures(found, faults=faults):
        typer.echo(plain(line))
    return 0 if all(figure.holds for figure in found) else 1


def _check(folder: Path | None, schema: bool) -> int:
    from evals import gold
    from evals.project import Project

    if schema:
        typer.echo(json.dumps(gold.json_schema(), ensure_ascii=False, indent=1))
        return 0
    cases = gold.load(folder or Project().gold)
    counted: Counter[tuple[str, str]] = Counter()
    for case in cases:
        counted.update((what, case.language) for what in gold.census(case))
    languages = sorted({case.language for case in cases})
    typer.echo(f"{'':32}" + "".join(f"{one:>6}" for one in [*languages, "all"]))
    for what in dict.fromkeys(what for what, _ in sorted(counted)):
        row = [counted[what, language] for language in languages]
        typer.echo(f"{what:32}" + "".join(f"{one:>6}" for one in [*row, sum(row)]))
    return 0


def _run(
    output: Path,
    settings: "Settings",
    *,
    folder: Path | None,
    language: str | None,
    limit: int | None,
    record: bool,
) -> int:
    from evals import gold
    from evals.project import Project, live

    project = Project()
    own = folder is None or folder.resolve() == project.gold.resolve()
    if record and not own:
        raise SetupError(f"only the project's own gold is recorded, not {str(folder)!r}")
    cases = gold.load(folder or project.gold)
    chosen = [one for one in gold.in_turn(cases) if language in (None, one.language)][:limit]
    if not chosen:
        raise SetupError(f"there is no article in the language {language!r} in the gold")
    done = 0

    def told(outcome: "Outcome") -> None:
        nonlocal done
        done += 1
        usage = outcome.recording.usage
        what = outcome.recording.failed or f"{usage.calls} answers"
        line = f"{done} of {len(chosen)}: {outcome.case.id}, {outcome.seconds:.0f} s, {what}"
        typer.echo(plain(line), err=True)

    with Progress(None, shown=False) as progress:
        report, outcomes = live(
            cases,
            chosen,
            settings,
            folder=folder or project.gold,
            record_to=project.recordings(settings.model) if record else None,
            on_outcome=told,
            on_weights=progress.weights,
        )
    _write(report, outcomes, output)
    return 1 if report.scores["all"].failed else 0


def _replay(output: Path | None, model: str, half: str | None) -> int:
    from evals.project import Project, replay

    report, outcomes = replay(Project(), model, half)
    _write(report, outcomes, output)
    return 0


def _report(folder: Path) -> int:
    from evals import render
    from evals import report as reports

    render.write(reports.read(folder), folder)
    typer.echo(f"written: {folder}/report.html, report.md, junit.xml", err=True)
    return 0


def _compare(before: Path, after: Path) -> int:
    from evals import report as reports
    from evals.compare import Verdict, compare
    from evals.screen import comparison

    found = compare(reports.read(before), reports.read(after))
    typer.echo(comparison(found))
    return 1 if found.verdict is Verdict.FAIL else 0


def _fit(
    output: Path, epochs: int, onto: Path | None, new_from: int, most_steps: int | None
) -> int:
    from evals import gold
    from evals.project import Project
    from evals.questions import for_more, questions
    from extractor.llm import weights
    from extractor.settings import Settings

    try:
        from evals import fit
    except ImportError as error:
        raise SetupError(
            f"an adapter cannot be fitted ({error}): install the dependency group `fit` "
            "(`.venv/bin/uv sync --inexact --group fit --extra local`)"
        ) from error
    settings = Settings(model=LOCAL)
    with Progress(None, shown=False) as progress:
        path = weights.ensure(settings, progress.weights)
    project = Project()
    cases = [*gold.load(project.training), *gold.half(gold.load(project.gold), "tuning")]
    asked = list(questions(cases))
    asked = for_more(asked, new_from) if onto else asked
    articles = len({one.article for one in asked})
    typer.echo(f"{len(asked)} questions from {articles} articles", err=True)
    fit.fit(
        path,
        asked,
        output,
        epochs=epochs,
        onto=onto,
        most_steps=most_steps,
        say=lambda told: typer.echo(told, err=True),
    )
    return 0


def _wording(weigh_from: int) -> int:
    from evals import gold, wording
    from evals.project import Project
    from extractor.llm import Model
    from extractor.settings import Settings

    project = Project()
    half = gold.half(gold.load(project.gold), "tuning")
    cases = [*gold.load(project.training), *half]
    weighed = [one for one in cases if gold.number(one.id) >= weigh_from] + half
    found = list(wording.sentences(cases))
    odds = wording.left_out(found)

    async def asked() -> wording.Asked:
        with Progress(None, shown=False) as progress:
            model = Model(Settings(model=LOCAL), on_weights=progress.weights)
            try:
                return await wording.asked(
                    weighed, odds, model, say=lambda told: typer.echo(told, err=True)
                )
            finally:
                await model.close()

    for line in wording.both(found, odds, asyncio.run(asked())):
        typer.echo(line)
    wording.fit(found, wording.TABLE)
    return 0


def _power(folder: Path) -> int:
    from evals import compare
    from evals import report as reports

    found = compare.power(reports.read(folder), losses=compare.LOSSES)
    typer.echo("records lost   headline   seen (FAIL)")
    for one in found:
        typer.echo(f"{one.lost:12.0%}   {one.change:+8.3f}   {one.failed:11.0%}")
    return 0


def _gate(output: Path | None, pin: bool, reason: str | None) -> int:
    from evals import gate
    from evals.project import Project

    project = Project()
    report, outcomes, baseline = gate.run(project)
    if pin:
        _write(report, outcomes, output)
        fell = gate.pin(project, report, baseline, reason)
        typer.echo(f"pinned: {project.baseline}; {len(fell)} scores fell", err=True)
        return 0
    if baseline is None:
        raise SetupError("there is no baseline yet: pin one with `python -m evals gate --pin`")
    findings = gate.findings(report, baseline)
    _write(report, outcomes, output, findings)
    for finding in findings:
        typer.echo(f"gate: {plain(finding)}", err=True)
    counted = sum(len(one) for one in baseline.counts.values())
    articles = len(report.articles)
    verdict = "differs from" if findings else f"is, in all {counted} counts,"
    typer.echo(f"gate: {articles} articles replayed; the result {verdict} the baseline", err=True)
    return 1 if findings else 0


def _agreement(second: Path | None, output: Path | None) -> int:
    from evals import gold
    from evals.agreement import agreement
    from evals.project import Project

    project = Project()
    report = agreement(gold.load(project.gold), second or project.second)
    _write(report, [], output)
    return 0


def _write(
    report: "Report",
    outcomes: "list[Outcome]",
    folder: Path | None,
    findings: list[str] | None = None,
) -> None:
    """Print the headline and each type; with a folder, write every report and the predictions."""
    from evals.screen import brief

    typer.echo(brief(report))
    if folder:
        from evals import render
        from evals.run import write_predictions

        render.write(report, folder, findings or ())
        write_predictions(outcomes, folder)
        typer.echo(f"reports: {folder}", err=True)
