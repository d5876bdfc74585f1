"""Every value an operator can meet has its words, in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from yearadmin.catalogue.modules import SlotKind, all_slots
from yearadmin.contract.enums import DataEntryType, ModuleType, RoleName, UnitSyncPhase
from yearadmin.contract.links import Link, LinkPhase
from yearadmin.contract.problems import Problem, ProblemCode
from yearadmin.state.model import (
    AppState,
    Connection,
    ConnectionPhase,
    Notice,
    NoticeCode,
    NoticeKind,
    Origin,
    Upload,
    UploadStage,
    Wish,
    YearScope,
)
from yearadmin.state.permits import GoalFault, Permit, Refusal
from yearadmin.state.pipelines import Step
from yearadmin.state.readiness import ItemCode, ReadinessItem, Severity
from yearadmin.state.setup import Setup, SetupPhase, SyncPhase
from yearadmin.state.slots import ModuleState, SlotState, SlotView
from yearadmin.state.yearlist import YearMark
from yearadmin.words import connection, names, notices, readiness, refusals, setup, slots, told, years
from yearadmin.words.translate import use_translator

NOW = datetime(2026, 11, 25, 13, 2, tzinfo=UTC)
SLOT = next(all_slots())
BLOCKER = ReadinessItem(Severity.BLOCKER, ItemCode.MISSING_FACTOR, 2, SLOT)
JARGON = re.compile(r"\b(HTTP|SSE|JSON|dispatch|null|None|unit_sync|payload|endpoint|[45]\d\d)\b")


def _states() -> Iterator[AppState]:
    scopes = [
        YearScope(2026, fetched_at=NOW - timedelta(minutes=1), origin=origin)
        for origin in (Origin.CACHE, Origin.SERVER)
    ]
    for phase, scope, next_try in product(ConnectionPhase, scopes, (None, NOW, NOW + timedelta(seconds=8))):
        link = Connection("http://127.0.0.1:1/v1", phase, since=NOW, next_try=next_try, demo=True)
        yield AppState(2026, connection=link, selected=2026).with_scope(scope)


def _views() -> Iterator[SlotView]:
    problem = Problem(ProblemCode.FILE_EMPTY, subject="a&b.csv")
    for state, step, phase in product(SlotState, Step, LinkPhase):
        yield SlotView(SLOT, state, True, step=step, link=Link(phase, NOW), file_name="f.csv", when=NOW)
    for state, stage in product(SlotState, UploadStage):
        upload = Upload("k", 2026, SLOT, "f.csv", 4_000_000, NOW, stage, sent=1_800_000)
        yield SlotView(SLOT, state, True, upload=upload, rows=31, skipped=2, problem=problem, words="Said so.")
        yield SlotView(
            SLOT, state, False, enabled=False, row_errors=((3, "bad unit"), (None, "x")), row_error_count=120
        )


def _notices() -> Iterator[Notice]:
    for code, problem in product(NoticeCode, (None, *ProblemCode)):
        for wish, slot in product((None, *Wish), (None, SLOT)):
            yield Notice(
                1,
                code,
                NoticeKind.INFO,
                NOW,
                year=2026,
                slot=slot,
                subject="f.csv",
                rows=31,
                skipped=1,
                wish=wish,
                problem=None if problem is None else Problem(problem, subject="2026"),
            )


def _told(value: told.Told) -> list[str]:
    return [value.title, *filter(None, (value.detail, value.remedy))]


SPOKEN: dict[str, Callable[[], list[str]]] = {
    "problems": lambda: [
        text
        for code, subject, pause in product(ProblemCode, ("", "f.csv"), (None, 8.0))
        for text in _told(told.tell_problem(Problem(code, subject=subject, retry_after=pause)))
    ],
    "refusals": lambda: (
        [
            refusals.why_not(Permit((refusal,), blockers=(BLOCKER,) * count), 2026)
            for refusal, count in product(Refusal, (0, 1, 9, 11))
        ]
        + [refusals.why_not(Permit(offered=False), 2026)]
    ),
    "goal faults": lambda: [refusals.goal_fault(fault, 2026) for fault in GoalFault],
    "checklist": lambda: (
        [
            readiness.item_text(ReadinessItem(severity, code, module, slot))
            for severity, code in product(Severity, ItemCode)
            for module, slot in ((2, None), (None, None), *((slot.module, slot) for slot in all_slots()))
        ]
        + [readiness.severity_text(severity) for severity in Severity]
    ),
    "headlines": lambda: [
        readiness.headline((BLOCKER,) * missing + (ReadinessItem(Severity.WARNING, ItemCode.RUNNING, 2),) * warned)
        for missing, warned in product((0, 1, 2), (0, 1, 2))
    ],
    "modules": lambda: (
        [readiness.module_state_text(state) for state in ModuleState]
        + [names.module_name(module) for module in (*ModuleType, 99)]
        + [names.submodule_name(sub) for sub in (*DataEntryType, 999)]
    ),
    "names": lambda: (
        [text for slot in all_slots() for text in (names.slot_title(slot), names.slot_path(slot))]
        + [names.kind_name(kind) for kind in SlotKind]
        + [names.role_name(role) for role in RoleName]
        + [names.reduction_name(), names.common_name()]
    ),
    "slots": lambda: (
        [text for view in _views() for text in (slots.slot_status(view), slots.slot_detail(view))]
        + [slots.step_text(step) for step in Step]
    ),
    "set-up": lambda: (
        [
            text
            for phase, link in product(SetupPhase, (None, *LinkPhase))
            for value in [Setup(phase, started_at=NOW, link=Link(link, NOW) if link else None)]
            for text in (setup.setup_title(value, 2026), setup.setup_detail(value, NOW + timedelta(seconds=125)))
        ]
        + [setup.phase_name(name) for name in (*UnitSyncPhase, "something_new")]
        + [setup.phase_state(SyncPhase("x", done, not done)) for done in (True, False)]
        + [setup.phase_state(SyncPhase("x", False, False))]
    ),
    "notices": lambda: (
        [text for notice in _notices() for text in _told(notices.tell_notice(notice))]
        + [notices.notice_kind(kind) for kind in NoticeKind]
    ),
    "years": lambda: (
        [years.year_mark(mark) for mark in YearMark]
        + [years.chip_text(True), years.chip_text(False), years.users_see(()), years.users_see((2025, 2024))]
    ),
    "connection": lambda: (
        [
            text
            for state in _states()
            for text in (
                connection.connection_text(state, NOW),
                connection.age_text(state.scope(2026), NOW),
                connection.age_text(state.scope(1999), NOW),
                *([] if state.is_live else [connection.offline_band(state, NOW) or "closing"]),
            )
        ]
        + [connection.phase_text(phase) for phase in ConnectionPhase]
    ),
}


@pytest.mark.parametrize("what", SPOKEN)
def test_every_value_has_plain_words_in_both_languages(what: str, language: str) -> None:
    texts = SPOKEN[what]()
    assert texts
    for text in texts:
        assert text.strip()
        assert not re.search(r"[{}]|%n|\(s\)", text), text
        assert not JARGON.search(text), text
        assert "'" not in text


# Words that French and English share, or fields only.
SAME = {"Module 99", "Train", "Services"}


@pytest.mark.parametrize("what", SPOKEN)
def test_no_french_text_is_the_english_one(what: str, french: None) -> None:
    in_french = SPOKEN[what]()
    use_translator(None, "en")
    in_english = SPOKEN[what]()
    assert len(in_french) == len(in_english)
    same = {text for text, other in zip(in_french, in_english, strict=True) if text == other}
    assert same - SAME - {"closing", "Something new"} == set()


def test_every_module_and_slot_is_named_once() -> None:
    paths = [names.slot_path(slot) for slot in all_slots()]
    assert len(set(paths)) == len(paths)
    short = [names.slot_short_path(slot) for slot in all_slots()]
    assert len(set(short)) == len(short)


@pytest.mark.parametrize("code", ProblemCode)
def test_every_problem_says_what_to_do_and_keeps_the_servers_words_whole(code: ProblemCode, language: str) -> None:
    words = "Line 1\n  {braces} %n 'as they came'"
    value = told.tell_problem(Problem(code, server_words=words))
    assert value.server_words == words
    assert value.title
    assert value.detail.endswith(".")
    assert value.remedy.endswith(".")


def test_problems_an_operator_must_tell_apart_have_titles_of_their_own(language: str) -> None:
    codes = (C.NOT_SIGNED_IN, C.FORBIDDEN, C.UNREACHABLE, C.TIMED_OUT, C.LOST_ANSWER, C.NOT_THE_SERVER, C.BUSY)
    assert len({told.tell_problem(Problem(code)).title for code in codes}) == len(codes)


C = ProblemCode
