"""Events change the one state: only what they speak of, and never by surprise."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yearadmin.contract.problems import Problem, ProblemCode
from yearadmin.state import events as e
from yearadmin.state.model import AppState, ConnectionPhase, LoadPhase, Notice, NoticeCode, NoticeKind, Origin, Wish
from yearadmin.state.reducers import MAX_NOTICES, reduce
from yearadmin.state.store import Store

from . import builders as b
from .states import after, followed, live, loaded, seen

BROKEN = Problem(ProblemCode.UNREACHABLE)


def notice(code: NoticeCode = NoticeCode.YEAR_OPENED) -> Notice:
    return Notice(0, code, NoticeKind.INFO, b.at(1))


def test_a_thing_that_is_no_event_is_refused() -> None:
    with pytest.raises(TypeError):
        reduce("not an event", AppState(2026))  # type: ignore[arg-type]


def test_an_offline_period_keeps_the_time_it_began() -> None:
    state = live(e.Disconnected(b.at(5), b.at(6), BROKEN), e.Disconnected(b.at(9), b.at(12), BROKEN))
    assert (state.connection.since, state.connection.next_try) == (b.at(5), b.at(12))
    state = after(e.Connected(b.at(20)), state=state)
    assert (state.connection.phase, state.connection.since, state.connection.problem) == (
        ConnectionPhase.LIVE,
        b.at(20),
        None,
    )


def test_closing_is_not_a_lost_connection() -> None:
    state = live(e.Closing(b.at(5)), e.Disconnected(b.at(6), None, BROKEN))
    assert state.connection.phase is ConnectionPhase.CLOSING


def test_nothing_the_server_said_before_it_went_away_passes_for_its_present_word() -> None:
    for event in (e.Disconnected(b.at(5), None, BROKEN), e.SignedOut(b.at(5))):
        state = live(e.YearsLoaded((b.summary(2026),), b.at(1)), loaded(b.year()), event)
        assert state.scope(2026).origin is Origin.CACHE
        assert state.years.origin is Origin.CACHE
        assert state.scope(2026).fetched_at == b.at(1)


def test_the_cache_never_covers_the_server() -> None:
    kept = e.YearLoaded(2026, b.config(b.year()), b.at(0), Origin.CACHE)
    state = live(loaded(b.year(is_started=True)), kept)
    assert state.scope(2026).config is not None
    assert state.scope(2026).config.is_started
    listed = live(e.YearsLoaded((b.summary(2026),), b.at(2)), e.YearsLoaded((), b.at(0), Origin.CACHE))
    assert len(listed.years.items) == 1


def test_loading_and_failing_keep_what_was_known() -> None:
    state = live(loaded(b.year()), e.YearLoading(2026), e.YearFailed(2026, BROKEN), e.YearLoading(2026, loading=False))
    scope = state.scope(2026)
    assert (scope.phase, scope.problem, scope.loading) == (LoadPhase.PRESENT, BROKEN, False)
    assert scope.config is not None
    first = live(e.YearLoading(2026), e.YearFailed(2026, BROKEN), e.YearLoading(2026, loading=False))
    assert first.scope(2026).phase is LoadPhase.FAILED
    left = live(e.YearLoading(2026), e.YearLoading(2026, loading=False))
    assert left.scope(2026).phase is LoadPhase.UNKNOWN


def test_another_persons_arrival_leaves_nothing_of_the_former_view() -> None:
    state = live(e.YearsLoaded((b.summary(2026),), b.at(1)), loaded(b.year()), followed(), seen(b.pipeline()))
    state = after(e.UserChanged(b.standard(), b.at(5)), state=state)
    assert (state.years.items, dict(state.scopes), dict(state.pipelines), state.uploads) == ((), {}, {}, ())


def test_a_failed_wish_is_kept_until_the_next_one() -> None:
    state = live(e.WishStarted(2026, Wish.OPEN), e.WishEnded(2026, Wish.OPEN, BROKEN))
    assert state.scope(2026).failed_wish == (Wish.OPEN, BROKEN)
    assert after(e.WishStarted(2026, Wish.OPEN), state=state).scope(2026).failed_wish is None


def test_notices_are_numbered_told_once_and_limited() -> None:
    state = live(e.Noticed(notice(), "a"), e.Noticed(notice(), "a"), e.Noticed(notice()), e.Noticed(notice()))
    assert [item.id for item in state.notices] == [1, 2, 3]
    state = after(e.NoticeDismissed(2), state=state)
    assert [item.id for item in state.notices] == [1, 3]
    state = after(*(e.Noticed(notice()) for _ in range(80)), state=state)
    assert len(state.notices) == MAX_NOTICES
    assert state.notices[-1].id == 83


def test_a_picture_without_progress_keeps_the_servers_last_word_on_it() -> None:
    done = seen(b.pipeline(b.P1, b.ended(10), done=True))
    bare = seen(b.pipeline(b.P1, b.ended(10), done=None))
    snapshot = live(followed(), done, bare).pipelines[b.P1].snapshot
    assert snapshot is not None
    assert snapshot.is_terminal


@pytest.mark.expects_log
def test_a_listener_that_fails_does_not_stop_the_others() -> None:
    store, heard = Store(AppState(2026)), []

    def broken(old: AppState, new: AppState) -> None:
        raise RuntimeError

    store.subscribe(broken)
    stop = store.subscribe(lambda old, new: heard.append(new.selected))
    store.dispatch(e.YearSelected(2025))
    store.dispatch(e.NoticeDismissed(99))
    stop()
    stop()
    store.dispatch(e.YearSelected(2026))
    assert heard[0] == 2025
    assert 2026 not in heard


def events_of(year: int, pipeline_id: str) -> st.SearchStrategy[e.Event]:
    """Anything that can happen to one year."""
    root = year
    pictures = [b.pipeline(pipeline_id, b.work(root, "unit_sync")), b.pipeline(pipeline_id, b.ended(root), done=True)]
    return st.sampled_from(
        [
            e.YearLoading(year),
            e.YearLoading(year, loading=False),
            loaded(b.year(year)),
            loaded(b.year(year, done=None)),
            loaded(b.complete_year(year, is_started=True)),
            e.YearMissing(year, b.at(2)),
            e.YearFailed(year, BROKEN),
            e.YearPipelinesFound(year, ()),
            e.YearPipelinesFound(year, (pipeline_id,)),
            e.ModulePipelinesFound(year, {2: pipeline_id}),
            e.WishStarted(year, Wish.OPEN),
            e.WishEnded(year, Wish.OPEN),
            followed(pipeline_id, year),
            *(seen(picture) for picture in pictures),
        ]
    )


@given(st.lists(events_of(2025, b.P1), max_size=8), st.lists(events_of(2026, b.P2), max_size=8), st.randoms())
def test_what_happens_to_one_year_never_touches_another(
    first: list[e.Event], second: list[e.Event], random: object
) -> None:
    mixed, left, right = [], list(first), list(second)
    while left or right:
        mixed.append((left if not right or (left and random.random() < 0.5) else right).pop(0))  # type: ignore[attr-defined]
    together, alone = live(*mixed), live(*first)
    assert together.scope(2025) == alone.scope(2025)
    assert together.pipelines.get(b.P1) == alone.pipelines.get(b.P1)


@given(st.lists(events_of(2026, b.P1), max_size=12))
def test_after_a_fresh_answer_nothing_of_the_way_there_is_left(events: list[e.Event]) -> None:
    fresh = loaded(b.year(2026), 50)
    ended = (e.YearLoading(2026, loading=False), e.YearPipelinesFound(2026, ()), e.ModulePipelinesFound(2026, {}))
    ended = (e.WishStarted(2026, Wish.OPEN), e.WishEnded(2026, Wish.OPEN), *ended)
    assert live(*events, fresh, *ended).scope(2026) == live(fresh, *ended).scope(2026)


def test_a_scope_is_replaced_alone() -> None:
    state = live(loaded(b.year(2025)), loaded(b.year(2026)))
    changed = state.with_scope(replace(state.scope(2026), loading=True))
    assert changed.scope(2025) is state.scope(2025)
