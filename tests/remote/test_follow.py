"""A pipeline or job is followed to its end over every way a connection can break, and never further."""

from __future__ import annotations

import asyncio
import gc
import json
import sys
from collections.abc import AsyncGenerator
from contextlib import aclosing
from datetime import UTC, datetime

import pytest

from yearadmin.contract.jobs import JobUpdate, PipelineSnapshot
from yearadmin.contract.problems import ProblemCode
from yearadmin.remote.api import Api
from yearadmin.remote.follow import FollowPace, Link, LinkPhase, follow_job, follow_pipeline

from .lines import Answer, ScriptedServer, answer, events, hang_up, said

ID = "7d0e0000-0000-4000-8000-000000000001"
LOOK = f"GET /v1/sync/pipelines/{ID}"
STREAM = f"{LOOK}/stream"
JOB = "GET /v1/sync/jobs/5/stream"
QUICK = FollowPace(first_retry=0.02, longest_retry=0.05, pipeline_silence=0.15, job_silence=0.15)
Item = PipelineSnapshot | JobUpdate | Link


def snapshot(
    message: str, *, done: bool | None = False, state: object = "RUNNING", closed: bool = False
) -> dict[str, object]:
    body: dict[str, object] = {
        "pipeline_id": ID,
        "jobs": [{"id": 1, "job_type": "unit_sync", "state": state, "result": None, "status_message": message}],
    }
    if done is not None:
        body["progress"] = {"phase": 1, "phases_total": 3, "done": done, "has_error": False}
    return {**body, "stream_closed": True} if closed else body


def update(message: str, *, state: int = 2, closed: bool = False) -> bytes:
    body = {"job_id": 5, "state": state, "result": None, "status_message": message}
    return b"data: " + json.dumps({**body, "stream_closed": True} if closed else body).encode() + b"\n\n"


def event(body: object, name: str = "pipeline-update") -> bytes:
    return f"event: {name}\ndata: {json.dumps(body)}\n\n".encode()


PING = event({}, "ping")
END = event(snapshot("end", done=True, state="FINISHED", closed=True))


def told(item: Item) -> str:
    """An item as the test reads it: a link's phase, or the first job's message."""
    if isinstance(item, Link):
        return str(item.phase)
    return (item.status_message if isinstance(item, JobUpdate) else item.jobs[0].status_message) or ""


async def all_of(following: AsyncGenerator[Item, None], limit: int = 60) -> list[Item]:
    got: list[Item] = []
    async with asyncio.timeout(10), aclosing(following) as items:
        async for item in items:
            got.append(item)
            assert len(got) < limit
    return got


def pipeline(api: Api, pace: FollowPace = QUICK) -> AsyncGenerator[Item, None]:
    return follow_pipeline(api, ID, pace=pace)


def job(api: Api) -> AsyncGenerator[Item, None]:
    return follow_job(api, 5, pace=QUICK)


async def test_a_pipeline_that_has_ended_is_read_once_and_its_stream_never_opened(
    server: ScriptedServer, api: Api
) -> None:
    server.on(LOOK, said(snapshot("over", done=True, state="FINISHED")))
    assert [told(item) for item in await all_of(pipeline(api))] == ["connecting", "over", "ended"]
    assert server.count(STREAM) == 0


async def test_a_running_pipeline_is_followed_to_the_servers_end_mark_and_no_further(
    server: ScriptedServer, api: Api
) -> None:
    server.on(LOOK, said(snapshot("first")))
    finishing = event(snapshot("all finished", state="FINISHED"))
    server.on(STREAM, events(event(snapshot("second")), PING, finishing, END, event(snapshot("ghost")), end="hold"))
    got = [told(item) for item in await all_of(pipeline(api))]
    assert got == ["connecting", "first", "live", "second", "all finished", "end", "ended"]
    assert server.count(STREAM) == 1


