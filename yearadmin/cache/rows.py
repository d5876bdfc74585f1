"""How the store writes moments and recognises a row that a failing disk has altered.

Pure functions; knows no table.
"""

from __future__ import annotations

import zlib
from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def seal(*parts: object) -> int:
    """A checksum over ``parts``: a row whose seal does not fit is as good as none, nothing wrong is shown as known."""
    return zlib.crc32("\0".join(map(str, parts)).encode("utf-8", "surrogatepass"))


def stamp(moment: datetime) -> int:
    """Microseconds since 1970 (UTC)."""
    return (moment.astimezone(UTC) - _EPOCH) // _MICROSECOND


def moment(stamped: int) -> datetime:
    """The moment (UTC) of a :func:`stamp`."""
    return _EPOCH + stamped * _MICROSECOND


def maybe_stamp(moment: datetime | None) -> int | None:
    """The same for a moment that may not be known."""
    return None if moment is None else stamp(moment)


def maybe_moment(stamped: int | None) -> datetime | None:
    """The same for a stamp that may be absent."""
    return None if stamped is None else moment(stamped)


def packed(text: str) -> bytes:
    """``text`` compressed: a year's answer of 40 kB takes about 3.5 kB."""
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 6)


def unpacked(body: bytes) -> str:
    """The text of :func:`packed`. Raises zlib.error, UnicodeDecodeError: check the body's seal first."""
    return zlib.decompress(body).decode("utf-8", "surrogatepass")
