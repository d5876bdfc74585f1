"""Tells how far a job is while it works: what is done, of how much, how fast, and how long it may still take.

Never waits and never writes; who is told decides how often it is worth keeping.
"""

from __future__ import annotations

import time

from yearadmin.embedded.ingest.model import Work

_WORTH_GUESSING = 0.5  # seconds of work before a speed means anything


class Meter:
    """Counts rows of one step of a job; asks at each tick whether the job is to stop."""

    def __init__(self, work: Work, step: str, total: int) -> None:
        self._work = work
        self._step = step
        self._total = total
        self._begun = time.monotonic()
        self.tick(0)

    def tick(self, done: int) -> None:
        """Tell that so many rows are done. Raises ``Aborted``."""
        self._work.go_on()
        total = max(self._total, done)
        text = f"{self._step}: {done:,} of {total:,} rows"
        spent = time.monotonic() - self._begun
        if done and spent > _WORTH_GUESSING:
            speed = done / spent
            text += f", {speed:,.0f} a second, about {(total - done) / speed:,.0f} s left"
        self._work.report(text, done, total)