@pytest.mark.parametrize("end", ["close", "reset", "cut", "hold"])
async def test_a_stream_that_ends_without_its_mark_is_looked_after_and_opened_again(
    server: ScriptedServer, api: Api, end: str
) -> None:
    server.on(LOOK, said(snapshot("look")))
    server.on(STREAM, events(event(snapshot("one")), end=end), events(END, end="hold"))
    got = await all_of(pipeline(api))
    phases = [item.phase for item in got if isinstance(item, Link)]
    assert phases == ["connecting", "live", "reconnecting", "live", "ended"]
    (broken,) = [item for item in got if isinstance(item, Link) and item.phase is LinkPhase.RECONNECTING]
    assert broken.problem is not None
    assert broken.problem.code is (ProblemCode.TIMED_OUT if end == "hold" else ProblemCode.STREAM_LOST)
    assert broken.next_try is not None
    assert broken.since <= broken.next_try
    assert told(got[-2]) == "end"


async def test_a_stream_cut_inside_a_character_loses_nothing(server: ScriptedServer, api: Api) -> None:
    whole = b"event: pipeline-update\ndata: " + json.dumps(snapshot("é…"), ensure_ascii=False).encode() + b"\n\n"
    middle = whole.index("…".encode()) + 1
    server.on(LOOK, said(snapshot("look")))
    server.on(STREAM, events(whole[:middle], end="cut"), events(whole[:middle], whole[middle:], END, end="hold"))
    got = [told(item) for item in await all_of(pipeline(api))]
    assert got[-4:] == ["live", "é…", "end", "ended"]


async def test_a_pipeline_that_ended_while_the_link_was_down_is_seen_by_the_look(
    server: ScriptedServer, api: Api
) -> None:
    server.on(LOOK, said(snapshot("first")), said(snapshot("over", done=True, state="FINISHED")))
    server.on(STREAM, events(event(snapshot("one"))))
    got = [told(item) for item in await all_of(pipeline(api))]
    assert got == ["connecting", "first", "live", "one", "over", "ended"]
    assert server.count(STREAM) == 1


async def test_a_pipeline_of_may_has_ended_when_all_its_jobs_have(server: ScriptedServer, api: Api) -> None:
    server.on(LOOK, said(snapshot("first", done=None, state=2)), said(snapshot("over", done=None, state=3)))
    server.on(STREAM, events(event(snapshot("one", done=None, state=2))))
    assert [told(item) for item in await all_of(pipeline(api))][-2:] == ["over", "ended"]


async def test_all_jobs_finished_is_not_the_end_while_the_server_says_it_is_not(
    server: ScriptedServer, api: Api
) -> None:
    server.on(LOOK, said(snapshot("finishing", state="FINISHED")))
    server.on(STREAM, events(event(snapshot("finishing", state="FINISHED"))), events(END, end="hold"))
    assert [told(item) for item in await all_of(pipeline(api))][-2:] == ["end", "ended"]
    assert server.count(STREAM) == 2


async def test_garbage_is_noted_once_and_the_stream_goes_on(server: ScriptedServer, api: Api) -> None:
    other = {**snapshot("other"), "pipeline_id": "00000000-0000-4000-8000-000000000000"}
    garbage = [b"event: pipeline-update\ndata: {oops\n\n", event([1]), event({}), event({"jobs": [{}]}), event(other)]
    server.on(LOOK, said(snapshot("first")))
    server.on(STREAM, events(*garbage, event({"x": 1}, "unheard-of"), b"data: x\n\n\xff\xfe\n\n", END, end="hold"))
    got = await all_of(pipeline(api))
    assert [told(item) for item in got] == ["connecting", "first", "live", "live", "end", "ended"]
    noted = got[3]
    assert isinstance(noted, Link)
    assert noted.problem is not None
    assert (noted.problem.code, noted.problem.server_words) == (ProblemCode.UNREADABLE, "{oops")
    assert server.count(STREAM) == 1


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (said({"detail": "unknown"}, 404), ProblemCode.NOT_FOUND),
        (said({"detail": "not yours"}, 403), ProblemCode.FORBIDDEN),
        (said({"detail": "who?"}, 401), ProblemCode.NOT_SIGNED_IN),
        (said({"detail": [{"loc": ["path"], "msg": "no id"}]}, 422), ProblemCode.REFUSED),
        (answer(204, b"", None), ProblemCode.STREAM_LOST),
    ],
)
async def test_a_stream_the_server_refuses_is_given_up_with_the_reason(
    server: ScriptedServer, api: Api, sent: Answer, code: ProblemCode
) -> None:
    server.on(LOOK, said(snapshot("first")))
    server.on(STREAM, sent)
    got = await all_of(pipeline(api))
    last = got[-1]
    assert isinstance(last, Link)
    assert (last.phase, last.problem and last.problem.code) == (LinkPhase.LOST, code)
    assert server.count(STREAM) == 1


