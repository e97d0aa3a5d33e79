"""The shape of the project, where a linter cannot see it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

import extractor
from extractor import Extraction, errors
from schemas import EVENT_TYPES, RECORD_TYPES, Record, Records

ROOT = Path(__file__).parents[1]


def test_public_names_are_listed_sorted_and_there() -> None:
    assert extractor.__all__ == sorted(extractor.__all__)
    assert all(getattr(extractor, name) is not None for name in extractor.__all__)
    assert dir(extractor) == extractor.__all__


def test_unlisted_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nonesuch"):
        _ = extractor.nonesuch


def test_every_error_is_public_and_has_one_base() -> None:
    found = [one for one in vars(errors).values() if isinstance(one, type)]
    assert all(issubclass(one, errors.ExtractorError) for one in found)
    assert {one.__name__ for one in found} <= set(extractor.__all__)


@pytest.mark.parametrize("argument", ["--help", "run --help", "schema --help"])
def test_help_imports_nothing_slow(argument: str) -> None:
    program = (
        "import sys, json\n"
        "from extractor.cli import app\n"
        f"try: app({argument.split()!r})\n"
        "except SystemExit: pass\n"
        "print(json.dumps(sorted(sys.modules)), file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    loaded = set(json.loads(done.stderr))
    assert "extractor.cli" in loaded
    slow = {"openai", "instructor", "xllamacpp", "lingua", "diskcache", "httpx2"}
    assert not loaded & slow


def test_importing_the_api_does_not_import_the_sdk() -> None:
    program = "import sys, extractor; extractor.Extractor; print('openai' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout == "False\n"


def test_every_record_type_has_its_places() -> None:
    """A schema, a prompt, a test, and a list in the output."""
    for name, plural in zip(EVENT_TYPES, RECORD_TYPES, strict=True):
        assert (ROOT / "schemas" / f"{name}.py").exists()
        assert (ROOT / "prompts" / "v1" / f"{name}.toml").exists()
        assert plural in Extraction.model_fields
    assert list(Records.model_fields) == list(RECORD_TYPES)


def test_every_record_type_ends_with_evidence_and_tells_status_before_date() -> None:
    for record_type in RECORD_TYPES.values():
        names = [one for one in record_type.model_fields if one not in Record.model_fields]
        assert names[0] == "type"
        assert names[-1] == "evidence"
        if "status" in names:
            assert names.index("status") < names.index("date")
