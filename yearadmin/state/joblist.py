"""What the server's own list of jobs says about a write whose answer was lost (contract section 5.2.15).

Looks only. Whoever may not see the list learns nothing from it, which is not the same as that there is nothing.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from yearadmin.contract.enums import JobType
from yearadmin.contract.problems import ProblemError
from yearadmin.state.ground import Ground
from yearadmin.state.model import ConnectionPhase
from yearadmin.state.pipelines import kind_of, root_job

if TYPE_CHECKING:
    from yearadmin.contract.jobs import JobRow

_GONE = (ConnectionPhase.SIGNED_OUT, ConnectionPhase.CLOSING)


async def all_jobs(ground: Ground) -> tuple[JobRow, ...] | None:
    """Every job the server lists, those at work first; None when it does not tell.

    In this order: one that ends between the two reads is in the second.
    """
    try:
        return await listed_jobs(ground)
    except ProblemError as error:
        ground.report(error.problem)
        return None


async def listed_jobs(ground: Ground) -> tuple[JobRow, ...]:
    """Like :func:`all_jobs`. Raises why the server does not tell; FORBIDDEN or NOT_FOUND: it never will."""
    return (*await ground.api.job_rows(active=True), *await ground.api.job_rows(active=False))


def newest_setup(ground: Ground, year: int) -> int:
    """The highest job id of a unit sync of ``year`` that is known; 0 without any."""
    state = ground.state
    ids = [state.scope(year).setup_job or 0]
    for pipeline in state.pipelines.values():
        root = root_job(pipeline.snapshot)
        if pipeline.year == year and root is not None and kind_of(pipeline.snapshot) == JobType.UNIT_SYNC:
            ids.append(root.job_id)
    return max(ids)


async def find_setup(ground: Ground, year: int, after: int) -> int | None:
    """The unit sync of ``year`` that a request with a lost answer began: its job id, or None when none can be seen.

    ``after`` is the newest one known before; without any only one that is at work counts, whoever began it.
    """
    try:
        async with asyncio.timeout(ground.pace.lost_answer_wait):
            for wait in ground.pace.lost_answer_looks:
                await asyncio.sleep(wait)
                await ground.until(lambda state: state.is_live or state.connection.phase in _GONE)
                jobs = await all_jobs(ground)
                fitting = [
                    job.id
                    for job in jobs or ()
                    if job.job_type == JobType.UNIT_SYNC and job.year == year and (job.is_active or 0 < after < job.id)
                ]
                if fitting:
                    return max(fitting)
    except TimeoutError:
        pass
    return None