async def test_an_unknown_pipeline_is_given_up_at_the_first_look(server: ScriptedServer, api: Api) -> None:
    server.on(LOOK, said({"detail": "unknown"}, 404))
    assert [told(item) for item in await all_of(pipeline(api))] == ["connecting", "lost"]


@pytest.mark.parametrize("sent", [answer(200, "<p>", "text/html"), answer(500, "oops", "text/plain"), hang_up])
async def test_a_wrong_answer_in_place_of_a_stream_is_tried_again(
    server: ScriptedServer, api: Api, sent: Answer
) -> None:
    server.on(LOOK, said(snapshot("look")))
    server.on(STREAM, sent, sent, events(END, end="hold"))
    got = await all_of(pipeline(api))
    broken = [item for item in got if isinstance(item, Link) and item.phase is LinkPhase.RECONNECTING]
    assert len(broken) == 2
    assert broken[0].since == broken[1].since
    assert told(got[-1]) == "ended"


async def test_an_expired_session_is_renewed_in_the_middle_of_following(server: ScriptedServer, signed_in: Api) -> None:
    server.on(LOOK, said(snapshot("look")))
    server.on("POST /v1/session", said({"message": "ok"}))
    expired = said({"detail": "expired"}, 401)
    server.on(STREAM, events(event(snapshot("one")), end="cut"), expired, events(END, end="hold"))
    got = [told(item) for item in await all_of(pipeline(signed_in))]
    assert "lost" not in got
    assert got[-2:] == ["end", "ended"]
    assert server.count("POST /v1/session") == 1


async def test_retry_now_ends_a_long_wait(server: ScriptedServer, api: Api) -> None:
    server.on(LOOK, said(snapshot("look")))
    server.on(STREAM, events(), events(END, end="hold"))
    retry = asyncio.Event()
    pace = FollowPace(first_retry=3600.0, longest_retry=3600.0)
    async with asyncio.timeout(5), aclosing(follow_pipeline(api, ID, retry_now=retry, pace=pace)) as items:
        got = []
        async for item in items:
            got.append(told(item))
            if got[-1] == "reconnecting":
                retry.set()
    assert got[-2:] == ["end", "ended"]
    assert not retry.is_set()


async def test_the_waits_grow_to_their_limit(server: ScriptedServer, api: Api) -> None:
    server.on(LOOK, said(snapshot("look")))
    server.on(STREAM, events(), events(), events(), events(), events(END, end="hold"))
    waits = [
        (item.next_try - datetime.now(UTC)).total_seconds()
        async for item in pipeline(api, FollowPace(first_retry=0.02, longest_retry=0.08))
        if isinstance(item, Link) and item.next_try is not None
    ]
    assert len(waits) == 4
    for wait, longest in zip(waits, [0.02, 0.04, 0.08, 0.08], strict=True):
        assert longest * 0.5 < wait <= longest


async def test_leaving_closes_the_connection_at_once(server: ScriptedServer, api: Api) -> None:
    server.on(LOOK, said(snapshot("first")))
    server.on(STREAM, events(event(snapshot("one")), end="hold"))
    following = pipeline(api)
    async for item in following:
        if told(item) == "one":
            break
    await following.aclose()
    await all_gone(server, 1)


async def test_a_cancelled_follower_leaves_nothing_open(server: ScriptedServer, api: Api) -> None:
    server.on(LOOK, said(snapshot("first")))
    server.on(STREAM, events(event(snapshot("one")), end="hold"))
    seen = asyncio.Event()

    async def follow() -> None:
        async with aclosing(pipeline(api, FollowPace())) as items:
            async for item in items:
                if told(item) == "one":
                    seen.set()

    task = asyncio.create_task(follow())
    await asyncio.wait_for(seen.wait(), 5)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await all_gone(server, 1)


