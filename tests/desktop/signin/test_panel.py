"""The sign-in page: comes when nobody is signed in, offers what the server has, explains, and loses nothing."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.desktop import story
from tests.desktop.conftest import WindowOf
from yearadmin.contract.problems import Problem, ProblemCode
from yearadmin.desktop.panels.goals import Field
from yearadmin.desktop.panels.reduction import ReductionPanel
from yearadmin.desktop.signin import availability
from yearadmin.desktop.signin.availability import Engine
from yearadmin.desktop.signin.panel import SignInPanel
from yearadmin.desktop.window import MainWindow
from yearadmin.state import events as e
from yearadmin.state.looking import Generation, Look, SignIn
from yearadmin.state.signing import Keeping, Tokens
from yearadmin.state.store import Store
from yearadmin.words.signin import SSO_COMMAND

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
BOTH = Look("", "", Generation.JULY, frozenset(SignIn))
INSTITUTION = replace(BOTH, sign_ins=frozenset({SignIn.INSTITUTION}))


def words(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def signed_out(
    window_of: WindowOf, look: Look | None = BOTH, code: ProblemCode | None = None
) -> tuple[MainWindow, SignInPanel, Store]:
    store = story.ready_complete()
    window = window_of(store)
    store.dispatch(e.SignedOut(NOW, Problem(code) if code is not None else None))
    window.sign_in.panel.show_look(look)
    return window, window.sign_in.panel, store


def test_while_signed_in_there_is_no_such_page(window_of: WindowOf) -> None:
    window = window_of(story.ready_complete())
    assert not window.sign_in.panel.isVisible()
    assert not window.sign_in.keeping.isVisible()


def test_it_comes_above_the_year_which_stays_readable_and_goes_when_somebody_is_in(window_of: WindowOf) -> None:
    window, panel, store = signed_out(window_of)
    assert panel.isVisible()
    assert window.panels.isVisible()
    assert "stays on the screen" in words(panel)
    store.dispatch(e.Connected(NOW))
    assert not panel.isVisible()


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (None, "wants to know who you are"),
        (ProblemCode.SESSION_EXPIRED, "the time of yours is over"),
        (ProblemCode.SESSION_ENDED, "no longer accepts it"),
        (ProblemCode.FORBIDDEN, "does not have the right"),
    ],
)
def test_it_says_why(window_of: WindowOf, code: ProblemCode | None, said: str) -> None:
    _, panel, _ = signed_out(window_of, code=code)
    assert said in words(panel)


@pytest.mark.parametrize(
    ("look", "sign_on", "test_users"),
    [
        (BOTH, True, True),
        (INSTITUTION, True, False),
        (replace(BOTH, sign_ins=frozenset({SignIn.TEST_USER})), False, True),
    ],
)
def test_it_offers_what_the_server_has(window_of: WindowOf, look: Look, sign_on: bool, test_users: bool) -> None:
    _, panel, _ = signed_out(window_of, look)
    assert panel.sign_on.isVisible() is sign_on
    assert all(button.isVisible() is test_users for button in panel.roles.values())
    assert panel.cookie.isVisible()


def test_a_server_that_could_not_be_asked_can_be_asked_again(window_of: WindowOf, qtbot: QtBot) -> None:
    _, panel, _ = signed_out(window_of, Look("", "", problem=Problem(ProblemCode.TIMED_OUT)))
    assert "could not be asked" in words(panel)
    with qtbot.waitSignal(panel.look_wanted):
        panel.again.click()


def test_without_the_extra_it_says_the_command_and_the_other_ways(
    window_of: WindowOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(availability, "find_spec", lambda name: None)
    assert availability.engine() is Engine.MISSING
    _, panel, _ = signed_out(window_of)
    panel.show_engine(availability.engine())
    assert panel.command.isVisible()
    assert panel.command.text() == f'"{sys.executable}" -m pip install "yearadmin[sso]"'
    assert "session cookie" in panel.missing.text()
    panel.copy.click()
    assert QGuiApplication.clipboard().text() == SSO_COMMAND


def test_as_root_no_page_is_shown_without_a_fence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(availability, "find_spec", lambda name: SimpleNamespace())
    monkeypatch.setattr(availability.os, "geteuid", lambda: 0)
    monkeypatch.delenv("QTWEBENGINE_DISABLE_SANDBOX", raising=False)
    assert availability.engine() is Engine.AS_ROOT
    monkeypatch.setattr(availability.os, "geteuid", lambda: 1000)
    assert availability.engine() is Engine.READY


def test_a_pasted_session_is_masked_read_and_forgotten(window_of: WindowOf, qtbot: QtBot) -> None:
    _, panel, store = signed_out(window_of)
    panel.cookie.click()
    form = panel.form
    assert {form.access.echoMode(), form.refresh.echoMode()} == {QLineEdit.EchoMode.Password}
    assert form.access.hasFocus()
    form.yes.click()
    assert "one long word" in words(form)
    QGuiApplication.clipboard().setText("Cookie: theme=dark; auth_token=a9; refresh_token=r9")
    form.access.paste()
    assert (form.access.text(), form.refresh.text()) == ("a9", "r9")
    with qtbot.waitSignal(panel.cookie_requested) as wish:
        form.yes.click()
    assert wish.args == [Tokens("a9", "r9")]
    assert not form.yes.isEnabled()
    panel.show_failure("cookie", Problem(ProblemCode.NOT_SIGNED_IN, status=401))
    assert "does not accept this session" in words(form)
    assert form.access.text() == "a9", "what was typed stays, to be corrected"
    store.dispatch(e.Connected(NOW))
    assert form.access.text() == form.refresh.text() == ""


def test_another_language_keeps_what_is_typed(window_of: WindowOf) -> None:
    window, panel, _ = signed_out(window_of)
    panel.cookie.click()
    panel.form.access.setText("a9")
    window.retranslate()
    assert panel.form.access.text() == "a9"
    assert panel.form.isVisible()


def test_a_test_user_who_is_not_taken_is_told_in_place(window_of: WindowOf) -> None:
    _, panel, _ = signed_out(window_of)
    panel.show_failure("test_user", Problem(ProblemCode.FORBIDDEN, status=404))
    assert "takes no test users" in words(panel)


@pytest.mark.parametrize("keeping", [item for item in Keeping if item not in (Keeping.UNKNOWN, Keeping.KEYRING)])
def test_a_session_kept_for_this_run_only_is_one_line_with_a_way_out(
    window_of: WindowOf, qtbot: QtBot, keeping: Keeping
) -> None:
    state = story.ready_complete().state
    store = Store(replace(state, connection=replace(state.connection, demo=False)))
    window = window_of(store)
    line = window.sign_in.keeping
    store.dispatch(e.SessionKept(keeping))
    assert line.isVisible()
    assert "until you quit" in line.text
    with qtbot.waitSignal(line.retry_requested):
        line.retry.click()
    store.dispatch(e.SessionKept(Keeping.KEYRING))
    assert not line.isVisible()
    store.dispatch(e.SessionKept(keeping))
    line.away.click()
    assert not line.isVisible()


def test_on_a_demo_server_nobody_is_told_to_install_a_keyring(window_of: WindowOf) -> None:
    store = story.ready_complete()
    assert store.state.connection.demo
    window = window_of(store)
    store.dispatch(e.SessionKept(Keeping.NO_KEYRING))
    assert not window.sign_in.keeping.isVisible()


def test_everything_that_takes_the_focus_has_a_name(window_of: WindowOf) -> None:
    _, panel, _ = signed_out(window_of)
    panel.cookie.click()
    panel.show_engine(Engine.MISSING)
    parts = [part for part in panel.findChildren(QWidget) if part.isVisible() and part.focusPolicy().value]
    assert len(parts) > 8
    for part in parts:
        said = QAccessible.queryAccessibleInterface(part).text(QAccessible.Text.Name)
        assert said, part.objectName()


def test_what_was_typed_survives_a_session_that_ends_in_the_middle(window_of: WindowOf, qtbot: QtBot) -> None:
    store = story.ready_complete()
    window = window_of(store)
    window.panels.show_panel(None)
    panel = window.panels.panel(None)
    assert isinstance(panel, ReductionPanel)
    field = panel.goals.rows[1].fields[Field.TARGET]
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "2044")
    store.dispatch(e.SignedOut(NOW, Problem(ProblemCode.SESSION_EXPIRED)))
    assert window.panels.isVisible()
    assert field.text() == "2044"
    store.dispatch(e.Connected(NOW))
    assert field.text() == "2044"
    assert panel.goals.is_dirty
