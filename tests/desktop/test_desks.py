"""The windows beside the main one, in the whole program and without a server: their menu, the age shown, the log."""

from __future__ import annotations

import asyncio
import json
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication

from tests.desktop.test_program import run, until
from tests.state import builders as b
from yearadmin import places
from yearadmin.app import Options, Program
from yearadmin.cache.store import Cache, Kind
from yearadmin.state.core import Core
from yearadmin.state.model import ConnectionPhase

SERVER, USER = "http://127.0.0.1:9/v1", "2/operator"
SEEN = datetime.now(UTC) - timedelta(hours=3)


async def fill(path: Path) -> None:
    cache = Cache(path)
    await cache.open()
    await cache.keep(SERVER, USER, Kind.USER, None, json.dumps(b.ADMIN), SEEN)
    for minute, is_started in enumerate((False, True)):
        year = json.dumps(b.year(2026, is_started=is_started))
        await cache.keep(SERVER, USER, Kind.YEAR, 2026, year, SEEN + timedelta(minutes=minute))
    await cache.set_note(SERVER, "year", "2026")
    await cache.close()


async def until_true(holds: object) -> None:
    assert callable(holds)
    async with asyncio.timeout(5):
        while not holds():  # noqa: ASYNC110  widgets have no event to wait for
            await asyncio.sleep(0.01)


def test_without_a_server_a_year_is_looked_back_at_from_its_menu(qapp: QApplication, tmp_path: Path) -> None:
    asyncio.run(fill(tmp_path / "cache.sqlite"))

    async def story(program: Program, core: Core) -> None:
        await until(core, lambda state: state.connection.phase is ConnectionPhase.OFFLINE)
        window = program.window
        await until_true(window.panels.isVisible)
        panel = window.panels.findChildren(type(window.checklist.age), "panelAge.1")[0]
        for label in (panel, window.checklist.age):
            await until_true(label.text)
            assert label.text().startswith("Kept copy, read from the server")

        action = window.year_bar.history_action
        assert action.shortcut() == QKeySequence("Ctrl+H")
        assert action in window.actions()
        action.trigger()
        assert program.desks is not None
        desk = program.desks.history
        assert desk is not None
        assert not desk.window.isModal()
        await until_true(lambda: len(desk.window.timeline.model.rows) == 2)
        await until_true(lambda: desk.window.timeline.as_it_was.chip.text == "Open to users")
        assert core.store.state.selected == 2026

        window.show_messages()
        assert window._messages is not None
        window._messages._activity.click()
        activity = program.desks.activity
        assert activity is not None
        assert activity.window is not None
        found = [activity.window.model.index(0, column).data() for column in (1, 2)]
        assert found[1] == "Server not reachable"

    assert run(qapp, tmp_path, Options(SERVER), None, story) == 0
    (log,) = places.log_dir().iterdir()
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    assert lines[0]["message"].startswith("begun with")
    assert lines[-1]["message"] == "ended"
    assert any(line.get("with", {}).get("failure") == "unreachable" for line in lines)


def test_the_signed_in_person_and_the_cookies_are_hidden_in_the_log(qapp: QApplication, tmp_path: Path) -> None:
    asyncio.run(fill(tmp_path / "cache.sqlite"))

    async def story(program: Program, core: Core) -> None:
        await until(core, lambda state: state.user is not None)
        assert program.book is not None
        await until_true(
            lambda: program.book is not None and "[hidden]" in program.book.redactor.text("TEST-1078173294")
        )
        assert "admin@example.org" not in program.book.redactor.text("by admin@example.org")

    assert run(qapp, tmp_path, Options(SERVER), None, story) == 0
