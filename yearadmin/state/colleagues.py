"""Who changed a year besides the operator, as far as the server's audit trail may be read.

Never holds anything up for long and never guesses: without proof there is no name.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace
from typing import TYPE_CHECKING

from yearadmin.contract.problems import ProblemCode, ProblemError
from yearadmin.state.conflicts import FieldChange, Path, diff_at
from yearadmin.state.ground import Ground

if TYPE_CHECKING:
    from yearadmin.contract.audit import AuditDetail

_LOOKED_AT = 8  # the newest versions of a year; a name further back is not worth the wait
_NOT_FOR_US = (ProblemCode.FORBIDDEN, ProblemCode.NOT_FOUND)


class Colleagues:
    """Reads the audit trail of single years; one that is closed to this person is not asked for again."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._closed_to = ""

    async def name(self, year: int, fields: tuple[FieldChange, ...]) -> tuple[FieldChange, ...]:
        """The fields, each with who set its present value and when, where that can be known."""
        named: dict[Path, FieldChange] = {}
        try:
            async with asyncio.timeout(self._ground.pace.audit_wait), aclosing(self._versions(year)) as versions:
                async for version in versions:
                    for field in fields:
                        if field.path not in named and diff_at(version.data_diff or {}, field.path) is not None:
                            named[field.path] = self._named(field, version)
                    if len(named) == len(fields):
                        break
        except TimeoutError:
            pass
        return tuple(named.get(field.path, field) for field in fields)

    async def replaced(self, year: int, field: FieldChange) -> FieldChange | None:
        """What a save of ``field`` overwrote though its check had seen another value (``seen``, then ``now``).

        None when nothing came in between, or nobody may know.
        """
        lost: FieldChange | None = None
        try:
            async with asyncio.timeout(self._ground.pace.audit_wait), aclosing(self._versions(year)) as versions:
                async for version in versions:
                    change = diff_at(version.data_diff or {}, field.path)
                    if change is None:
                        continue
                    if lost is not None:
                        return self._named(lost, version)
                    if not self._is_own(version) or change[1] != field.wanted or change[0] == field.now:
                        return None
                    lost = replace(field, seen=field.now, now=change[0])
        except TimeoutError:
            pass
        return lost

    async def _versions(self, year: int) -> AsyncGenerator[AuditDetail, None]:
        """The versions of the year, newest first, as far back as they can be read."""
        ground, user = self._ground, self._ground.state.user
        if user is None or self._closed_to == ground.user_key:
            return
        try:
            entries = await ground.api.audit_of_year(year, user.provider)
        except ProblemError as error:
            if error.problem.code in _NOT_FOR_US:
                self._closed_to = ground.user_key
            return
        for entry in entries[:_LOOKED_AT]:
            try:
                version = await ground.api.audit_entry(entry.id)
            except ProblemError:
                return
            yield version

    def _named(self, field: FieldChange, version: AuditDetail) -> FieldChange:
        who = version.changed_by_display_name or ""
        return replace(field, who=who, at=version.changed_at, is_own=self._is_own(version))

    def _is_own(self, version: AuditDetail) -> bool:
        user = self._ground.state.user
        return user is not None and user.id is not None and version.changed_by == user.id
