"""Looks at the list of years again from time to time, so that what colleagues do appears by itself.

Only while the server is there, one small request each; what is to be read again is decided where the list arrives.
"""

from __future__ import annotations

import asyncio

from yearadmin.state.ground import Ground
from yearadmin.state.yearscope import YearScopes


class Refresher:
    """Runs as one task until cancelled."""

    def __init__(self, ground: Ground, years: YearScopes) -> None:
        self._ground = ground
        self._years = years
        self._wanted = asyncio.Event()

    def now(self) -> None:
        """Look soon: somebody has come back to the window."""
        self._wanted.set()

    async def run(self) -> None:
        """Look, wait, and look again."""
        pace = self._ground.pace
        while True:
            await asyncio.sleep(pace.refresh_least)
            try:
                async with asyncio.timeout(max(pace.refresh - pace.refresh_least, 0)):
                    await self._wanted.wait()
            except TimeoutError:
                pass
            await self._ground.until(lambda state: state.is_live)
            self._wanted.clear()
            self._years.reload_list()
            await self._years.list_settled()
