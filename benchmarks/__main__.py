"""`python -m benchmarks [PART ...]`: measure, print tables, keep the figures.

`--quick` is a smoke test of seconds: its figures go to quick.json. `--write-readme` measures
nothing and puts the tables of results.json into the README.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from benchmarks.measuring import conditions
from benchmarks.parts import PARTS

HERE = Path(__file__).parent
RESULTS, QUICK, README = HERE / "results.json", HERE / "quick.json", HERE / "README.md"
BEGIN, END = "<!-- tables: python -m benchmarks --write-readme -->", "<!-- end of tables -->"


def main() -> None:
    """Parse, measure each part, print and keep it before the next."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--quick", action="store_true", help="a smoke test")
    parser.add_argument("--write-readme", action="store_true", help="only write the tables")
    told = parser.parse_args()
    unknown = sorted(set(told.parts) - set(PARTS))
    if unknown:
        parser.error(f"there is no part {unknown[0]!r}: choose from {', '.join(PARTS)}")
    if told.write_readme:
        write_readme()
        return
    for name in told.parts or PARTS:
        print(f"measuring {name}", file=sys.stderr)
        measure(name, quick=told.quick)


def measure(name: str, *, quick: bool) -> None:
    """Measure a part, print its table, and keep its figures beside those of the others."""
    path = QUICK if quick else RESULTS
    under = conditions()
    figures = PARTS[name].measure(quick)
    kept = _read(path)
    kept[name] = {**under, "figures": figures}
    ordered = {part: kept[part] for part in PARTS if part in kept}
    text = json.dumps(ordered, indent=2, ensure_ascii=False)
    path.write_text(f"{text}\n", encoding="utf-8")
    print(f"{shown(name, kept[name])}\n")


def write_readme() -> None:
    """Put the tables of all parts that were measured between the two marks of the README."""
    text = README.read_text(encoding="utf-8")
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise SystemExit(f"{README} has no two marks: {BEGIN} and {END}")
    parts = _read(RESULTS)
    versions = dict.fromkeys(f"Versions: {_versions(part)}." for part in parts.values())
    tables = "\n\n".join([*(shown(name, part) for name, part in parts.items()), *versions])
    README.write_text(f"{before}{BEGIN}\n\n{tables}\n\n{END}{after}", encoding="utf-8")


def shown(name: str, part: dict[str, Any]) -> str:
    """A part's heading, tables, and what it was measured on."""
    machine = part["machine"]
    told = f"{part['measured'][:10]}, {machine['cores']} cores, {machine['processor']}"
    return f"### {PARTS[name].title}\n\n{PARTS[name].show(part['figures'])}\n\n<sub>{told}</sub>"


def _versions(part: dict[str, Any]) -> str:
    return ", ".join(f"{name} {number}" for name, number in part["versions"].items())


def _read(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    kept: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return kept


if __name__ == "__main__":
    main()
