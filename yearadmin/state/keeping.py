"""Keeps every good answer for the next start, and recalls what was kept as facts of the cache.

Never waits for the disk on the way, never keeps a token, and never takes a kept answer for the server's present word.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeVar

from yearadmin.cache.store import CacheNotice, KeptYear, Kind
from yearadmin.state import events as e
from yearadmin.state.ground import Ground
from yearadmin.state.model import NoticeCode, NoticeKind, Origin

if TYPE_CHECKING:
    from pydantic import TypeAdapter

    from yearadmin.cache.store import WorkItem
    from yearadmin.contract.session import CurrentUser
    from yearadmin.remote.api import Answer

log = logging.getLogger(__name__)
T = TypeVar("T")

_LAST_YEAR = "year"


def user_key(user: CurrentUser) -> str:
    """The name a user's answers are kept under: years are kept apart per provider (contract section 5.1)."""
    return f"{user.provider if user.provider is not None else ''}/{user.institutional_id or user.email or user.id}"


class Keeper:
    """Writes behind and reads at the start; all of it under one server and one user."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._told = CacheNotice.NONE

    def keep(self, kind: Kind, year: int | None, answer: Answer[T]) -> None:
        """Keep an answer; returns at once."""
        ground = self._ground
        user = ground.user_key
        if user:
            ground.saving.spawn(self._write(user, kind, year, answer.raw, answer), "keeping an answer")

    async def _write(self, user: str, kind: Kind, year: int | None, raw: str, answer: Answer[T]) -> None:
        await self._ground.cache.keep(self._ground.server.cache_key, user, kind, year, raw, answer.fetched_at)
        self.tell_trouble()

    def tell_trouble(self) -> None:
        """Tell once what is wrong with the cache's file."""
        notice = self._ground.cache.notice
        if notice is self._told:
            return
        self._told = notice
        code = NoticeCode.CACHE_SET_ASIDE if notice is CacheNotice.SET_ASIDE else NoticeCode.CACHE_IN_MEMORY
        self._ground.tell(code, NoticeKind.WARNING, words=str(notice), once=f"cache:{notice}")

    # --- the year looked at last

    async def last_year(self) -> int | None:
        """The year the operator looked at last on this server."""
        note = await self._ground.cache.get_note(self._ground.server.cache_key, _LAST_YEAR)
        return int(note) if note is not None and note.isascii() and note.isdigit() else None

    def remember_year(self, year: int) -> None:
        """Remember it for the next start."""
        cache, server = self._ground.cache, self._ground.server.cache_key
        self._ground.saving.spawn(cache.set_note(server, _LAST_YEAR, str(year)), "remembering the year")

    # --- work the server can't list again (contract section 11.3)

    def remember_work(self, item: WorkItem) -> None:
        """Remember an upload or a set-up under way."""
        ground = self._ground
        work = ground.cache.remember_work(ground.server.cache_key, ground.user_key, item)
        ground.saving.spawn(work, "remembering work")

    def forget_work(self, key: str) -> None:
        """Forget it, ended."""
        ground = self._ground
        ground.saving.spawn(ground.cache.forget_work(ground.server.cache_key, ground.user_key, key), "forgetting work")

    async def work(self) -> tuple[WorkItem, ...]:
        """What was under way when the program ended."""
        return await self._ground.cache.work(self._ground.server.cache_key, self._ground.user_key)

    # --- recalling

    async def recall_last(self) -> None:
        """Show what is kept of the user who worked with this server last."""
        user = await self._ground.cache.last_user(self._ground.server.cache_key)
        if user is not None:
            self._ground.user_key = user
            await self.recall(user, with_user=True)

    async def recall(self, user: str, *, with_user: bool = False) -> None:
        """Show what is kept of ``user``; a fact the server has told meanwhile stays."""
        kept = await self._ground.cache.recall_all(self._ground.server.cache_key, user)
        for event in _events(kept):
            if with_user or not isinstance(event, e.SignedIn):
                self._ground.dispatch(event)


def _events(kept: Iterable[KeptYear]) -> Iterable[e.Event]:
    from pydantic import TypeAdapter

    from yearadmin.contract.session import CurrentUser
    from yearadmin.contract.years import YearConfiguration, YearSummary

    users, years = TypeAdapter(CurrentUser), TypeAdapter(YearConfiguration)
    lists: TypeAdapter[tuple[YearSummary, ...]] = TypeAdapter(tuple[YearSummary, ...])
    for item in kept:
        if item.kind is Kind.USER:
            user = _read(users, item)
            if user is not None:
                yield e.SignedIn(user, item.fetched_at, Origin.CACHE)
        elif item.kind is Kind.YEARS:
            summaries = _read(lists, item)
            if summaries is not None:
                yield e.YearsLoaded(summaries, item.fetched_at, Origin.CACHE)
        elif item.kind is Kind.YEAR and item.year is not None:
            config = _read(years, item)
            if config is not None:
                yield e.YearLoaded(item.year, config, item.fetched_at, Origin.CACHE)


def _read(kind: TypeAdapter[T], item: KeptYear) -> T | None:
    try:
        return kind.validate_json(item.raw)
    except ValueError:  # written by another version of this program: the server will tell again
        log.warning("a kept answer (%s, %s) can't be read", item.kind, item.year)
        return None
