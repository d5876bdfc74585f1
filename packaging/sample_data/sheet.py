"""What one generated CSV file is: its place, the slot it goes to, its header and rows.

Never decides what is in a file; the modules beside it do.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Sheet:
    """A CSV file for one upload slot; ``module`` and ``submodule`` are None where the slot has none."""

    file: str
    kind: str
    module: int | None
    submodule: int | None
    header: tuple[str, ...]
    rows: list[list[str]]
    encoding: str = "utf-8"

    def content(self) -> bytes:
        """The bytes of the file: comma, LF, quotes only where needed, no byte order mark."""
        return csv_text([list(self.header), *self.rows]).encode(self.encoding)


def csv_text(lines: Iterable[Iterable[str]]) -> str:
    """CSV text with LF line ends."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(lines)
    return out.getvalue()
