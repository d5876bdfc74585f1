"""One file as a multipart body that is read from disk while it is sent, never as a whole and never on the event loop.

Knows the multipart format only; never looks into the file and never decides whether it may be sent.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from yearadmin.contract.problems import Problem, ProblemCode, ProblemError

PIECE = 256 * 1024  # bytes read at a time
Progress = Callable[[int, int], None]
WhenLeft = Callable[[int, str], None]


class FileBody:
    """A file under the form field ``files`` (contract section 5.3); ``length`` is that of the whole body in bytes.

    The first ``skip`` bytes are left out: a byte order mark that the server would refuse (contract section 10.1).

    ``on_left`` hears the size and the SHA-256 (hexadecimal) of what was sent of the file, each time all of it has left.
    Raises FILE_MISSING when the file can't be read, or shrinks while it is sent.
    """

    def __init__(
        self, path: Path, name: str, on_progress: Progress, *, skip: int = 0, on_left: WhenLeft | None = None
    ) -> None:
        self._path = path
        self._skip = skip
        self._name = name
        self._on_progress = on_progress
        self._on_left = on_left
        boundary = uuid4().hex
        self.content_type = f"multipart/form-data; boundary={boundary}"
        self._head = (
            f'--{boundary}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n'
            "Content-Type: text/csv\r\n\r\n"
        ).encode()
        self._tail = f"\r\n--{boundary}--\r\n".encode()
        self.size = 0

    @property
    def length(self) -> int:
        """Bytes of the body: the file and the lines around it."""
        return len(self._head) + self.size + len(self._tail)

    async def measure(self) -> None:
        """Read the file's size; what is added to the file later is not sent."""
        try:
            found = await asyncio.to_thread(os.stat, self._path)
        except OSError as error:
            raise self._missing(error) from error
        self.size = max(found.st_size - self._skip, 0)

    async def pieces(self) -> AsyncIterator[bytes]:
        """The body from its start, a piece at a time; tells the progress in bytes of the file after each has left."""
        file = await self._attempt(lambda: self._path.open("rb"))
        try:
            self._on_progress(0, self.size)
            yield self._head
            if self._skip:
                await asyncio.to_thread(file.seek, self._skip)
            left = self.size
            digest = hashlib.sha256()
            while left:
                piece = await self._read(file, min(PIECE, left))
                digest.update(piece)  # 256 kB take a fifth of a millisecond
                yield piece
                left -= len(piece)
                self._on_progress(self.size - left, self.size)
            if self._on_left is not None:
                self._on_left(self.size, digest.hexdigest())
            yield self._tail
        finally:
            file.close()

    async def _read(self, file: BinaryIO, size: int) -> bytes:
        try:
            piece = await asyncio.to_thread(file.read, size)
        except OSError as error:
            raise self._missing(error) from error
        if not piece:
            raise self._missing(None)
        return piece

    async def _attempt(self, opener: Callable[[], BinaryIO]) -> BinaryIO:
        opening = asyncio.ensure_future(asyncio.to_thread(opener))
        try:
            return await asyncio.shield(opening)
        except asyncio.CancelledError:
            opening.add_done_callback(_close)  # the thread opens it all the same
            raise
        except OSError as error:
            raise self._missing(error) from error

    def _missing(self, error: OSError | None) -> ProblemError:
        words = (error.strerror or "") if error else ""
        return ProblemError(Problem(ProblemCode.FILE_MISSING, subject=self._name, server_words=words))


def _close(opening: asyncio.Future[BinaryIO]) -> None:
    if not opening.cancelled() and opening.exception() is None:
        opening.result().close()
