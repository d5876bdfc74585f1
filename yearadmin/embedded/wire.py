"""Moments and names as the wire writes them (contract section 4). Holds no rule of its own."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import IntEnum


def naive(moment: datetime | None) -> str | None:
    """``updated_at``, ``last_login`` and audit moments: UTC without an offset."""
    return None if moment is None else moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds")


def zulu(moment: datetime | None) -> str | None:
    """Moments in ordinary answers: UTC with a ``Z``."""
    text = naive(moment)
    return None if text is None else f"{text}Z"


def offset(moment: datetime | None) -> str | None:
    """Moments in event streams and in ``meta``: UTC with ``+00:00``."""
    text = naive(moment)
    return None if text is None else f"{text}+00:00"


def name_of(kind: type[IntEnum], value: int | None) -> str | None:
    """The name of an enum's number; None when there is none."""
    return None if value is None else kind(value).name
