"""What every request of one running backend shares. Holds it; does nothing with it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fastapi import Request

if TYPE_CHECKING:
    from yearadmin.embedded.database import WebDatabase
    from yearadmin.embedded.local_door import LocalDoor
    from yearadmin.embedded.oidc import Issuer
    from yearadmin.embedded.settings import Settings
    from yearadmin.embedded.watch import Watch


@dataclass(slots=True)
class Context:
    """``wake_worker`` tells the worker that jobs were made, stopped or handed back; ``stopping`` ends open streams.

    ``issuer`` is the institution's sign-on, ``door`` the window's own way in, where there is one.
    """

    settings: Settings
    secret: bytes
    database: WebDatabase
    watch: Watch
    wake_worker: Callable[[], None] = lambda: None
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    issuer: Issuer | None = None
    door: LocalDoor | None = None


def context_of(request: Request) -> Context:
    """The running backend a request came to."""
    context = request.app.state.context
    assert isinstance(context, Context)
    return context
