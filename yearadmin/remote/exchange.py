"""One exchange with the server as it is told to the list of activities: what was asked, what came, how long it took.

Never holds a header, a cookie or a query.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from uuid import uuid4

from yearadmin.contract.problems import Problem
from yearadmin.remote.failures import Reply, failure_of

if TYPE_CHECKING:
    from yearadmin.logbook import Activity


@dataclass(frozen=True, slots=True)
class Began:
    """An exchange under way: what is asked, how many bytes go with it, and when it began by the loop's clock (s)."""

    method: str
    url: str
    sent: int = 0
    request_id: str = field(default_factory=lambda: uuid4().hex[:12])
    at: float = field(default_factory=lambda: asyncio.get_running_loop().time())

    @property
    def label(self) -> str:
        """Method and path, without the query: it may hold secrets."""
        return f"{self.method} {urlsplit(self.url).path}"


def activity_of(began: Began, end: Reply | Problem, received: int = 0) -> Activity:
    """The exchange with its answer, or with what it ended in; ``received`` is in bytes, of a stream that broke."""
    from yearadmin.logbook import Activity

    problem = end if isinstance(end, Problem) else None
    if isinstance(end, Reply):
        received = len(end.text.encode())
        if end.status >= 400 and (failure := failure_of(end)) is not None:
            problem = failure.problem
    return Activity(
        datetime.now(UTC),
        began.method,
        urlsplit(began.url).path,
        end.status,
        (asyncio.get_running_loop().time() - began.at) * 1000,
        began.sent,
        received,
        end.request_id or began.request_id,
        "" if problem is None else str(problem.code),
        "" if problem is None else problem.server_words,
    )
