"""Reads a CSV file row by row in bounded memory, and says in a sentence what is wrong when it is none.

Knows the rules common to all inputs (contract section 10.1) and the limits that keep a hostile file harmless; knows
nothing of columns.
"""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from yearadmin.embedded.ingest.model import HeaderError, IngestError

CELL_LIMIT = 131_072
"""The longest cell, in characters."""
LINE_LIMIT = 1 << 20
"""The longest line, in bytes."""
RECORD_LIMIT = 4 << 20
"""The longest row, line breaks inside of quotation marks included, in characters."""
COLUMN_LIMIT = 1_000
"""The most columns a header may have: no table has more than a few dozen."""

_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "vertical bars"}
_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class CsvFile:
    """An open CSV file: its header, about how many data rows it has, and the rows.

    A byte order mark is taken off, in every kind of file: refusing it in factor and reference files is a defect of
    the production server that is mended here (section 12, number 28). Raises ``IngestError`` on opening when the file
    is no UTF-8 text or has no header, and while rows are read when they can't be told apart.
    """

    def __init__(self, path: Path) -> None:
        self.total = max(0, _scan(path) - 1)
        csv.field_size_limit(CELL_LIMIT)
        self._text: IO[str] = path.open(encoding="utf-8-sig", newline="\n")
        self._lines_read = 0
        self._lines_used = 0
        self._open_length = 0
        self._reader = csv.reader(self._lines())
        try:
            self.header = self._read_header()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._text.close()

    def __iter__(self) -> Iterator[list[str]]:
        """The data rows as texts; lines with nothing at all on them are passed over."""
        reader = self._reader
        try:
            for cells in reader:
                self._lines_used = self._lines_read
                self._open_length = 0
                if cells:
                    yield cells
        except csv.Error as error:
            raise self._unreadable(error) from error

    def require(self, columns: Sequence[str]) -> None:
        """Refuse the file when columns are missing from its header, naming them sorted (section 10.1)."""
        missing = sorted(set(columns) - set(self.header))
        if not missing:
            return
        several = len(missing) > 1
        hint = ""
        if len(self.header) == 1:
            used = next((name for sign, name in _SEPARATORS.items() if sign in self.header[0]), None)
            if used:
                hint = f" Its columns seem to be separated by {used}; save it with commas."
        raise HeaderError(
            f"Required column{'s' if several else ''} missing: {', '.join(missing)}. "
            f"Names count exactly as written, capitals and spaces included.{hint}"
        )

    def _read_header(self) -> list[str]:
        header = next(iter(self), None)
        if header is None:
            raise HeaderError("The file is empty: it has neither a header nor data rows.")
        if len(header) > COLUMN_LIMIT:
            raise HeaderError(f"The header has {len(header):,} columns; at most {COLUMN_LIMIT:,} are read.")
        return header

    def _lines(self) -> Iterator[str]:
        """Lines for the CSV reader, which asks for another one while a quotation mark is open."""
        for line in self._text:
            self._lines_read += 1
            self._open_length += len(line)
            if self._open_length > RECORD_LIMIT:
                break
            yield line
        if self._lines_read > self._lines_used:
            raise IngestError(f"A quotation mark opened in line {self._lines_used + 1:,} is never closed.")

    def _unreadable(self, error: csv.Error) -> IngestError:
        line = f"{self._lines_read:,}"
        if "field limit" in str(error):
            return IngestError(
                f"Line {line} has a cell of more than {CELL_LIMIT:,} characters; perhaps a quotation mark opened in "
                f"line {self._lines_used + 1:,} is never closed."
            )
        return IngestError(f"Line {line} is no CSV: a line break must be LF or CRLF.")


def _scan(path: Path) -> int:
    """The number of lines of a file, once it is known to be UTF-8 text of reasonable lines.

    Raises ``IngestError`` naming the line and the byte, both counted as editors do: lines from 1, bytes from 0.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    lines = offset = carried = 0
    ends_open = False
    with path.open("rb") as file:
        while chunk := file.read(LINE_LIMIT):
            if not offset and chunk.startswith(_WIDE_MARKS):
                raise IngestError("The file is UTF-16 text from its first byte (line 1, byte 0); save it as UTF-8.")
            _decode(decoder, chunk, offset, lines)
            if (nul := chunk.find(b"\0")) >= 0:
                line = lines + chunk.count(b"\n", 0, nul) + 1
                raise IngestError(
                    f"Line {line:,} holds a NUL byte (byte {offset + nul:,}): the file is no text, or it is UTF-16."
                )
            first = chunk.find(b"\n")
            if carried + (len(chunk) if first < 0 else first) > LINE_LIMIT:
                raise IngestError(f"Line {lines + 1:,} is longer than {LINE_LIMIT:,} bytes.")
            carried = carried + len(chunk) if first < 0 else len(chunk) - chunk.rfind(b"\n") - 1
            lines += chunk.count(b"\n")
            offset += len(chunk)
            ends_open = not chunk.endswith(b"\n")
    _decode(decoder, b"", offset, lines, final=True)
    return lines + ends_open


def _decode(decoder: codecs.IncrementalDecoder, chunk: bytes, offset: int, lines: int, *, final: bool = False) -> None:
    """Check that the next bytes of a file are UTF-8."""
    held = len(decoder.getstate()[0])
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError as error:
        # The decoder may have begun with bytes held back from the chunk before.
        at = error.start - held
        line = lines + chunk.count(b"\n", 0, max(at, 0)) + 1
        raise IngestError(
            f"The file is not UTF-8 text: line {line:,} holds a byte that can't be read "
            f"(byte {offset + at:,}, value 0x{error.object[error.start]:02x}); save it as UTF-8."
        ) from error
