"""States of the program as the server's recorded answers and real events make them: what a view is given to show."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.contract.recorded import JULY, recording
from yearadmin.contract.jobs import JobUpdate, PipelineSnapshot
from yearadmin.contract.links import Link, LinkPhase
from yearadmin.contract.problems import Problem, ProblemCode
from yearadmin.contract.session import CurrentUser
from yearadmin.contract.years import YearConfiguration, YearSummary
from yearadmin.state import events as e
from yearadmin.state.model import AppState, Connection, Notice, NoticeCode, NoticeKind, Origin, Wish
from yearadmin.state.store import Store

PIPELINE = "308be0f1-50a3-4b95-a159-f12306ff3544"
SERVER = "http://127.0.0.1:8123/v1"
UNREACHABLE = Problem(ProblemCode.UNREACHABLE, request="GET /session")
BROKEN = Problem(
    ProblemCode.SERVER_ERROR, status=500, server_words="Internal Server Error", request="GET /year-configuration/2026"
)
FAILED_WORDS = "Directory of units: the connection was refused."


def ago(seconds: float) -> datetime:
    """That long before now, UTC."""
    return datetime.now(UTC) - timedelta(seconds=seconds)


def user(role: str = "admin", name: str = "A. Operator") -> CurrentUser:
    """The recorded administrator or standard user."""
    body = dict(recording(JULY, "005" if role == "admin" else "008").body)  # type: ignore[call-overload]
    return CurrentUser.model_validate({**body, "display_name": name})


def summary(year: int, *, is_open: bool = False, completed: bool = True) -> YearSummary:
    """A line of the list of years."""
    done = "2026-11-23T14:57:57.626926Z" if completed else None
    return YearSummary.model_validate({"year": year, "is_started": is_open, "configuration_completed": done})


def config(number: str, **changes: object) -> YearConfiguration:
    """A recorded year configuration: 037 is being set up, 281 is nearly complete."""
    body: Any = recording(JULY, number).body
    return YearConfiguration.model_validate({**body, **changes})


def complete_config(**changes: object) -> YearConfiguration:
    """The recorded 2026 with nothing missing any more."""
    body: Any = recording(JULY, "281").body
    modules = {
        key: {
            **module,
            "incomplete": False,
            "latest_common_factor_job": module.get("latest_common_factor_job")
            or {"job_id": 1, "state": 3, "result": 0},
            "submodules": {
                number: {**sub, "incomplete": False, "incomplete_reasons": []}
                for number, sub in module["submodules"].items()
            },
        }
        for key, module in body["config"]["modules"].items()
    }
    files = {
        name: {"path": f"x/{name}.csv", "filename": f"{name}.csv"}
        for name in ("institutional_footprint", "population_projections", "unit_scenarios")
    }
    goals = [{"target_year": 2030, "reduction_percentage": 0.3, "reference_year": 2019}]
    whole = {"modules": modules, "reduction_objectives": {"files": files, "goals": goals}}
    return YearConfiguration.model_validate({**body, "config": whole, "recalculation_status": [], **changes})


def starting() -> Store:
    """Nothing is known, not even who is asking."""
    return Store(AppState(2026, connection=Connection(SERVER, since=ago(1), demo=True)))


def live(role: str = "admin", *, select: int | None = 2026) -> Store:
    """Connected and signed in, with four years on the server."""
    store = starting()
    store.dispatch(e.Connected(ago(60)))
    store.dispatch(e.SignedIn(user(role), ago(60)))
    years = (summary(2026), summary(2025, is_open=True), summary(2024, is_open=True))
    shown = years if role == "admin" else tuple(line for line in years if line.is_started)
    store.dispatch(e.YearsLoaded(shown, ago(60)))
    if select is not None:
        store.dispatch(e.YearSelected(select))
        store.dispatch(e.YearLoading(select))
    return store


def ready_incomplete() -> Store:
    """2026 is set up, some files are missing."""
    store = live()
    store.dispatch(
        e.YearLoaded(2026, config("037", year=2026, configuration_completed="2026-11-23T14:57:57Z"), ago(30))
    )
    store.dispatch(e.YearPipelinesFound(2026, ()))
    return store


def ready_complete() -> Store:
    """2026 has everything."""
    store = live()
    store.dispatch(e.YearLoaded(2026, complete_config(is_started=False), ago(30)))
    store.dispatch(e.YearPipelinesFound(2026, ()))
    return store


def opened() -> Store:
    """2026 is open to users."""
    store = ready_complete()
    store.dispatch(e.YearLoaded(2026, complete_config(is_started=True), ago(5)))
    return store


def missing(year: int = 2027) -> Store:
    """The server has no such year."""
    store = live(select=year)
    store.dispatch(e.YearMissing(year, ago(2)))
    return store


def phases(done: int) -> list[dict[str, object]]:
    """The four phases of a unit sync, the first ``done`` of them finished and the next one running."""
    names = ("fetch_units", "upsert_units_and_users", "create_carbon_reports", "ensure_modules")
    out: list[dict[str, object]] = []
    for index, name in enumerate(names):
        begun, ended = ago(40 - 10 * index).isoformat(), ago(30 - 10 * index).isoformat()
        if index < done:
            out.append({"name": name, "state": "finished", "started_at": begun, "finished_at": ended})
        elif index == done:
            out.append({"name": name, "state": "running", "started_at": begun})
    return out


def snapshot(*, state: str = "RUNNING", result: str | None = None, words: str, done: bool = False) -> PipelineSnapshot:
    """A picture of the unit sync's pipeline."""
    job = {
        "job_id": 1,
        "job_type": "unit_sync",
        "state": state,
        "result": result,
        "status_message": words,
        "year": 2026,
        "started_at": ago(42).isoformat(),
    }
    progress = {"phase": 1, "done": done, "has_error": result == "ERROR", "kind": "unit_sync"}
    return PipelineSnapshot.model_validate({"pipeline_id": PIPELINE, "jobs": [job], "progress": progress})


