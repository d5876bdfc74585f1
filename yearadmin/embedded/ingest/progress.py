"""Tells how far a step of a job is: how many rows are done, of how many.

Never waits and never writes; who is told decides how often it is worth keeping, and in which words.
"""

from __future__ import annotations

from yearadmin.embedded.ingest.model import Work


class Meter:
    """Counts rows of one step of a job; asks at each tick whether the job is to stop."""

    def __init__(self, work: Work, step: str, total: int) -> None:
        self._work = work
        self._step = step
        self._total = total
        self.tick(0)

    def tick(self, done: int) -> None:
        """Tell that so many rows are done. Raises ``Aborted``."""
        self._work.go_on()
        self._work.report(self._step, done, max(self._total, done))
