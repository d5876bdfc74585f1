"""How the link to one followed stream stands, as a value; without pydantic so that it costs nothing to import.

Never follows anything itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from yearadmin.contract.problems import Problem


class LinkPhase(StrEnum):
    """How the link to one stream stands."""

    CONNECTING = "connecting"
    LIVE = "live"
    RECONNECTING = "reconnecting"
    LOST = "lost"  # given up, ``problem`` says why
    ENDED = "ended"  # what was followed has ended; nothing more will come


@dataclass(frozen=True, slots=True)
class Link:
    """The link to one stream; times are UTC.

    ``since`` is when this phase began, over all attempts of one reconnection; ``problem`` what went wrong last. A LIVE
    link carries one when an event could not be read.
    """

    phase: LinkPhase
    since: datetime
    next_try: datetime | None = None
    problem: Problem | None = None
