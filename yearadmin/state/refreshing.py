"""Looks again from time to time, so that what colleagues do appears by itself.

Only while the server is there: the list of years and what runs in the year on screen, small requests both; the year
itself only when the list says that it has changed, and once in a while because uploads change it without a sign.
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
        clock = asyncio.get_running_loop().time
        whole = clock()
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
            year = self._ground.state.selected
            if year is None:
                continue
            if clock() - whole >= pace.refresh_whole:
                whole = clock()
                self._years.reload_quietly(year)
            else:
                await self._years.look_for_work(year)
