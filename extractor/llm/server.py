"""The server of a model, opened at the first request: on the network, or the embedded engine."""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

from extractor.llm.engine import Engine
from extractor.llm.pace import Pace
from extractor.llm.profiles import ModelProfile
from extractor.llm.request import Request
from extractor.llm.transport import Completion, Transport
from extractor.llm.weights import Progress
from extractor.settings import Settings
from prompts import Message

if TYPE_CHECKING:
    import httpx2


class Server:
    """Sends requests to whatever server the settings name."""

    def __init__(
        self,
        settings: Settings,
        profile: ModelProfile,
        *,
        on_weights: Progress | None,
        http_client: "httpx2.AsyncClient | None",
    ) -> None:
        """Nothing is imported, started or sent yet.

        Args:
            settings: which server.
            profile: how its model is asked.
            on_weights: told how far the embedded weights are checked and written.
            http_client: the connection to use; None makes one.
        """
        self.pace = Pace(settings.rpm, settings.tpm)
        self._settings = settings
        self._profile = profile
        self._on_weights = on_weights
        self._http_client = http_client
        self._opening = asyncio.Lock()
        self._engine: Engine | None = None
        self._transport: Transport | None = None

    @property
    def retries(self) -> int:
        """Requests sent again."""
        return self._transport.retries if self._transport else 0

    async def send(self, slot: int, request: Request, tokens: int) -> Completion:
        """The server's completion.

        Args:
            slot: of the engine, where the unchanging part of this kind of request has been read.
            request: what is asked.
            tokens: what it is likely to use.

        Raises:
            ExtractorError: what `Engine.start` and `Transport.send` raise.
        """
        transport = self._transport
        if transport is None or self._engine:
            # The adapter's question has next to no opening, and a slot read without it is no use.
            opening = None if "lora" in request else request.messages[:-1]
            transport = await self._opened(slot, opening)
        return await transport.send(request, tokens, slot=slot if self._engine else None)

    def hurry(self) -> None:
        """Give up what waits to be sent, or to be sent again; what was sent is waited for."""
        if self._transport:
            self._transport.hurry()

    async def close(self) -> None:
        """Close the connections, and stop the engine if one was started."""
        if self._transport:
            await self._transport.close()
        if self._engine:
            await asyncio.to_thread(self._engine.stop)

    async def _opened(self, slot: int, opening: Sequence[Message] | None) -> Transport:
        """The transport, over the engine if there is one, its slot warm where it has an opening."""
        async with self._opening:
            if self._transport is None:
                self._transport = await self._made()
            if self._engine and opening is not None:
                await self._engine.warm(slot, opening, self._on_weights)
            return self._transport

    async def _made(self) -> Transport:
        base_url, key = self._settings.base_url, self._settings.api_key
        secret = key.get_secret_value() if key else None
        if self._settings.embedded:
            profile = self._profile
            slots = len(profile.questions) + profile.screens + profile.adapted
            self._engine = await Engine.start(
                self._settings, slots=slots, on_weights=self._on_weights
            )
            base_url, secret = self._engine.base_url, self._engine.api_key
        return Transport(
            self._settings.model,
            base_url=base_url,
            api_key=secret,
            timeout=self._settings.timeout or self._profile.timeout,
            attempts=self._settings.transport_attempts,
            pace=self.pace,
            http_client=self._http_client,
        )
