"""The adapter that is shipped is whole, and one that is not is never used."""

from pathlib import Path

import pytest

from extractor.errors import SetupError
from extractor.llm import adapter
from extractor.llm.profiles import profile_of
from extractor.settings import Settings


def test_adapter_that_is_shipped_is_the_one_that_answers_are_kept_for() -> None:
    assert adapter.checked().stat().st_size > 1 << 20


def test_damaged_adapter_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "adapter.gguf"
    file.write_bytes(b"GGUF")
    monkeypatch.setattr(adapter, "_FILE", file)
    with pytest.raises(SetupError, match=r"damaged .* reinstall"):
        adapter.checked()


def test_missing_adapter_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adapter, "_FILE", tmp_path / "adapter.gguf")
    with pytest.raises(SetupError, match=r"cannot be read .* reinstall"):
        adapter.checked()


def test_only_the_own_weights_have_the_adapter() -> None:
    assert profile_of(Settings(model="local")).adapted
    assert not profile_of(Settings(model="other.gguf")).adapted