async def all_gone(server: ScriptedServer, kept_alive: int) -> None:
    """Wait until no more than the idle connection of the first look is open."""
    deadline = asyncio.get_running_loop().time() + 3
    while server.open_now > kept_alive and asyncio.get_running_loop().time() < deadline:
        await server.a_connection_closed(0.5)
    assert server.open_now <= kept_alive


@pytest.mark.parametrize("end", ["hold", "reset", "close"])
async def test_no_generator_is_left_to_the_garbage_collector(server: ScriptedServer, api: Api, end: str) -> None:
    """Qt's loop, other than asyncio's own, does not close the generators that nobody closed."""
    complaints: list[object] = []
    hooks = sys.get_asyncgen_hooks()
    sys.set_asyncgen_hooks(None, None)
    hook, sys.unraisablehook = sys.unraisablehook, lambda found: complaints.append(found.exc_value)
    try:
        server.on(LOOK, said(snapshot("look")))
        server.on(STREAM, events(event(snapshot("one")), end=end), events(END, end=end))
        server.on(JOB, events(update("one"), end="hold"), events(update("end", state=3, closed=True), end=end))
        got = await all_of(pipeline(api)) + await all_of(job(api))
        task = asyncio.create_task(all_of(pipeline(api)))
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        gc.collect()
    finally:
        sys.unraisablehook = hook
        sys.set_asyncgen_hooks(*hooks)
    assert [told(item) for item in got].count("ended") == 2
    assert complaints == []


async def test_a_job_is_followed_by_its_stream_alone(server: ScriptedServer, api: Api) -> None:
    server.on(JOB, events(update("one"), update("done", state=3), update("done", state=3, closed=True), end="hold"))
    assert [told(item) for item in await all_of(job(api))] == ["connecting", "live", "one", "done", "done", "ended"]
    assert len(server.seen) == 1


async def test_a_silent_job_stream_is_opened_anew_without_alarm(server: ScriptedServer, api: Api) -> None:
    server.on(JOB, events(update("one"), end="hold"), events(update("end", state=3, closed=True), end="hold"))
    got = [told(item) for item in await all_of(job(api))]
    assert got == ["connecting", "live", "one", "end", "ended"]
    assert server.count(JOB) == 2


async def test_a_job_stream_that_breaks_is_opened_again(server: ScriptedServer, api: Api) -> None:
    server.on(JOB, events(update("one"), end="reset"), hang_up, events(update("end", state=3, closed=True)))
    got = [told(item) for item in await all_of(job(api))]
    assert got == ["connecting", "live", "one", "reconnecting", "reconnecting", "live", "end", "ended"]


async def test_a_finished_job_whose_stream_closes_without_its_mark_has_ended(server: ScriptedServer, api: Api) -> None:
    server.on(JOB, events(update("end", state=3)))
    assert [told(item) for item in await all_of(job(api))] == ["connecting", "live", "end", "ended"]


async def test_a_job_the_server_does_not_know_is_given_up(server: ScriptedServer, api: Api) -> None:
    server.on(JOB, events(b'data: {"job_id": 5, "status_message": "no such job"}\n\n'))
    got = await all_of(job(api))
    last = got[-1]
    assert isinstance(last, Link)
    assert last.problem is not None
    assert (last.phase, last.problem.code) == (LinkPhase.LOST, ProblemCode.NOT_FOUND)
    assert last.problem.server_words == "no such job"


async def test_fifty_streams_on_one_client_all_reach_their_end(server: ScriptedServer, api: Api) -> None:
    for number in range(50):
        body = {"job_id": number, "state": 3, "status_message": "x", "stream_closed": True}
        server.on(f"GET /v1/sync/jobs/{number}/stream", events(b"data: " + json.dumps(body).encode() + b"\n\n"))
    following = [all_of(follow_job(api, number, pace=QUICK)) for number in range(50)]
    got = await asyncio.gather(*following)
    assert [told(items[-1]) for items in got] == ["ended"] * 50
