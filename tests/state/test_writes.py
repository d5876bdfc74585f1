"""No write is sent twice; after a lost answer the client looks first, and every end is told once."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.remote.lines import answer, hang_up, reset, said
from yearadmin.contract.problems import ProblemCode
from yearadmin.contract.years import Goal
from yearadmin.state.model import NoticeCode, Wish
from yearadmin.state.permits import Refusal, may_retry_setup, may_upload
from yearadmin.state.setup import SetupPhase, setup_of
from yearadmin.state.yearlist import YearMark, mark_of, years_users_see

from . import builders as b
from .scripted import LIST, YearServer, a_core, later, pipelines_of, told, until

POST = "POST /v1/year-configuration/2026"
PATCH = "PATCH /v1/year-configuration/2026"
GET = "GET /v1/year-configuration/2026"
MISSING = said({"detail": "none"}, 404)
CREATED = b.year(2026, done=None, pipeline_id=b.P1)
RUNNING = b.pipeline(b.P1, b.work(10, "unit_sync", message="fetching"))
DONE = b.pipeline(b.P1, b.ended(10, message="Completed"), done=True, phase=3)


def being_set_up(server: YearServer, *, then: object = DONE) -> None:
    """The set-up of 2026 runs, and ends as ``then`` says when its stream is opened."""
    server.pipeline(b.P1, RUNNING, RUNNING, {**then, "stream_closed": True}, end="close")  # type: ignore[dict-item]
    server.job(10, b.update(10), b.update(10, state=3, result=0, stream_closed=True))


async def test_one_click_creates_once_and_follows_to_ready(server: YearServer, tmp_path: Path) -> None:
    server.year(2026, MISSING, b.year(2026))
    server.on(POST, said(CREATED, 201))
    being_set_up(server)
    async with a_core(server.base, tmp_path) as core:
        await core.loaded(2026)
        server.on(LIST, said([b.line(2026)]))
        phases: list[SetupPhase] = []
        core.store.subscribe(lambda old, new: phases.append(setup_of(new, 2026).phase))
        assert (await core.create_year(2026)).ok
        assert setup_of(core.store.state, 2026).phase is SetupPhase.RUNNING
        assert (await core.setup_ended(2026)).phase is SetupPhase.DONE
        await until(core, lambda s: len(s.notices) == 2)
        assert told(core) == [NoticeCode.YEAR_CREATED, NoticeCode.YEAR_READY]
        assert [item.json for item in server.seen if item.method == "POST"] == [{"is_started": False}]
        assert set(phases) == {SetupPhase.NOT_CONFIGURED, SetupPhase.RUNNING, SetupPhase.DONE}
        first_done = phases.index(SetupPhase.DONE)
        assert set(phases[first_done:]) == {SetupPhase.DONE}
        assert mark_of(core.store.state, 2026) is YearMark.READY


async def test_a_double_click_creates_nothing_twice(server: YearServer, tmp_path: Path) -> None:
    server.year(2026, MISSING, b.year(2026))
    server.on(POST, later(0.05, said(CREATED, 201)))
    being_set_up(server)
    async with a_core(server.base, tmp_path) as core:
        await core.loaded(2026)
        first, second = await asyncio.gather(core.create_year(2026), core.create_year(2026))
        assert first.ok
        assert second.refused is not None
        assert Refusal.BUSY in second.refused.refusals
        assert server.writes() == ["POST /v1/year-configuration/2026"]


async def test_a_colleague_who_was_quicker_is_no_error(server: YearServer, tmp_path: Path) -> None:
    server.year(2026, MISSING, b.year(2026, done=None))
    server.on(POST, said({"detail": "exists"}, 409))
    server.on(pipelines_of(2026), said([]), said([b.P1]))
    server.pipeline(b.P1, RUNNING, RUNNING, end="hold")
    async with a_core(server.base, tmp_path) as core:
        await core.loaded(2026)
        assert (await core.create_year(2026)).ok
        assert told(core) == [NoticeCode.YEAR_EXISTS]
        assert setup_of(core.store.state, 2026).phase is SetupPhase.RUNNING
        assert core.store.state.scope(2026).failed_wish is None


@pytest.mark.parametrize(
    "lost", [hang_up, reset, answer(504, "gateway", "text/plain"), answer(201, "<html>", "text/html")]
)
async def test_a_lost_answer_is_looked_for_not_sent_again(server: YearServer, tmp_path: Path, lost: object) -> None:
    server.year(2026, MISSING, b.year(2026, done=None))
    server.on(POST, lost)  # type: ignore[arg-type]
    server.on(pipelines_of(2026), said([]), said([b.P1]))
    server.pipeline(b.P1, RUNNING, RUNNING, end="hold")
    async with a_core(server.base, tmp_path) as core:
        await core.loaded(2026)
        assert (await core.create_year(2026)).ok
        assert told(core) == [NoticeCode.YEAR_CREATED_ANSWER_LOST]
        assert server.count(POST) == 1
        await until(core, lambda s: b.P1 in s.pipelines)
        assert setup_of(core.store.state, 2026).phase is SetupPhase.RUNNING


async def test_a_lost_answer_of_a_write_that_was_not_done_is_said_once(server: YearServer, tmp_path: Path) -> None:
    server.year(2026, MISSING)
    server.on(POST, hang_up)
    async with a_core(server.base, tmp_path) as core:
        await core.loaded(2026)
        ended = await core.create_year(2026)
        assert ended.problem is not None
        assert ended.problem.code is ProblemCode.LOST_ANSWER
        assert told(core) == [NoticeCode.WISH_FAILED]
        assert core.store.state.scope(2026).failed_wish == (Wish.CREATE, ended.problem)
        assert core.store.state.scope(2026).busy == frozenset()
        assert server.count(POST) == 1


async def test_a_refused_creation_says_why(server: YearServer, tmp_path: Path) -> None:
    server.year(2026, MISSING)
    server.on(POST, said({"detail": "not for you"}, 403))
    async with a_core(server.base, tmp_path) as core:
        await core.loaded(2026)
        ended = await core.create_year(2026)
        assert ended.problem is not None
        assert (ended.problem.code, ended.problem.server_words) == (ProblemCode.FORBIDDEN, "not for you")
        assert core.store.state.is_live


@pytest.mark.parametrize("number", [0, 9999, 1989, 2101])
async def test_impossible_years_are_refused_here(server: YearServer, tmp_path: Path, number: int) -> None:
    server.year(number, MISSING)
    server.on(pipelines_of(number), said([]))
    async with a_core(server.base, tmp_path) as core:
        await core.loaded(number)
        ended = await core.create_year(number)
        assert ended.refused is not None
        assert Refusal.BAD_YEAR in ended.refused.refusals
        assert server.writes() == []


async def test_a_failed_set_up_is_shown_and_repeated_through_its_job(server: YearServer, tmp_path: Path) -> None:
    failed = b.pipeline(b.P1, b.ended(10, result="ERROR", message="directory\n  down"), done=True, status="FAILED")
    server.year(2026, MISSING, b.year(2026, done=None), b.year(2026, done=None), b.year(2026, done=None), b.year(2026))
    server.on(POST, said(CREATED, 201))
    being_set_up(server, then=failed)
    server.on("POST /v1/sync/units", said({"job_id": 77, "state": 0, "pipeline_id": None}))
    phases = [{"name": "fetch_units", "state": "running", "started_at": "2026-07-01T08:00:00+00:00"}]
    server.job(
        77, b.update(77, meta={"phases": phases}), b.update(77, state=3, result=0), b.update(77, state=3, result=0)
    )
    async with a_core(server.base, tmp_path) as core:
        await core.loaded(2026)
        await core.create_year(2026)
        setup = await core.setup_ended(2026)
        assert (setup.phase, setup.words) == (SetupPhase.FAILED, "directory down")
        await until(
            core, lambda s: NoticeCode.SETUP_FAILED in [n.code for n in s.notices] and not s.scope(2026).loading
        )
        assert may_retry_setup(core.store.state, 2026).allowed
        server.year(2026, b.year(2026))
        seen: list[tuple[str, ...]] = []
        core.store.subscribe(
            lambda old, new: seen.append(tuple(p.name for p in setup_of(new, 2026).phases if p.running))
        )
        assert (await core.retry_setup(2026)).ok
        assert setup_of(core.store.state, 2026).phase is SetupPhase.RUNNING
        assert (await core.setup_ended(2026)).phase is SetupPhase.DONE
        await until(core, lambda s: NoticeCode.YEAR_READY in [n.code for n in s.notices])
        assert told(core) == [
            NoticeCode.YEAR_CREATED,
            NoticeCode.SETUP_FAILED,
            NoticeCode.SETUP_RESTARTED,
            NoticeCode.YEAR_READY,
        ]
        assert ("fetch_units",) in seen
        assert [item.json for item in server.seen if item.path.endswith("/sync/units")] == [{"target_year": 2026}]


async def test_a_repeated_set_up_is_found_again_after_a_restart(server: YearServer, tmp_path: Path) -> None:
    server.year(2026, b.year(2026, done=None))
    server.on("POST /v1/sync/units", said({"job_id": 77, "state": 0, "pipeline_id": None}))
    server.job(77, b.update(77), end="hold")
    async with a_core(server.base, tmp_path) as core:
        await core.connected()
        core.select_year(2026)
        await core.loaded(2026)
        assert (await core.retry_setup(2026)).ok
    server.job(77, b.update(77), b.update(77, state=3, result=2, status_message="no luck"))
    async with a_core(server.base, tmp_path) as core:
        state = await until(core, lambda s: setup_of(s, 2026).phase is SetupPhase.FAILED)
        assert setup_of(state, 2026).words == "no luck"
        await until(core, lambda s: NoticeCode.SETUP_FAILED in [n.code for n in s.notices])
    async with a_core(server.base, tmp_path) as core:
        await core.loaded(2026)
        assert setup_of(core.store.state, 2026).phase is SetupPhase.STOPPED
        assert told(core) == []


async def test_a_set_up_that_succeeds_without_completing_is_not_waited_for_for_ever(
    server: YearServer, tmp_path: Path
) -> None:
    server.year(2026, MISSING, b.year(2026, done=None))
    server.on(POST, said(CREATED, 201))
    being_set_up(server)
    async with a_core(server.base, tmp_path) as core:
        await core.loaded(2026)
        await core.create_year(2026)
        assert (await core.setup_ended(2026)).phase is SetupPhase.STOPPED
        assert may_retry_setup(core.store.state, 2026).allowed
        await until(core, lambda s: len(s.notices) == 2)
        assert told(core) == [NoticeCode.YEAR_CREATED, NoticeCode.SETUP_FAILED]


async def test_a_success_is_told_as_one_though_the_year_cannot_be_read_again(
    server: YearServer, tmp_path: Path
) -> None:
    server.year(2026, MISSING, answer(500, "Internal Server Error", "text/plain"), b.year(2026))
    server.on(POST, said(CREATED, 201))
    being_set_up(server)
    async with a_core(server.base, tmp_path) as core:
        await core.loaded(2026)
        await core.create_year(2026)
        await until(core, lambda s: len(s.notices) == 2)
        assert told(core) == [NoticeCode.YEAR_CREATED, NoticeCode.YEAR_READY]
        assert (await core.setup_ended(2026)).phase is SetupPhase.DONE  # read once more without a click


async def test_opening_sends_the_smallest_body_and_flips_at_once(server: YearServer, tmp_path: Path) -> None:
    server.usual(b.ADMIN, b.line(2026))
    server.year(2026, b.complete_year(2026))
    server.on(PATCH, said(b.complete_year(2026, is_started=True)))
    async with a_core(server.base, tmp_path) as core:
        await core.loaded(2026)
        assert years_users_see(core.store.state) == ()
        assert (await core.open_year(2026)).ok
        state = core.store.state
        assert years_users_see(state) == (2026,)
        assert mark_of(state, 2026) is YearMark.OPEN
        assert [item.json for item in server.seen if item.method == "PATCH"] == [{"is_started": True}]
        assert told(core) == [NoticeCode.YEAR_OPENED]
        again = await core.open_year(2026)
        assert again.refused is not None
        assert again.refused.refusals == (Refusal.ALREADY_OPEN,)


async def test_an_incomplete_year_is_not_opened(server: YearServer, tmp_path: Path) -> None:
    server.year(2026, b.year(2026))
    async with a_core(server.base, tmp_path) as core:
        await core.loaded(2026)
        ended = await core.open_year(2026)
        assert ended.refused is not None
        assert ended.refused.refusals == (Refusal.INCOMPLETE,)
        assert ended.refused.blockers
        assert server.writes() == []


@pytest.mark.parametrize("done", [True, False])
async def test_a_lost_answer_on_opening_is_settled_by_looking(
    server: YearServer, tmp_path: Path, *, done: bool
) -> None:
    server.usual(b.ADMIN, b.line(2026))
    server.year(2026, b.complete_year(2026), b.complete_year(2026), b.complete_year(2026, is_started=done))
    server.on(PATCH, hang_up)
    async with a_core(server.base, tmp_path) as core:
        await core.loaded(2026)
        ended = await core.open_year(2026)
        assert ended.ok is done
        assert server.count(PATCH) == 1
        assert told(core) == [NoticeCode.YEAR_OPENED if done else NoticeCode.WISH_FAILED]
        config = core.store.state.scope(2026).config
        assert config is not None
        assert config.is_started is done


async def test_a_write_lost_while_the_server_goes_away_is_settled_when_it_is_back(
    server: YearServer, tmp_path: Path
) -> None:
    server.usual(b.ADMIN, b.line(2026))
    as_seen = b.complete_year(2026)
    server.year(2026, as_seen, as_seen, hang_up, hang_up, b.complete_year(2026, is_started=True))
    server.on("GET /healthz", said({"status": "ok"}), hang_up, hang_up, said({"status": "ok"}))
    server.on(PATCH, hang_up)
    async with a_core(server.base, tmp_path) as core:
        await core.loaded(2026)
        ended = await core.open_year(2026)
        assert ended.ok
        assert server.count(PATCH) == 1


async def test_a_year_is_closed_again(server: YearServer, tmp_path: Path) -> None:
    server.usual(b.ADMIN, b.line(2026, is_started=True))
    server.year(2026, b.complete_year(2026, is_started=True))
    server.on(PATCH, said(b.complete_year(2026)))
    async with a_core(server.base, tmp_path) as core:
        await core.loaded(2026)
        assert (await core.close_year(2026)).ok
        assert [item.json for item in server.seen if item.method == "PATCH"] == [{"is_started": False}]
        assert years_users_see(core.store.state) == ()
        assert told(core) == [NoticeCode.YEAR_CLOSED]


async def test_goals_are_sent_alone_and_whole(server: YearServer, tmp_path: Path) -> None:
    server.year(2026, b.year(2026))
    server.on(PATCH, said(b.year(2026, goals=(b.GOAL,))))
    goal, empty = Goal.model_validate(b.GOAL), Goal()
    async with a_core(server.base, tmp_path) as core:
        await core.loaded(2026)
        assert (await core.save_goals(2026, (goal, empty))).ok
        assert [item.json for item in server.seen if item.method == "PATCH"] == [
            {"config": {"reduction_objectives": {"goals": [b.GOAL]}}}
        ]
        assert told(core) == [NoticeCode.GOALS_SAVED]


@pytest.mark.parametrize(
    "wrong", [{"target_year": 2026}, {"reduction_percentage": 1.01}, {"reference_year": None}, {"reference_year": 2031}]
)
async def test_a_goal_that_cannot_be_is_refused_here(
    server: YearServer, tmp_path: Path, wrong: dict[str, object]
) -> None:
    server.year(2026, b.year(2026))
    async with a_core(server.base, tmp_path) as core:
        await core.loaded(2026)
        ended = await core.save_goals(2026, (Goal.model_validate({**b.GOAL, **wrong}),))
        assert ended.refused is not None
        assert Refusal.GOAL_INVALID in ended.refused.refusals
        assert server.writes() == []


async def test_interrupting_is_told_and_ends_as_the_stream_says(server: YearServer, tmp_path: Path) -> None:
    aborted = b.pipeline(b.P1, b.ended(10, result="ERROR", message="stopped"), done=True, status="FAILED", closed=True)
    server.year(2026, b.year(2026, done=None))
    server.on(pipelines_of(2026), said([b.P1]), said([]))
    server.pipeline(b.P1, RUNNING, RUNNING, end="hold")
    server.on(f"POST /v1/sync/pipelines/{b.P1}/abort", said({"aborted_job_ids": [10]}))
    async with a_core(server.base, tmp_path) as core:
        await core.connected()
        core.select_year(2026)
        await until(core, lambda s: setup_of(s, 2026).job_id == 10)
        assert Refusal.BEING_SET_UP in may_upload(core.store.state, 2026, next(iter(b.mandatory_jobs()))).refusals
        assert (await core.interrupt(b.P1)).ok
        server.pipeline(b.P1, aborted, aborted, end="close")
        server.cut_all()
        assert (await core.setup_ended(2026)).phase is SetupPhase.FAILED
        assert (await core.interrupt(b.P1)).refused is not None
