"""Reads an upload off the wire straight to disk (contract section 5.3): bounded memory, bounded size, safe names.

Writes below one folder of its own, which is gone again unless the upload was whole and accepted.
"""

from __future__ import annotations

import mimetypes
import shutil
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from python_multipart import MultipartParser
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import parse_options_header

from yearadmin.embedded.files import ForbiddenPathError, checked_name
from yearadmin.embedded.settings import MAX_UPLOAD_BYTES

ACCEPTED_TYPES = {
    "text/csv",
    "application/csv",
    "application/vnd.ms-excel",
    "text/plain",
    "application/octet-stream",
    "",
}
MAX_FILES = 50
MAX_VALUE = 1000  # characters of a part that is no file
MAX_HEADER_BYTES = 16 * 1024
MAX_BODY_BYTES = 10 * MAX_UPLOAD_BYTES


class UploadError(Exception):
    """An upload that is refused: the status of the answer and a sentence."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status = status


@dataclass(frozen=True, slots=True)
class Landed:
    """One file on disk."""

    name: str
    size: int

    @property
    def mime_type(self) -> str:
        """What its name says it is."""
        return mimetypes.guess_type(self.name)[0] or "application/octet-stream"


def check_csv(name: str, kind: str) -> None:
    """Refuse what is no CSV file by its name and declared type. Raises :class:`UploadError`."""
    if not name.lower().endswith(".csv") or kind not in ACCEPTED_TYPES:
        raise UploadError(415, f"Only CSV files are accepted, not {Path(name).suffix or kind!r}.")


class Upload:
    """Takes the parts of one request; ``fault`` is the first reason to refuse it.

    Files come in ``field`` and must pass ``check``, told their name and declared type; ``values`` are the other parts.
    """

    def __init__(
        self,
        content_type: str,
        folder: Path,
        field: str = "files",
        check: Callable[[str, str], None] = check_csv,
    ) -> None:
        kind, options = parse_options_header(content_type)
        boundary = options.get(b"boundary")
        self.landed: list[Landed] = []
        self.fault: UploadError | None = None
        self.values: dict[str, str] = {}
        self._folder = folder
        self._takes, self._check = field.encode(), check
        self._value_of: str | None = None
        self._file: BinaryIO | None = None
        self._size = 0
        self._name = ""
        self._headers: dict[bytes, bytes] = {}
        self._field, self._value = b"", b""
        self._read = 0
        self._parser: MultipartParser | None = None
        if kind == b"multipart/form-data" and boundary and len(boundary) <= 200:
            self._parser = MultipartParser(
                boundary,
                {
                    "on_part_begin": self._on_part_begin,
                    "on_header_field": self._on_header_field,
                    "on_header_value": self._on_header_value,
                    "on_header_end": self._on_header_end,
                    "on_headers_finished": self._on_headers_finished,
                    "on_part_data": self._on_part_data,
                    "on_part_end": self._on_part_end,
                },
            )

    async def read(self, pieces: AsyncIterator[bytes]) -> None:
        """Read the whole request, even when it is refused: a client that is still sending would not hear the answer."""
        async for piece in pieces:
            self._read += len(piece)
            if self._read > MAX_BODY_BYTES:
                self._refuse(400, "The upload is larger than anything this server accepts.")
                return
            if self.fault is None and self._parser is not None:
                try:
                    self._parser.write(piece)
                except FormParserError:
                    self._refuse(422, "The upload is not a well-formed multipart form.")
        if self.fault is None and self._parser is not None:
            try:
                self._parser.finalize()
            except FormParserError:
                self._refuse(422, "The upload ends too early.")
        if self._file is not None:
            self._refuse(422, "The upload ends too early.")

    def _refuse(self, status: int, words: str) -> None:
        self.fault = self.fault or UploadError(status, words)
        if self._file is not None:
            self._file.close()
            self._file = None

    def _on_part_begin(self) -> None:
        self._headers = {}
        self._field, self._value = b"", b""

    def _on_header_field(self, data: bytes, start: int, end: int) -> None:
        self._field += data[start:end]
        self._check_header()

    def _on_header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]
        self._check_header()

    def _check_header(self) -> None:
        if len(self._field) + len(self._value) > MAX_HEADER_BYTES:
            self._refuse(400, "A header of the upload is too long.")

    def _on_header_end(self) -> None:
        self._headers[self._field.lower()] = self._value
        self._field, self._value = b"", b""

    def _on_headers_finished(self) -> None:
        if self.fault is not None:
            return
        _, options = parse_options_header(self._headers.get(b"content-disposition", b""))
        raw = options.get(b"filename")
        self._value_of = None
        if raw is None:
            self._value_of = options.get(b"name", b"").decode("utf-8", "replace")
            return
        if options.get(b"name") != self._takes:
            return  # another field of the form: not ours
        try:
            self._begin(raw, self._headers.get(b"content-type", b""))
        except UploadError as error:
            self.fault = error

    def _begin(self, raw: bytes, declared: bytes) -> None:
        try:
            name = checked_name(raw.decode("utf-8"))
        except (UnicodeDecodeError, ForbiddenPathError) as error:
            raise UploadError(400, "The file name holds characters that are not allowed.") from error
        kind = declared.partition(b";")[0].strip().lower().decode("latin-1")
        self._check(name, kind)
        if len(self.landed) >= MAX_FILES:
            raise UploadError(400, f"At most {MAX_FILES} files can be sent at once.")
        if any(name == other.name for other in self.landed):
            raise UploadError(400, "Two files of the upload have the same name.")
        self._folder.mkdir(parents=True, exist_ok=True)
        self._name, self._size = name, 0
        self._file = (self._folder / name).open("xb")

    def _on_part_data(self, data: bytes, start: int, end: int) -> None:
        if self._value_of is not None and len(self.values) <= MAX_FILES:
            text = self.values.get(self._value_of, "") + data[start:end].decode("utf-8", "replace")
            self.values[self._value_of] = text[:MAX_VALUE]
        if self._file is None:
            return
        self._size += end - start
        if self._size > MAX_UPLOAD_BYTES:
            self._refuse(400, f"A file may have at most {MAX_UPLOAD_BYTES // 2**20} MiB.")
            return
        self._file.write(data[start:end])

    def _on_part_end(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
            self.landed.append(Landed(self._name, self._size))


def fresh_folder(root: Path) -> Path:
    """A folder of its own for one request, named by the moment (contract section 5.3)."""
    moment = time.time_ns() // 1000
    while (folder := root / "tmp" / str(moment)).exists():
        moment += 1
    return folder


def discard(folder: Path) -> None:
    """Remove what a refused upload has left."""
    shutil.rmtree(folder, ignore_errors=True)
