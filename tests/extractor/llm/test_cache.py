"""The cache on a real disk."""

import multiprocessing
import pickle
import sqlite3
from pathlib import Path

import pytest

from extractor.llm.cache import AnswerCache, Entry
from extractor.result import Usage

ENTRY = Entry(
    text='{"events":[]} ё \u202e', truncated=False, attempts_used=False, usage=Usage(calls=1)
)


class Bomb:
    """Unpickling it would write a file."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return (Path.write_text, (self.mark, "boom"))


@pytest.fixture
def cache(tmp_path: Path) -> AnswerCache:
    return AnswerCache(tmp_path / "answers")


def test_entry_comes_back_in_a_new_process_as_it_was(cache: AnswerCache, tmp_path: Path) -> None:
    assert cache.put("k", ENTRY) is None
    cache.close()
    assert AnswerCache(tmp_path / "answers").get("k") == ENTRY


def test_unknown_key_is_a_miss(cache: AnswerCache) -> None:
    assert cache.get("k") is None


@pytest.mark.parametrize("value", ["", "{", '{"text": 1}', '{"text":"x","other":1}'])
def test_corrupt_entry_is_a_miss(cache: AnswerCache, tmp_path: Path, value: str) -> None:
    cache.put("k", ENTRY)
    with sqlite3.connect(tmp_path / "answers" / "cache.db") as database:
        database.execute("UPDATE Cache SET value = ?", (value,))
    assert cache.get("k") is None


def test_pickle_in_a_tampered_file_is_never_run(cache: AnswerCache, tmp_path: Path) -> None:
    """CVE-2025-69872: diskcache itself would run it."""
    mark = tmp_path / "mark"
    cache.put("k", ENTRY)
    with sqlite3.connect(tmp_path / "answers" / "cache.db") as database:
        bomb = sqlite3.Binary(pickle.dumps(Bomb(mark)))
        database.execute("UPDATE Cache SET value = ?, mode = 4", (bomb,))
    assert cache.get("k") is None
    assert not mark.exists()


def test_large_answers_are_kept_too(cache: AnswerCache) -> None:
    """diskcache puts them into files of their own."""
    large = ENTRY.model_copy(update={"text": "ж" * 200_000})
    cache.put("k", large)
    assert cache.get("k") == large


def test_full_disk_is_told_and_costs_nothing_but_the_entry(
    cache: AnswerCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: object, **kwargs: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(cache._disk, "set", full)
    assert "No space left" in str(cache.put("k", ENTRY))


def _write(folder: str, start: int) -> None:
    cache = AnswerCache(Path(folder))
    for number in range(start, start + 50):
        cache.put(str(number), ENTRY)


def test_several_processes_write_at_once(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    folder = str(tmp_path / "answers")
    writers = [context.Process(target=_write, args=(folder, start)) for start in (0, 50)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    cache = AnswerCache(Path(folder))
    assert all(cache.get(str(number)) == ENTRY for number in range(100))
