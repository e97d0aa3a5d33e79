"""The embedded engine: llama.cpp's server inside this process, on loopback only.

It speaks the OpenAI protocol, so the client above it is the one that hosted models get. Answers are
held to the JSON schema while they are decoded, and each slot keeps the prompt's unchanging part.
"""

import asyncio
import gc
import hashlib
import json
import secrets
import tempfile
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any, Self

from extractor.errors import SetupError
from extractor.llm import adapter
from extractor.llm.weights import INSTALL, Progress, ensure, identity
from extractor.settings import LOCAL, Settings
from prompts import Message

REVISION = 2
"""Raised when answers of an earlier engine must not be used again: those of 1 could hold words of
other articles, see `parameters`."""

_UNLESS_ASKED = 0.0
"""How strongly the adapter is applied to requests that do not name it."""

_TOKENS_A_SLOT = 8192
"""Prompt, window and answer of one request; about 230 MB of memory each for the own model."""


class Engine:
    """A running server. Stop it after the last client has closed its connections."""

    def __init__(self, server: Any, api_key: str, slots: int, states: Path) -> None:
        """Take over a started server; use `Engine.start`."""
        self._server = server
        self._slots = slots
        self._warm: set[int] = set()
        self._states = states
        self._address: str = server.listening_address
        self.base_url = f"{self._address}/v1"
        self.api_key = api_key
        """Drawn anew at each start: other users of this machine cannot ask."""

    @classmethod
    async def start(
        cls, settings: Settings, *, slots: int, on_weights: Progress | None = None
    ) -> Self:
        """Check the weights, load them (3 s for the own ones) and listen on a free port.

        Args:
            settings: which weights.
            slots: requests answered side by side.
            on_weights: told how far checking and unpacking are.

        Raises:
            SetupError: the extra is not installed, the weights are not whole, or do not load.
        """
        return await asyncio.to_thread(cls._start, settings, slots, on_weights)

    @classmethod
    def _start(cls, settings: Settings, slots: int, on_weights: Progress | None) -> Self:
        try:
            import xllamacpp
        except ImportError as error:
            raise SetupError(
                f"the embedded engine cannot be imported ({error}): {INSTALL}, or name a model of "
                "a server with `--model`"
            ) from error
        path = ensure(settings, on_weights)
        states = settings.cache_dir / "prompt-states" / _state_key(settings)
        states.mkdir(mode=0o700, parents=True, exist_ok=True)
        api_key = secrets.token_urlsafe(24)
        params = parameters(path, slots=slots, states=states)
        params.api_keys = [api_key]
        if settings.model == LOCAL:
            lora = xllamacpp.CommonAdapterLoraInfo(str(adapter.checked()), _UNLESS_ASKED)
            params.lora_adapters = [lora]
        try:
            return cls(xllamacpp.Server(params), api_key, slots, states)
        except RuntimeError as error:
            raise SetupError(
                f"the engine cannot load {str(path)!r} ({error}): is it a whole GGUF file, and is "
                "there memory for it?"
            ) from error

    async def warm(
        self, slot: int, opening: Sequence[Message], on_weights: Progress | None = None
    ) -> None:
        """Have a slot read the unchanging part of a prompt, unless it has.

        That takes the model up to half a minute, so the state after it (30 MB a thousand tokens) is
        kept on disk; with it a new process is ready in a moment.

        Args:
            slot: counted from 0.
            opening: the messages that every request to this slot begins with.
            on_weights: told when the reading begins and ends.
        """
        if slot in self._warm:
            return
        self._warm.add(slot)
        name = hashlib.sha256(json.dumps(opening).encode()).hexdigest()[:32] + ".bin"
        if not (self._states / name).exists() or not await self._slot(slot, "restore", name):
            if on_weights:
                on_weights("Reading the prompt", 0, 1)
            await self._read(slot, opening)
            await self._keep(slot, name)
            if on_weights:
                on_weights("Reading the prompt", 1, 1)

    async def _read(self, slot: int, opening: Sequence[Message]) -> None:
        last: Message = {"role": "user", "content": ""}
        await self._post(
            "/v1/chat/completions", {"messages": [*opening, last], "max_tokens": 1, "id_slot": slot}
        )

    async def _keep(self, slot: int, name: str) -> None:
        """Save a slot's state, and drop those of older prompts; without it all works, slower."""
        with tempfile.NamedTemporaryFile(dir=self._states, delete=False) as part:
            pass
        try:
            if await self._slot(slot, "save", Path(part.name).name):
                Path(part.name).rename(self._states / name)  # noqa: ASYNC240  # at start-up only
                kept = sorted(self._states.glob("*.bin"), key=lambda file: file.stat().st_mtime)
                for old in kept[: -2 * self._slots]:
                    old.unlink()
        finally:
            Path(part.name).unlink(missing_ok=True)  # noqa: ASYNC240

    async def _slot(self, slot: int, action: str, name: str) -> bool:
        return await self._post(f"/slots/{slot}?action={action}", {"filename": name})

    async def _post(self, path: str, body: dict[str, Any]) -> bool:
        """Whether the server did what `body` asks for."""
        import httpx2

        async with httpx2.AsyncClient(trust_env=False, timeout=None) as client:
            answer = await client.post(
                self._address + path,
                json=body,
                headers={"Authorization": f"Bearer {self.api_key}"},
            )
        return answer.is_success

    def stop(self) -> None:
        """End the server's threads and give its memory back; a second call does nothing."""
        self._server = None
        gc.collect()


def parameters(path: Path, *, slots: int, states: Path) -> Any:
    """How llama.cpp is started.

    Its prompt cache in memory is off: it gave slots the text of requests that were long done, so
    that answers about one article held words of another (llama.cpp issue 27148; seen with xllamacpp
    2026.10). Without it the unchanging part of a prompt still stays in its slot.

    Args:
        path: the weights.
        slots: requests answered side by side.
        states: where prompt states are kept.
    """
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = str(path)
    params.n_parallel = slots
    params.n_ctx = slots * _TOKENS_A_SLOT
    params.cache_ram_mib = 0
    params.cache_idle_slots = False
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.ui = False
    params.endpoint_slots = True
    params.slot_save_path = f"{states}/"
    params.verbosity = -1
    return params


def _state_key(settings: Settings) -> str:
    """What a saved state depends on beside the prompt: the weights and the engine's version."""
    parts = f"{identity(settings)} {version('xllamacpp')} {_TOKENS_A_SLOT}"
    return hashlib.sha256(parts.encode()).hexdigest()[:16]
