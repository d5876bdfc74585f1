"""A client that goes away in the middle costs neither a connection to the database nor a half-closed one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import anyio
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from yearadmin.embedded.database import WebDatabase
from yearadmin.embedded.engine_sqlite import SqliteKind


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[WebDatabase]:
    made = WebDatabase(SqliteKind(tmp_path / "some.sqlite"))
    async with made.writing() as connection:
        await connection.execute(text("CREATE TABLE seen (number INTEGER)"))
    yield made
    await made.close()


def way_in(database: WebDatabase, number: int) -> AbstractAsyncContextManager[AsyncConnection]:
    return database.reading() if number % 2 else database.writing()


async def test_a_request_that_is_cancelled_at_any_moment_finishes_what_it_began(database: WebDatabase) -> None:
    commits: list[int] = []
    database.committed = lambda: commits.append(1)
    finished = 0
    for number in range(120):
        # As the web framework does when the client has gone: cancelled again at each step until it has ended.
        with anyio.CancelScope() as scope:
            asyncio.get_running_loop().call_later(number * 0.00002, scope.cancel)
            async with way_in(database, number) as connection:
                if number % 2 == 0:
                    await connection.execute(text("INSERT INTO seen VALUES (:number)"), {"number": number})
                await connection.execute(text("SELECT count(*) FROM seen"))
                finished += 1
        assert asyncio.all_tasks() == {asyncio.current_task()}  # no connection is being closed behind our back
    assert finished == 120
    assert len(commits) == 60
    async with database.reading() as connection:
        assert (await connection.execute(text("SELECT count(*) FROM seen"))).scalar_one() == 60
