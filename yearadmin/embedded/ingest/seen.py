"""Remembers which keys a file has had already, on disk, so that a file of millions of rows needs no more memory.

Never outlives the file being read.
"""

from __future__ import annotations

import sqlite3
from types import TracebackType
from typing import Self


class Seen:
    """Keys and the row each was seen in first; ``0`` stands for what was there before the file."""

    def __init__(self) -> None:
        # An empty name is SQLite's private temporary database: it spills to disk and vanishes on closing.
        self._database = sqlite3.connect("", isolation_level=None)
        for line in ("PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF", "PRAGMA cache_size = -16000", "BEGIN"):
            self._database.execute(line)
        self._database.execute("CREATE TABLE seen (key TEXT PRIMARY KEY, row INTEGER NOT NULL) WITHOUT ROWID")
        self._cursor = self._database.cursor()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._database.close()

    def add(self, key: str, row: int) -> int | None:
        """Note a key; the row it was seen in first, or None when it is new."""
        if self._cursor.execute("INSERT OR IGNORE INTO seen VALUES (?, ?)", (key, row)).rowcount:
            return None
        first: int = self._cursor.execute("SELECT row FROM seen WHERE key = ?", (key,)).fetchone()[0]
        return first
