"""Closing the program with work under way: one dialog says what goes on by itself and what does not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from yearadmin.catalogue.modules import Slot, SlotKind
from yearadmin.desktop.window import MainWindow
from yearadmin.state import events as e
from yearadmin.state.inflight import work_in_flight
from yearadmin.state.model import Upload, UploadStage, Wish
from yearadmin.state.setup import setup_of
from yearadmin.words.connection import EMBEDDED

from . import story
from .conftest import WindowOf

PLANE = Slot(2, 20, SlotKind.FACTOR)


def upload(name: str, stage: UploadStage, year: int = 2026) -> e.UploadChanged:
    return e.UploadChanged(Upload(name, year, PLANE, name, 100, story.ago(3), stage))


def facts(window: MainWindow) -> str:
    dialog = window.questions.dialog
    assert dialog is not None
    return dialog._facts.text()  # type: ignore[union-attr]


def test_what_is_lost_what_is_open_and_what_goes_on_are_told_apart(window_of: WindowOf) -> None:
    store = story.being_set_up()
    store.dispatch(upload("being_sent.csv", UploadStage.SENDING))
    store.dispatch(upload("waiting.csv", UploadStage.WAITING, 2025))
    store.dispatch(upload("starting.csv", UploadStage.STARTING))
    store.dispatch(upload("worked_on.csv", UploadStage.FOLLOWING))
    store.dispatch(upload("done.csv", UploadStage.ENDED))
    store.dispatch(e.WishStarted(2025, Wish.SAVE_GOALS))
    window = window_of(store)
    window.close()
    lost, unsure, goes_on = facts(window).strip().split("\n\n")
    assert lost.splitlines() == [
        "Will not be sent:",
        "• 2026: being_sent.csv, for Professional travel › Plane › Factors",
        "• 2025: waiting.csv, for Professional travel › Plane › Factors",
    ]
    assert unsure.splitlines()[1:] == [
        "• 2025: reduction goals being saved",
        "• 2026: starting.csv, for Professional travel › Plane › Factors",
    ]
    assert goes_on.splitlines() == [
        "Goes on by itself on the server:",
        "• 2026: set-up",
        "• 2026: worked_on.csv, for Professional travel › Plane › Factors",
    ]


def test_where_nothing_is_lost_leaving_is_the_ready_answer(window_of: WindowOf, qtbot: QtBot) -> None:
    window = window_of(story.being_set_up())
    with qtbot.assertNotEmitted(window.quit_requested):
        window.close()
    dialog = window.questions.dialog
    assert dialog is not None
    assert dialog.yes.isDefault()
    assert dialog.yes.text() == "&Quit"
    with qtbot.waitSignal(window.quit_requested):
        dialog.yes.click()


def test_the_built_in_server_ends_with_the_window_and_that_is_said(window_of: WindowOf) -> None:
    store = story.being_set_up()
    store.state = replace(store.state, connection=replace(store.state.connection, server=EMBEDDED))
    window = window_of(store)
    window.close()
    assert "goes on at the next start" in facts(window)
    assert "by itself on the server" not in facts(window)


def test_the_lists_follow_what_happens_while_the_question_is_open(window_of: WindowOf) -> None:
    store = story.ready_complete()
    store.dispatch(upload("one.csv", UploadStage.SENDING))
    window = window_of(store)
    window.close()
    store.dispatch(upload("one.csv", UploadStage.FOLLOWING))
    assert facts(window).startswith("Goes on by itself on the server:")
    dialog = window.questions.dialog
    assert dialog is not None
    assert "Nothing is lost" in dialog._body.text()  # type: ignore[union-attr]


def test_many_files_are_counted_and_not_all_named(window_of: WindowOf) -> None:
    store = story.ready_complete()
    for number in range(9):
        store.dispatch(upload(f"{number}.csv", UploadStage.WAITING))
    window = window_of(store)
    window.close()
    assert facts(window).strip().endswith("• and 3 more")


def test_it_speaks_another_language_while_open(window_of: WindowOf, brackets: object) -> None:
    window = window_of(story.being_set_up())
    window.close()
    brackets()  # type: ignore[operator]
    window.retranslate()
    assert facts(window).startswith("‹Goes on by itself on the server:›")


@pytest.mark.parametrize("cut", ["offline", "signed_out"])
def test_a_set_up_known_from_before_is_told_as_past_and_no_clock_runs(window_of: WindowOf, cut: str) -> None:
    store = story.being_set_up()
    window = window_of(store)
    panel = window.middle.year.provisioning
    assert panel._tick.isActive()
    assert panel._title.text() == "Year 2026 is being set up"
    if cut == "offline":
        store.dispatch(e.Disconnected(story.ago(0), None, story.UNREACHABLE))
    else:
        store.dispatch(e.SignedOut(story.ago(0)))
    setup = setup_of(store.state, 2026)
    assert setup.as_of == store.state.pipelines[story.PIPELINE].seen_at
    assert panel._title.text().startswith("Year 2026 was being set up at ")
    assert not panel._tick.isActive()
    assert not panel._link.isVisible()
    assert "Running for" not in panel._detail.text()
    words = [word.text() for _, _, word in panel._phases._rows]
    assert words[2] == "was running"
    assert work_in_flight(store.state).setups == (), "what is not known to run is not promised to go on"

    store.dispatch(e.Connected(story.ago(0)))
    assert panel._title.text() == "Year 2026 is being set up"
    assert panel._tick.isActive()