def being_set_up(link: LinkPhase = LinkPhase.LIVE) -> Store:
    """2026 was created and its units are being imported; two phases are done."""
    store = live()
    store.dispatch(e.YearsLoaded((summary(2026, completed=False), summary(2025, is_open=True), summary(2024)), ago(50)))
    store.dispatch(e.YearLoaded(2026, config("037", year=2026), ago(40)))
    store.dispatch(e.YearPipelinesFound(2026, (PIPELINE,)))
    store.dispatch(e.PipelineFollowed(PIPELINE, 2026, ago(40)))
    store.dispatch(e.PipelineSeen(PIPELINE, snapshot(words="Creating carbon reports: 640 of 1,024 units"), ago(3)))
    meta = {"phases": phases(2)}
    store.dispatch(e.PipelineRootSeen(PIPELINE, JobUpdate.model_validate({"job_id": 1, "state": 2, "meta": meta})))
    store.dispatch(e.PipelineLinkChanged(PIPELINE, Link(link, ago(12), problem=None)))
    return store


def set_up_failed() -> Store:
    """The unit sync ended with an error."""
    store = being_set_up()
    failed = snapshot(state="FINISHED", result="ERROR", words=FAILED_WORDS, done=True)
    store.dispatch(e.PipelineSeen(PIPELINE, failed, ago(1)))
    store.dispatch(e.PipelineLinkChanged(PIPELINE, Link(LinkPhase.ENDED, ago(1))))
    return store


def offline() -> Store:
    """2026 was seen two minutes ago, then the server went away."""
    store = ready_incomplete()
    store.dispatch(e.Disconnected(ago(20), datetime.now(UTC) + timedelta(seconds=9), UNREACHABLE))
    return store


def offline_from_cache() -> Store:
    """Started without a server: what is shown was kept on this computer."""
    store = starting()
    store.dispatch(e.SignedIn(user(), ago(7000), Origin.CACHE))
    store.dispatch(e.YearsLoaded((summary(2026), summary(2025, is_open=True)), ago(7000), Origin.CACHE))
    store.dispatch(e.YearSelected(2026))
    store.dispatch(e.YearLoaded(2026, complete_config(), ago(7000), Origin.CACHE))
    store.dispatch(e.Disconnected(ago(20), datetime.now(UTC) + timedelta(seconds=9), UNREACHABLE))
    return store


def failed_to_load() -> Store:
    """The server answered 500 for 2026."""
    store = live()
    store.dispatch(e.YearFailed(2026, BROKEN))
    store.dispatch(e.YearLoading(2026, loading=False))
    return store


def signed_out() -> Store:
    """No session, on a demo server."""
    store = starting()
    store.dispatch(e.SignedOut(ago(2)))
    return store


def standard_user() -> Store:
    """Signed in without any back-office right; 2025 is open."""
    store = live("standard", select=2025)
    store.dispatch(e.YearLoaded(2025, complete_config(year=2025, is_started=True), ago(5)))
    return store


def notice(kind: NoticeKind, code: NoticeCode, **more: Any) -> e.Noticed:
    """Something to tell about 2026."""
    return e.Noticed(Notice(0, code, kind, ago(1), year=2026, **more))


FAILURE = {"problem": BROKEN, "wish": Wish.OPEN}
