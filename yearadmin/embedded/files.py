"""Uploaded files on disk: which paths are allowed (contract section 5.3) and how a file moves as its job goes on.

Never follows a path out of its root.
"""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote

# Letters and digits of any script, underscore, space, and a few signs.
_ALLOWED = re.compile(r"[\w /.()\[\]:\-'<>?]*")
MAX_PATH, MAX_NAME_BYTES = 1000, 200  # what every file system takes
_DISPATCHABLE = ("tmp/", "uploads/", "temporary/")


class ForbiddenPathError(Exception):
    """A path or name that is not allowed; the text is a sentence for the caller."""


def checked_path(path: str) -> str:
    """A path as the wire names it, made relative. Raises :class:`ForbiddenPathError`."""
    clean = path.replace("\r", "").replace("\n", "").strip("/")
    if len(clean) > MAX_PATH or any(len(part.encode()) > MAX_NAME_BYTES for part in clean.split("/")):
        raise ForbiddenPathError("The path is too long.")
    if "\\" in clean or not _ALLOWED.fullmatch(clean) or ".." in clean.split("/"):
        raise ForbiddenPathError("The path holds characters or parts that are not allowed.")
    return clean


def checked_name(name: str) -> str:
    """The name of an uploaded file without folders. Raises :class:`ForbiddenPathError`."""
    clean = checked_path(name.replace("\\", "/")).rpartition("/")[2].strip()
    if not clean or clean.startswith("."):
        raise ForbiddenPathError("The file name is empty or not allowed.")
    return clean


def checked_dispatch_path(path: str) -> str:
    """The ``file_path`` of a dispatch, decoded once (section 5.2.1). Raises :class:`ForbiddenPathError`."""
    decoded = unquote(path)
    if not decoded.startswith(_DISPATCHABLE) or ".." in decoded:
        raise ForbiddenPathError("The file path must begin with tmp/, uploads/ or temporary/ and stay below it.")
    return checked_path(decoded)


class FileStore:
    """The files below one root; paths are as on the wire, relative to it."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def place(self, path: str) -> Path:
        """Where a checked path lies on disk. Raises :class:`ForbiddenPathError` when a link leads out of the root."""
        found = (self.root / path).resolve()
        if found != self.root.resolve() and self.root.resolve() not in found.parents:
            raise ForbiddenPathError("The path leads out of the files.")
        return found

    def take(self, job_id: int, path: str) -> Path | None:
        """The file of a job that begins, moved to ``processing/<job>/``; None when it is nowhere.

        A job that was interrupted finds its file wherever the last attempt left it.
        """
        name = path.rpartition("/")[2]
        processing = self._of_job("processing", job_id, name)
        for left in (processing, self._of_job("processed", job_id, name), self.place(checked_path(path))):
            if left.is_file():
                return _move(left, processing)
        return None

    def keep(self, job_id: int, name: str) -> str:
        """Move the file of a job whose rows are about to be written to ``processed/<job>/``; its path on the wire."""
        _move(self._of_job("processing", job_id, name), self._of_job("processed", job_id, name))
        return f"processed/{job_id}/{name}"

    def hand_back(self, job_id: int, name: str) -> None:
        """Move the file of a job that failed after all back to ``processing/<job>/``."""
        kept = self._of_job("processed", job_id, name)
        if kept.is_file():
            _move(kept, self._of_job("processing", job_id, name))

    def _of_job(self, stage: str, job_id: int, name: str) -> Path:
        return self.root / stage / str(job_id) / name


def _move(source: Path, target: Path) -> Path:
    if source != target:
        target.parent.mkdir(parents=True, exist_ok=True)
        source.replace(target)
        with suppress(OSError):  # other files of the same upload may still wait beside it
            source.parent.rmdir()
    return target
