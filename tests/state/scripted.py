"""A scripted server that knows the client's usual questions, and a core that is quick to ask them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from tests.remote.lines import Answer, Script, ScriptedServer, events, said
from yearadmin import places
from yearadmin.cache.store import Cache
from yearadmin.remote.follow import FollowPace
from yearadmin.remote.transport import TransportPace
from yearadmin.state.core import Core, CorePace, ServerChoice
from yearadmin.state.model import AppState, NoticeCode
from yearadmin.state.pipelines import job_outcome, outcome

from . import builders as b

TRANSPORT = TransportPace(connect=2.0, read=2.0, write_read=2.0, upload_stall=2.0, health=1.0, first_retry=0.01)
FOLLOW = FollowPace(first_retry=0.02, longest_retry=0.05, pipeline_silence=5.0, job_silence=5.0)
PACE = CorePace(
    first_retry=0.05,
    longest_retry=0.1,
    health_look=5.0,
    progress=0.01,
    lost_answer_wait=2.0,
    lost_answer_looks=(0.0, 0.02, 0.02),
    job_look=2.0,
)
MODULES = "GET /v1/sync/active-pipelines"


class YearServer(ScriptedServer):
    """Answers who is signed in, the list and the pipelines; what a test is about it scripts itself."""

    def usual(self, user: Mapping[str, object] = b.ADMIN, *years: Mapping[str, object]) -> None:
        self.on("GET /healthz", said({"status": "ok"}))
        self.on("GET /v1/session", said(user))
        self.on(LIST, said(list(years)))
        self.on(MODULES, said({}))
        for number in range(2015, 2031):
            self.on(pipelines_of(number), said([]))

    def year(self, number: int, *answers: Answer | Mapping[str, object]) -> None:
        self.on(f"GET /v1/year-configuration/{number}", *(_bytes(item) for item in answers))

    def pipeline(self, pipeline_id: str, look: Mapping[str, object], *stream: Mapping[str, object], end: str) -> None:
        """One look and the stream's events; ``end`` as in :func:`events`."""
        self.on(f"GET /v1/sync/pipelines/{pipeline_id}", said(look))
        self.on(f"GET /v1/sync/pipelines/{pipeline_id}/stream", events(*(b.event(item) for item in stream), end=end))

    def job(self, job_id: int, *stream: Mapping[str, object], end: str = "close") -> None:
        self.on(f"GET /v1/sync/jobs/{job_id}/stream", events(*(b.event(item, "") for item in stream), end=end))

    def cut_all(self) -> None:
        """Break every connection there is."""
        for line in list(self._tasks):
            line.cancel()

    def writes(self) -> list[str]:
        """Every write it was asked for, in order."""
        return [f"{item.method} {item.path}" for item in self.seen if item.method != "GET"]

    def asked(self, part: str) -> int:
        return sum(part in item.path for item in self.seen)


LIST = "GET /v1/year-configuration/"


def pipelines_of(number: int) -> str:
    return f"GET /v1/sync/active-pipelines/year/{number}"


def _bytes(item: Answer | Mapping[str, object]) -> Answer:
    return said(item) if isinstance(item, Mapping) else item


def later(seconds: float, answer: Answer | Mapping[str, object]) -> Script:
    """The same answer, but late."""

    async def script(line: object) -> None:
        await asyncio.sleep(seconds)
        data = _bytes(answer)
        assert isinstance(data, bytes)
        await line.send(data)  # type: ignore[attr-defined]

    return script


@asynccontextmanager
async def a_core(base_url: str, folder: Path, **more: object) -> AsyncIterator[Core]:
    """A started core; when it is closed, no task of it may be left."""
    wanted: dict[str, object] = {
        "this_year": 2026,
        "pace": PACE,
        "transport_pace": TRANSPORT,
        "follow_pace": FOLLOW,
        **more,
    }
    role = wanted.pop("role", None)
    server = ServerChoice(base_url, role=role, demo=role is not None, key="a server")  # type: ignore[arg-type]
    core = Core(server, Cache(folder / "cache.sqlite"), **wanted)  # type: ignore[arg-type]
    _running.add(core)
    await core.start()
    try:
        yield core
    finally:
        await core.close()
    _running.discard(core)
    assert len(core._ground.tasks) == len(core._ground.saving) == 0
    if not _running:
        assert [task for task in asyncio.all_tasks() if _is_ours(task)] == []


_running: set[Core] = set()


def _is_ours(task: asyncio.Task[object]) -> bool:
    file = task.get_coro().cr_code.co_filename  # type: ignore[union-attr]
    return Path(file).is_relative_to(Path(places.__file__).parent)


async def until(core: Core, holds: object, seconds: float = 5.0) -> AppState:
    """Wait until ``holds(state)``; what the state was when time ran out is in the failure."""
    assert callable(holds)
    try:
        async with asyncio.timeout(seconds):
            return await core._ground.until(holds)
    except TimeoutError:
        raise AssertionError(f"it did not come to that: {brief(core.store.state)}") from None


def brief(state: AppState) -> str:
    """The state in some lines, for the message of a failed test."""
    lines = [f"{state.connection.phase} {state.connection.problem} selected {state.selected}"]
    lines += [
        f"{s.year} {s.phase} {s.origin} loading={s.loading} {s.year_pipelines} {s.problem}"
        for s in state.scopes.values()
    ]
    lines += [f"{p.id} {outcome(p.snapshot)} {p.link}" for p in state.pipelines.values()]
    lines += [f"job {j.id} {job_outcome(j.update)} {j.link}" for j in state.jobs.values()]
    lines += [f"{u.file_name} {u.stage} {u.problem}" for u in state.uploads]
    lines += [f"{n.code} {n.words} {n.problem}" for n in state.notices]
    return "\n".join(lines)


def told(core: Core) -> list[NoticeCode]:
    """The codes of everything told so far."""
    return [notice.code for notice in core.store.state.notices]
