"""Cheap checks of a file before it is sent: what can be told from its size, its name and its first bytes.

Never reads the whole file, never judges columns or rows, and never changes the file.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from pathlib import Path

from yearadmin.catalogue.modules import SlotKind
from yearadmin.contract.problems import Problem, ProblemCode, ProblemError

MAX_BYTES = 100 * 1024 * 1024  # the server's own limit (contract section 5.3)
_LOOKED_AT = 64 * 1024
_FOREIGN = (
    codecs.BOM_UTF16_LE,
    codecs.BOM_UTF16_BE,
    b"\x89PNG",
    b"PK\x03\x04",  # zip, and with it .xlsx and .ods
    b"%PDF",
    b"\xd0\xcf\x11\xe0",  # old Excel
    b"\x1f\x8b",
    b"\xff\xd8\xff",
    b"GIF8",
)
# The server refuses a byte order mark in these (contract section 10.1); left out, the file says the same.
_WITHOUT_MARK = (SlotKind.FACTOR, SlotKind.REFERENCE)


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file fit to be sent: its size, and how many of its first bytes are to be left out."""

    size: int
    skip: int = 0


def check_file(path: Path, kind: SlotKind) -> CheckedFile:
    """Look at a file for a slot of ``kind``; blocks for a moment.

    Raises FILE_MISSING, FILE_EMPTY (nothing in it, or a header only), FILE_TOO_LARGE, FILE_NOT_CSV.
    """
    try:
        if not path.is_file():
            raise _refused(path, ProblemCode.FILE_MISSING)
        with path.open("rb") as file:
            head = file.read(_LOOKED_AT)
        size = path.stat().st_size
    except OSError as error:
        raise _refused(path, ProblemCode.FILE_MISSING, error.strerror or "") from error
    if size == 0:
        raise _refused(path, ProblemCode.FILE_EMPTY)
    if size > MAX_BYTES:
        raise _refused(path, ProblemCode.FILE_TOO_LARGE)
    if path.suffix.lower() != ".csv" or head.startswith(_FOREIGN) or b"\0" in head:
        raise _refused(path, ProblemCode.FILE_NOT_CSV)
    try:
        # Incremental: the piece looked at may end in the middle of a character.
        text = codecs.getincrementaldecoder("utf-8-sig")().decode(head, final=size == len(head))
    except UnicodeDecodeError as error:
        raise _refused(path, ProblemCode.FILE_NOT_CSV) from error
    rows = [line for line in text.splitlines() if line.strip(' ,;\t"')]
    if size == len(head) and len(rows) < 2:
        raise _refused(path, ProblemCode.FILE_EMPTY)
    has_mark = head.startswith(codecs.BOM_UTF8) and kind in _WITHOUT_MARK
    return CheckedFile(size, len(codecs.BOM_UTF8) if has_mark else 0)


def _refused(path: Path, code: ProblemCode, words: str = "") -> ProblemError:
    return ProblemError(Problem(code, subject=path.name, server_words=words))
