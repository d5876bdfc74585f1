"""Moments on the wire, without pydantic so that they cost nothing to import.

Always UTC with an offset once read; never a local time.
"""

from __future__ import annotations

from datetime import UTC, datetime


def parse_utc(value: object) -> datetime | None:
    """Read an ISO date-time; a naive one is UTC (section 4). None when absent or unreadable."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            return None
    if not isinstance(value, datetime):
        return None
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
