"""A colleague's change is never overwritten unseen: what is compared, what is sent, and who is named."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.remote.lines import Answer, Line, answer, hang_up, said, silence
from yearadmin.contract.years import Goal, YearConfiguration
from yearadmin.embedded.years import INJECTED_MODULE, INJECTED_SUBMODULE
from yearadmin.remote.transport import TransportPace
from yearadmin.state import conflicts as c
from yearadmin.state.conflicts import GOALS, IS_STARTED, Verdict, body_of, changes_between, decide
from yearadmin.state.core import Core, CorePace
from yearadmin.state.model import NoticeCode, Wish
from yearadmin.state.permits import Refusal
from yearadmin.words.notices import tell_notice

from . import builders as b
from .scripted import LIST, PACE, YearServer, a_core, told, until

PATCH = "PATCH /v1/year-configuration/2026"
GET = "GET /v1/year-configuration/2026"
AUDIT = "GET /v1/audit/activity"
MINE: dict[str, object] = {"target_year": 2040, "reduction_percentage": 0.5, "reference_year": 2019}
THEIRS: dict[str, object] = {"target_year": 2035, "reduction_percentage": 0.3, "reference_year": 2018}
MODULE = ("config", "modules", "2")
THRESHOLD = (*MODULE, "submodules", "20", "threshold")


def config(**more: object) -> YearConfiguration:
    return YearConfiguration.model_validate(b.year(2026, **more))  # type: ignore[arg-type]


def goals(*items: Mapping[str, object]) -> tuple[c.GoalValues, ...]:
    return c.goal_values(Goal.model_validate(item) for item in items)


# --- the rule


@pytest.mark.parametrize(
    ("seen", "now", "wanted", "verdict"),
    [
        ((), (), (MINE,), Verdict.SEND),
        ((b.GOAL,), (THEIRS,), (MINE,), Verdict.CONFLICT),
        ((b.GOAL,), (MINE,), (MINE,), Verdict.ADOPT),
        ((MINE,), (MINE,), (MINE,), Verdict.NOTHING),
        ((b.GOAL,), (), (MINE,), Verdict.CONFLICT),
        ((b.GOAL,), (THEIRS,), (b.GOAL,), Verdict.CONFLICT),
    ],
)
def test_goals_are_compared_with_what_was_seen(
    seen: tuple[Mapping[str, object], ...],
    now: tuple[Mapping[str, object], ...],
    wanted: tuple[Mapping[str, object], ...],
    verdict: Verdict,
) -> None:
    decision = decide({GOALS: goals(*seen)}, {GOALS: goals(*wanted)}, config(goals=now))
    assert decision.verdict is verdict


def test_one_field_in_conflict_holds_the_whole_save_back_and_only_it_is_shown() -> None:
    enabled = (*MODULE, "enabled")
    decision = decide({enabled: True, THRESHOLD: 5.0}, {enabled: False, THRESHOLD: 9.0}, config())
    assert decision.verdict is Verdict.CONFLICT
    assert [field.path for field in decision.fields] == [THRESHOLD]


def test_a_setting_a_colleague_has_set_alike_already_is_not_sent_again() -> None:
    enabled = (*MODULE, "enabled")
    decision = decide({enabled: False, THRESHOLD: None}, {enabled: True, THRESHOLD: 9.0}, config())
    assert decision.verdict is Verdict.SEND
    assert body_of(decision.fields) == {"config": {"modules": {"2": {"submodules": {"20": {"threshold": 9.0}}}}}}


@given(st.sampled_from((*INJECTED_SUBMODULE, *INJECTED_MODULE, "path", "files", "year", "updated_at")), st.booleans())
def test_what_the_server_injects_cannot_be_sent_at_all(key: str, deep: bool) -> None:
    path = (*MODULE, "submodules", "20", key) if deep else (*MODULE, key)
    with pytest.raises(ValueError, match=key):
        body_of([c.FieldChange(path, None, None, 1)])


def test_every_setting_of_a_year_can_be_told_apart_and_sent_alone() -> None:
    year = config()
    for path in c.settings_of(year):
        body = body_of([c.FieldChange(path, None, None, 1)])
        assert list(leaves(body)) == [path]
        assert c.is_setting(path)


def leaves(body: object, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    if isinstance(body, dict):
        for key, item in body.items():
            yield from leaves(item, (*path, key))
    else:
        yield path


def test_uploads_of_colleagues_are_no_change_of_settings() -> None:
    before, after = config(), YearConfiguration.model_validate(b.complete_year(2026, goals=()))
    assert changes_between(before, after, but=()) == ()
    opened = YearConfiguration.model_validate(b.complete_year(2026, goals=(MINE,), is_started=True))
    assert [item.path for item in changes_between(before, opened, but=(GOALS,))] == [IS_STARTED]


# --- at each moment of a save


async def save_mine(core: Core, *, seen: tuple[Mapping[str, object], ...] | None = None) -> object:
    before = None if seen is None else tuple(Goal.model_validate(item) for item in seen)
    return await core.save_goals(2026, (Goal.model_validate(MINE),), before)


def audit(server: YearServer, *versions: tuple[int, str, dict[str, object]], status: int = 200) -> None:
    """The audit trail: (who, name, diff) of each version, newest first."""
    entries = [
        {"id": 90 - index, "changed_by": who, "changed_by_display_name": name, "changed_at": "2026-11-25T09:12:00"}
        for index, (who, name, _) in enumerate(versions)
    ]
    server.on(AUDIT, said({"data": entries, "pagination": {}} if status == 200 else {"detail": "no"}, status))
    for entry, (_, _, diff) in zip(entries, versions, strict=True):
        server.on(f"{AUDIT}/{entry['id']}", said({**entry, "data_diff": diff, "data_snapshot": {}}))


def goal_diff(old: list[Mapping[str, object]], new: list[Mapping[str, object]]) -> dict[str, object]:
    return {
        "config": {part: {"reduction_objectives": {"goals": list_}} for part, list_ in (("old", old), ("new", new))}
    }


async def test_a_colleagues_goals_are_shown_and_nothing_is_sent(server: YearServer, tmp_path: Path) -> None:
    server.year(2026, b.year(2026, goals=(b.GOAL,)), b.year(2026, goals=(THEIRS,)))
    audit(
        server,
        (7, "B. Opener", {"is_started": {"old": False, "new": True}}),
        (8, "C. Goals", goal_diff([b.GOAL], [THEIRS])),
    )
    async with a_core(server.base, tmp_path) as core:
        await core.loaded(2026)
        ended = await core.save_goals(2026, (Goal.model_validate(MINE),))
        assert not ended.ok
        conflict = core.store.state.scope(2026).conflict
        assert conflict is not None
        assert ended.conflict is conflict
        (field,) = conflict.fields
        assert (field.seen, field.now, field.wanted) == (goals(b.GOAL), goals(THEIRS), goals(MINE))
        assert (field.who, field.is_own) == ("C. Goals", False)
        assert field.at is not None
        assert server.writes() == []
        assert told(core) == []
        shown = core.store.state.scope(2026).config
        assert shown is not None
        assert c.value_at(shown, GOALS) == goals(THEIRS)
        asked = next(item.query for item in server.seen if item.path.endswith("/audit/activity"))
        assert (asked["entity_type"], asked["entity_id"]) == ("year_configuration", "20262")


@pytest.mark.parametrize(
    "trail",
    [
        said({"detail": "not for you"}, 403),
        said({"detail": "Not Found"}, 404),
        answer(200, "<html>", "text/html"),
        answer(200, "{not json"),
        said({"data": [{"id": "x"}, 7, None]}),
        said([]),
        answer(500, "Internal Server Error", "text/plain"),
        hang_up,
        silence,
    ],
)
async def test_without_a_readable_audit_trail_it_is_a_colleague(
    server: YearServer, tmp_path: Path, trail: Answer
) -> None:
    server.year(2026, b.year(2026), b.year(2026, goals=(THEIRS,)))
    server.on(AUDIT, trail)
    quick = CorePace(**{**{name: getattr(PACE, name) for name in PACE.__slots__}, "audit_wait": 0.2})
    transport = TransportPace(connect=2.0, read=0.5, write_read=2.0, upload_stall=2.0, health=1.0, first_retry=0.01)
    async with a_core(server.base, tmp_path, pace=quick, transport_pace=transport) as core:
        await core.loaded(2026)
        ended = await core.save_goals(2026, (Goal.model_validate(MINE),))
        assert ended.conflict is not None
        assert (ended.conflict.fields[0].who, ended.conflict.fields[0].at) == ("", None)
        assert server.writes() == []


async def test_a_closed_audit_trail_is_not_asked_for_again(server: YearServer, tmp_path: Path) -> None:
    server.year(2026, b.year(2026), b.year(2026, goals=(THEIRS,)))
    server.on(AUDIT, said({"detail": "no"}, 403))
    async with a_core(server.base, tmp_path) as core:
        await core.loaded(2026)
        await save_mine(core, seen=())
        await save_mine(core, seen=())
        assert server.count(AUDIT) == 1


async def test_using_mine_sends_it_once_and_keeping_theirs_sends_nothing(server: YearServer, tmp_path: Path) -> None:
    server.year(2026, b.year(2026), b.year(2026, goals=(THEIRS,)))
    server.on(PATCH, said(b.year(2026, goals=(MINE,))))
    async with a_core(server.base, tmp_path) as core:
        await core.loaded(2026)
        await save_mine(core)
        core.settle(2026)
        assert core.store.state.scope(2026).conflict is None
        assert (await core.use_mine(2026)).refused is not None, "nothing is held back any more"
        await save_mine(core, seen=())
        assert core.store.state.scope(2026).conflict is not None
        assert (await core.use_mine(2026)).ok
        assert server.writes() == ["PATCH /v1/year-configuration/2026"]
        assert core.store.state.scope(2026).conflict is None
        assert told(core) == [NoticeCode.GOALS_SAVED]


async def test_a_third_change_while_choosing_is_shown_again(server: YearServer, tmp_path: Path) -> None:
    third = {**THEIRS, "target_year": 2045}
    server.year(2026, b.year(2026), b.year(2026, goals=(THEIRS,)), b.year(2026, goals=(third,)))
    async with a_core(server.base, tmp_path) as core:
        await core.loaded(2026)
        await save_mine(core)
        again = await core.use_mine(2026)
        assert again.conflict is not None
        (field,) = again.conflict.fields
        assert (field.seen, field.now) == (goals(THEIRS), goals(third))
        assert server.writes() == []


async def test_goals_typed_over_older_ones_are_compared_with_those(server: YearServer, tmp_path: Path) -> None:
    """The row was read anew while the operator typed: what they began from counts, not what is known now."""
    server.year(2026, b.year(2026, goals=(THEIRS,)))
    async with a_core(server.base, tmp_path) as core:
        await core.loaded(2026)
        ended = await core.save_goals(2026, (Goal.model_validate(MINE),), (Goal.model_validate(b.GOAL),))
        assert ended.conflict is not None


async def test_a_change_elsewhere_is_taken_over_and_blocks_nothing(server: YearServer, tmp_path: Path) -> None:
    server.year(2026, b.complete_year(2026), b.complete_year(2026, is_started=True, disabled=(4,)))
    server.on(PATCH, said(b.complete_year(2026, is_started=True, disabled=(4,), goals=(MINE,))))
    async with a_core(server.base, tmp_path) as core:
        await core.loaded(2026)
        assert (await core.save_goals(2026, (Goal.model_validate(MINE),))).ok
        assert [item.json for item in server.seen if item.method == "PATCH"] == [
            {"config": {"reduction_objectives": {"goals": [MINE]}}}
        ]
        shown = core.store.state.scope(2026).config
        assert shown is not None
        assert shown.is_started
        assert told(core) == [NoticeCode.GOALS_SAVED]


async def test_what_changed_between_check_and_save_is_told(server: YearServer, tmp_path: Path) -> None:
    server.year(2026, b.complete_year(2026))
    server.on(PATCH, said(b.complete_year(2026, is_started=True, goals=(MINE,))))
    audit(server, (1, "Me", goal_diff([b.GOAL], [MINE])), (7, "B. Opener", {"is_started": {"old": False, "new": True}}))
    async with a_core(server.base, tmp_path) as core:
        await core.loaded(2026)
        assert (await core.save_goals(2026, (Goal.model_validate(MINE),))).ok
        state = await until(core, lambda s: len(s.notices) == 2)
        assert told(core) == [NoticeCode.GOALS_SAVED, NoticeCode.ALSO_CHANGED]
        (change,) = state.notices[1].changes
        assert (change.path, change.now, change.who) == (IS_STARTED, True, "B. Opener")
        assert "B. Opener" in tell_notice(state.notices[1]).detail


async def test_a_change_overwritten_between_check_and_save_is_told(server: YearServer, tmp_path: Path) -> None:
    server.year(2026, b.year(2026, goals=(b.GOAL,)))
    server.on(PATCH, said(b.year(2026, goals=(MINE,))))
    audit(server, (1, "Me", goal_diff([THEIRS], [MINE])), (8, "C. Goals", goal_diff([b.GOAL], [THEIRS])))
    async with a_core(server.base, tmp_path) as core:
        await core.loaded(2026)
        assert (await core.save_goals(2026, (Goal.model_validate(MINE),))).ok
        state = await until(core, lambda s: len(s.notices) == 2)
        assert told(core) == [NoticeCode.GOALS_SAVED, NoticeCode.OTHER_REPLACED]
        (change,) = state.notices[1].changes
        assert (change.now, change.who) == (goals(THEIRS), "C. Goals")
        assert "2035" in tell_notice(state.notices[1]).detail


async def test_an_undisturbed_save_tells_of_nobody(server: YearServer, tmp_path: Path) -> None:
    server.year(2026, b.year(2026, goals=(b.GOAL,)))
    server.on(PATCH, said(b.year(2026, goals=(MINE,))))
    audit(server, (1, "Me", goal_diff([b.GOAL], [MINE])), (8, "C. Goals", goal_diff([], [b.GOAL])))
    looked = asyncio.Event()
    newest = server.scripts[f"{AUDIT}/90"][0]

    async def told_of(line: Line) -> None:
        assert isinstance(newest, bytes)
        await line.send(newest)
        looked.set()

    server.on(f"{AUDIT}/90", told_of)
    async with a_core(server.base, tmp_path) as core:
        await core.loaded(2026)
        assert (await core.save_goals(2026, (Goal.model_validate(MINE),))).ok
        await looked.wait()
        await asyncio.sleep(0.05)
        assert told(core) == [NoticeCode.GOALS_SAVED]
        assert server.count(f"{AUDIT}/89") == 0


async def test_an_answer_with_other_goals_than_were_sent_is_a_conflict(server: YearServer, tmp_path: Path) -> None:
    server.year(2026, b.year(2026))
    server.on(PATCH, said(b.year(2026, goals=(THEIRS,))))
    async with a_core(server.base, tmp_path) as core:
        await core.loaded(2026)
        ended = await core.save_goals(2026, (Goal.model_validate(MINE),))
        assert ended.conflict is not None
        assert ended.conflict.fields[0].now == goals(THEIRS)
        assert server.count(PATCH) == 1
        assert told(core) == []


@pytest.mark.parametrize("opened", [True, False])
async def test_what_a_colleague_has_done_already_is_adopted(
    server: YearServer, tmp_path: Path, *, opened: bool
) -> None:
    server.usual(b.ADMIN, b.line(2026, is_started=not opened))
    server.year(2026, b.complete_year(2026, is_started=not opened), b.complete_year(2026, is_started=opened))
    audit(server, (7, "B. Opener", {"is_started": {"old": not opened, "new": opened}}))
    async with a_core(server.base, tmp_path) as core:
        await core.loaded(2026)
        server.on(LIST, said([b.line(2026, is_started=opened)]))
        ended = await (core.open_year(2026) if opened else core.close_year(2026))
        assert ended.ok
        assert ended.adopted[0].who == "B. Opener"
        assert server.writes() == []
        assert told(core) == [NoticeCode.OPENED_BY_OTHER if opened else NoticeCode.CLOSED_BY_OTHER]
        assert "B. Opener" in tell_notice(core.store.state.notices[0]).detail


async def test_a_year_that_lost_a_mandatory_goal_meanwhile_is_not_opened(server: YearServer, tmp_path: Path) -> None:
    server.year(2026, b.complete_year(2026), b.complete_year(2026, goals=()))
    async with a_core(server.base, tmp_path) as core:
        await core.loaded(2026)
        ended = await core.open_year(2026)
        assert ended.refused is not None
        assert ended.refused.refusals == (Refusal.INCOMPLETE,)
        assert server.writes() == []
        assert told(core) == [NoticeCode.NO_LONGER_POSSIBLE]
        assert core.store.state.scope(2026).busy == frozenset()


async def test_a_row_that_cannot_be_read_before_a_save_holds_it_back(server: YearServer, tmp_path: Path) -> None:
    server.year(2026, b.year(2026), said({"detail": "gone"}, 404))
    async with a_core(server.base, tmp_path) as core:
        await core.loaded(2026)
        ended = await core.save_goals(2026, (Goal.model_validate(MINE),))
        assert ended.problem is not None
        assert server.writes() == []
        assert core.store.state.scope(2026).failed_wish == (Wish.SAVE_GOALS, ended.problem)


async def test_no_write_of_the_program_sends_an_injected_key(server: YearServer, tmp_path: Path) -> None:
    """Every write on a year, each on a row full of injected keys."""
    injected = {*INJECTED_SUBMODULE, *INJECTED_MODULE, "configuration_completed", "recalculation_status", "updated_at"}
    server.usual(b.ADMIN, b.line(2026))

    async def patched(line: Line) -> None:
        body = line.request.json
        assert isinstance(body, dict)
        assert len(list(leaves(body))) == 1, "one field a save, and not a word more"
        goals_ = body.get("config", {}).get("reduction_objectives", {}).get("goals", [b.GOAL])
        now = said(b.complete_year(2026, is_started=body.get("is_started", False), goals=goals_))
        server.on(GET, now)
        await line.send(now)

    server.year(2026, b.complete_year(2026))
    server.on(PATCH, patched)
    server.year(2027, said({"detail": "none"}, 404))
    server.on("POST /v1/year-configuration/2027", said(b.year(2027, done=None, pipeline_id=None), 201))
    server.on("POST /v1/sync/units", said({"job_id": 77, "state": 0, "pipeline_id": None}))
    server.job(77, b.update(77), end="hold")
    async with a_core(server.base, tmp_path) as core:
        await core.loaded(2026)
        assert (await core.save_goals(2026, (Goal.model_validate(MINE),))).ok
        assert (await core.open_year(2026)).ok
        assert (await core.close_year(2026)).ok
        await core.loaded(2027)
        server.year(2027, b.year(2027, done=None))
        assert (await core.create_year(2027)).ok
        await until(core, lambda s: not s.scope(2027).loading)
        assert (await core.retry_setup(2027)).ok
        writes = [item for item in server.seen if item.method != "GET"]
        assert len(writes) == 5
        for item in writes:
            named = {name for path in leaves(item.json) for name in path}
            assert not named & injected
