"""The way in for the program that started this backend: one token at a time, handed over by standard input.

Keeps no token, only its digest; what was used once, or replaced, opens nothing any more.
"""

from __future__ import annotations

import asyncio
import hashlib
import secrets
import time
from collections import deque

_WRONG_PER_MINUTE = 10
_LATE = 1.0  # seconds a token may arrive by request before it has arrived by standard input


class LocalDoor:
    """Used on the event loop only."""

    def __init__(self) -> None:
        self._digest: bytes | None = None
        self._wrong: deque[float] = deque(maxlen=_WRONG_PER_MINUTE)
        self._changed = asyncio.Event()

    def accept(self, token: bytes) -> None:
        """From now on this token, and no earlier one, opens once."""
        self._digest = hashlib.sha256(token).digest()
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()

    async def wait_for(self, token: str) -> int | None:
        """Open with the token: None when it did, else the seconds to wait after too many wrong ones, 0 for none."""
        given = token.encode("utf-8", "replace")
        if self._opens(given):
            return None
        now = time.monotonic()
        if len(self._wrong) == _WRONG_PER_MINUTE and now - self._wrong[0] < 60:
            return max(1, round(60 - (now - self._wrong[0])))
        self._wrong.append(now)
        try:
            async with asyncio.timeout(_LATE):
                await self._changed.wait()
        except TimeoutError:
            return 0
        return None if self._opens(given) else 0

    def _opens(self, token: bytes) -> bool:
        digest = hashlib.sha256(token).digest()
        if self._digest is None or not secrets.compare_digest(self._digest, digest):
            return False
        self._digest = None
        return True
