"""The two generations of the server and where each keeps its session (contract section 11).

Only names paths; never sends anything and never guesses a generation from a version number.
"""

from __future__ import annotations

from enum import StrEnum


class Era(StrEnum):
    """Which generation of the server answers, as far as its own answers have shown."""

    UNKNOWN = "unknown"
    MAY = "may"  # 13 May 2026: /auth/me, /auth/refresh, /auth/logout
    JULY = "july"  # from 28 May 2026: the /session resource


SESSION = "/session"
WHO_AM_I = {Era.JULY: SESSION, Era.MAY: "/auth/me"}
REFRESH = {Era.JULY: SESSION, Era.MAY: "/auth/refresh"}


def to_try(era: Era) -> tuple[Era, ...]:
    """The generations worth asking, in order: the known one alone, else July and then May."""
    return (Era.JULY, Era.MAY) if era is Era.UNKNOWN else (era,)
