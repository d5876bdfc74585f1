"""Loads of data entries: begun unseen, made current in one moment, and deleted bit by bit once something replaced them.

The only place that knows which entries count. Never opens or commits a transaction; whoever was killed in the middle
leaves loads that ``retire`` finds.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, delete, func, insert, select, update

from yearadmin.contract.enums import JobState
from yearadmin.embedded.engines import take_turns
from yearadmin.embedded.entry_tables import DataEntrySource, LoadState, data_entries, entry_loads
from yearadmin.embedded.tables import jobs

if TYPE_CHECKING:
    from sqlalchemy import Connection

SMALL = 4_000
"""Entries that may be written or deleted within one transaction without keeping anybody waiting."""

_load, _entry = entry_loads.c, data_entries.c


def current(year: int, dets: Iterable[int]) -> list[ColumnElement[bool]]:
    """Conditions on ``entry_loads``, joined to the entries, that leave those of a year's types that count."""
    return [
        _load.year == year,
        _load.data_entry_type_id.in_([int(det) for det in dets]),
        _load.state == int(LoadState.CURRENT),
    ]


def current_ids(connection: Connection, year: int, det: int) -> list[int]:
    """The loads of a type that count, oldest first."""
    return list(connection.scalars(select(_load.id).where(*current(year, [det])).order_by(_load.id)))


def begin(
    connection: Connection, job_id: int, year: int, dets: Iterable[int], source: DataEntrySource
) -> dict[int, int]:
    """New loads of a job that nobody sees, by type; what an interrupted attempt of the job left is given up."""
    unfinished = (_load.job_id == job_id, _load.state == int(LoadState.WRITING))
    connection.execute(update(entry_loads).where(*unfinished).values(state=int(LoadState.GONE)))
    made = {}
    for det in dets:
        values = {
            "job_id": job_id,
            "year": year,
            "data_entry_type_id": int(det),
            "source": int(source),
            "state": int(LoadState.WRITING),
            "entries": 0,
        }
        key = connection.execute(insert(entry_loads).values(**values)).inserted_primary_key
        assert key is not None
        made[int(det)] = int(key[0])
    return made


def switch(connection: Connection, loads: dict[int, int], counts: dict[int, int], year: int, *, replace: bool) -> int:
    """Make a job's loads count; with ``replace`` instead of what per-year files left. How many entries went.

    Loads without an entry only replace. Few entries are deleted at once, many are left to :func:`sweep`.
    """
    gone = 0
    if replace:
        earlier = [*current(year, loads), _load.source == int(DataEntrySource.CSV_MODULE_PER_YEAR)]
        found = connection.execute(select(_load.id, _load.entries).where(*earlier)).all()
        gone = sum(row.entries for row in found)
        ids = [row.id for row in found]
        if ids and gone <= SMALL:
            connection.execute(delete(data_entries).where(_entry.load_id.in_(ids)))
            connection.execute(delete(entry_loads).where(_load.id.in_(ids)))
        elif ids:
            connection.execute(update(entry_loads).where(_load.id.in_(ids)).values(state=int(LoadState.GONE)))
    for det, load in loads.items():
        if counts.get(det):
            values = {"state": int(LoadState.CURRENT), "entries": counts[det]}
            connection.execute(update(entry_loads).where(_load.id == load).values(**values))
        else:
            connection.execute(delete(entry_loads).where(_load.id == load))
    return gone


def has_leftovers(connection: Connection) -> bool:
    """Whether there is anything for :func:`sweep` to do."""
    return connection.execute(select(_load.id).where(_is_left()).limit(1)).first() is not None


def _is_left() -> ColumnElement[bool]:
    running = select(jobs.c.id).where(jobs.c.state == int(JobState.RUNNING))
    given_up = (_load.state == int(LoadState.WRITING)) & _load.job_id.not_in(running)
    return (_load.state == int(LoadState.GONE)) | given_up


def sweep(connection: Connection) -> int:
    """Delete a few entries of loads that are gone or whose job was stopped; how many. 0 and no leftovers: all done."""
    take_turns(connection, "sweep")
    # Where several write at once: not before a chunk that is being written has landed, and one sweeper per load.
    next_one = select(_load.id).where(_is_left()).order_by(_load.id).limit(1).with_for_update(skip_locked=True)
    load = connection.execute(next_one).scalar()
    if load is None:
        return 0
    connection.execute(update(entry_loads).where(_load.id == load).values(state=int(LoadState.GONE)))
    some = select(_entry.id).where(_entry.load_id == load).order_by(_entry.id).limit(SMALL)
    deleted = connection.execute(delete(data_entries).where(_entry.id.in_(some.scalar_subquery()))).rowcount
    if deleted < SMALL:
        connection.execute(delete(entry_loads).where(_load.id == load))
    return deleted


def miscounted(connection: Connection) -> int:
    """How many loads that count do not hold the entries they say: none, unless the database was damaged."""
    held = (
        select(_entry.load_id.label("load_id"), func.count().label("number")).group_by(_entry.load_id).subquery("held")
    )
    wrong = (
        select(func.count())
        .select_from(entry_loads.outerjoin(held, held.c.load_id == _load.id))
        .where(_load.state == int(LoadState.CURRENT), _load.entries != func.coalesce(held.c.number, 0))
    )
    return connection.execute(wrong).scalar_one()
