"""The cache on a real disk."""

import multiprocessing
import os
import pickle
import sqlite3
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest

from extractor.errors import SetupError
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


def test_stats_tell_entries_and_size(cache: AnswerCache, tmp_path: Path) -> None:
    cache.put("k", ENTRY)
    found = cache.stats()
    assert (found.folder, found.entries) == (tmp_path / "answers", 1)
    assert found.size > 1000


def test_clear_drops_all_and_says_how_many(cache: AnswerCache) -> None:
    cache.put("a", ENTRY)
    cache.put("b", ENTRY)
    assert cache.clear() == 2
    assert cache.get("a") is None


def test_nothing_is_evicted_without_a_limit(cache: AnswerCache) -> None:
    """diskcache's own default would drop answers silently from 1 GiB on."""
    assert cache._disk.eviction_policy == "none"
    assert cache._disk.cull_limit == 0


def fill(cache: AnswerCache, count: int) -> None:
    for number in range(count):
        cache.put(str(number), ENTRY.model_copy(update={"text": "x" * 20_000}))


def test_prune_drops_the_oldest_until_a_size_is_left(cache: AnswerCache) -> None:
    fill(cache, 100)
    went = cache.prune(1_000_000)
    assert 0 < went < 100
    assert cache.stats().size <= 1_000_000
    assert cache.get("0") is None
    assert cache.get("99") is not None


def test_prune_leaves_a_small_cache_alone(cache: AnswerCache) -> None:
    fill(cache, 3)
    assert cache.prune(10_000_000) == 0


def test_with_a_limit_the_oldest_make_room(tmp_path: Path) -> None:
    cache = AnswerCache(tmp_path / "answers", limit=1_000_000)
    fill(cache, 100)
    assert cache.stats().size < 1_200_000
    assert cache.get("0") is None
    assert cache.get("99") is not None


def test_a_pruned_cache_keeps_all_again_when_it_is_opened_anew(
    cache: AnswerCache, tmp_path: Path
) -> None:
    cache.prune(1_000_000)
    cache.close()
    again = AnswerCache(tmp_path / "answers")
    fill(again, 100)
    assert again.stats().entries == 100


KEY = "ab" * 32


def _claim(folder: str, claimed: Event, may_end: Event) -> None:
    cache = AnswerCache(Path(folder))
    if cache.claim(KEY):
        claimed.set()
    may_end.wait()
    os._exit(9)  # as kill -9 would: nothing is given back in good order


def test_what_another_process_asks_for_is_its_own_until_it_ends(
    cache: AnswerCache, tmp_path: Path
) -> None:
    context = multiprocessing.get_context("spawn")
    claimed, may_end = context.Event(), context.Event()
    other = context.Process(target=_claim, args=(str(tmp_path / "answers"), claimed, may_end))
    other.start()
    assert claimed.wait(60)
    assert not cache.claim(KEY)
    assert cache.claim("cd" * 32)
    may_end.set()
    other.join()
    assert cache.claim(KEY)


def test_a_database_that_is_none_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "answers"
    folder.mkdir()
    (folder / "cache.db").write_bytes(b"no database at all" * 1000)
    with pytest.raises(SetupError, match=r"cannot be used.*EXTRACTOR_CACHE_DIR"):
        AnswerCache(folder)
