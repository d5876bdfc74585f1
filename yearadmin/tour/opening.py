"""The story's third part: opening the year, the users' view, the days without a network, the other language."""

from __future__ import annotations

import asyncio

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton

from yearadmin.contract.enums import RoleName
from yearadmin.state.model import ConnectionPhase, Origin
from yearadmin.state.permits import Refusal, may_open, may_use_panels
from yearadmin.state.yearlist import years_users_see
from yearadmin.tour.setting_up import new_year
from yearadmin.tour.stage import Stage, need


def _is_open(stage: Stage) -> bool:
    config = stage.state.scope(new_year(stage)).config
    return config is not None and config.is_started


async def open_year(stage: Stage) -> None:
    """Step 11."""
    before = _chip(stage)
    await stage.click("openYearButton")
    await stage.seen("confirmButton")
    need(not _is_open(stage), "the year was opened without asking")
    await stage.picture("asked")
    await stage.click("confirmButton")
    await stage.until(lambda: _is_open(stage), "the year is open")
    await stage.until(lambda: _chip(stage) != before, "the chip flips")
    button = await stage.seen("openYearButton")
    await stage.until(lambda: not button.isEnabled() and bool(button.toolTip()), "the button says that it is open")
    need(Refusal.ALREADY_OPEN in may_open(stage.state, new_year(stage)).refusals, "it could be opened twice")
    await stage.picture("opened")


def _chip(stage: Stage) -> str:
    return stage.see("openStatusChip").accessibleName()


async def close_and_open_again(stage: Stage) -> None:
    """Step 11, the opposite."""
    stage.trigger("closeYearAction")
    await stage.seen("confirmButton")
    await stage.picture("asked")
    await stage.click("confirmButton")
    await stage.until(lambda: not _is_open(stage), "the year is closed")
    button = await stage.seen("openYearButton")
    await stage.until(button.isEnabled, "the year can be opened again")
    await stage.click("openYearButton")
    await stage.click("confirmButton")
    await stage.until(lambda: _is_open(stage), "the year is open again")


async def users_view(stage: Stage) -> None:
    """Step 12."""
    year = new_year(stage)
    await stage.until(lambda: year in years_users_see(stage.state), "the year is among those that users see")
    stage.trigger(f"signInAs.{RoleName.USER_STANDARD}")
    await stage.until(lambda: stage.state.user is not None and not stage.state.user.can_view_configuration,
                      "a user is signed in")  # fmt: skip
    await stage.until(lambda: _listed(stage) == [year], "the user's selector lists open years only")
    await stage.until(lambda: stage.state.scope(year).config is not None, "the user's year is there")
    need(Refusal.NO_RIGHT in may_use_panels(stage.state, year).refusals, "a user can change something")
    need(stage.find("openYearButton", QPushButton) is None, "a user can open a year")
    await stage.picture()
    stage.trigger(f"signInAs.{RoleName.BACKOFFICE_ADMIN}")
    await stage.until(lambda: stage.state.user is not None and stage.state.user.can_edit_configuration,
                      "the operator is back")  # fmt: skip
    await stage.until(lambda: len(_listed(stage)) > 3, "the operator's years are back")
    stage.choose_year(year)
    await stage.seen("modulePanels")


def _listed(stage: Stage) -> list[int]:
    selector = stage.find("yearSelector", QComboBox)
    assert selector is not None
    found = (selector.itemData(row) for row in range(selector.count()))
    return [year for year in found if isinstance(year, int)]


async def offline(stage: Stage) -> None:
    """Step 13, the server goes and comes back."""
    year = new_year(stage)
    await asyncio.to_thread(stage.backend.stop)
    stage.program.window.reload_requested.emit(year)
    await stage.until(lambda: stage.state.connection.phase is ConnectionPhase.OFFLINE, "the loss is told")
    await stage.seen("offlineBand")
    need(Refusal.OFFLINE in may_use_panels(stage.state, year).refusals, "something could be sent nowhere")
    need(stage.see("modulePanels").isVisible(), "the panels can't be read")
    await stage.picture("lost")
    await stage.backend.ensure()
    await stage.until(lambda: stage.state.is_live, "it becomes live again alone", within=45)
    await stage.gone("offlineBand")


async def start_offline(stage: Stage) -> None:
    """Step 13, a start without the server."""
    year = new_year(stage)
    await stage.quit()
    await asyncio.to_thread(stage.backend.stop)
    stage.launch()
    await stage.until(lambda: stage.program.core is not None and stage.state.scope(year).config is not None,
                      "the last known state is there")  # fmt: skip
    need(stage.state.scope(year).origin is Origin.CACHE, "what is kept is shown as live")
    await stage.seen("offlineBand")
    await stage.until(lambda: stage.state.connection.phase is ConnectionPhase.OFFLINE, "the window says so")
    await stage.seen("modulePanels")
    await stage.picture()
    await stage.backend.ensure()
    await stage.click("bandButton")
    await stage.until(lambda: stage.state.is_live, "one click makes it live")
    await stage.until(lambda: stage.state.scope(year).origin is Origin.SERVER, "the year is read again")


async def language(stage: Stage) -> None:
    """Step 14."""
    stage.program.window.panels.show_panel(None)
    typed = await stage.seen("goal.2.target_year")
    await stage.until(typed.isEnabled, "goals can be typed")
    stage.type_into("goal.2.target_year", "2050")
    other = "en" if stage.language == "fr" else "fr"
    before = _chip(stage)
    stage.trigger(f"language.{other}")
    await stage.until(lambda: _chip(stage) != before, "the words change")
    field = stage.find("goal.2.target_year", QLineEdit)
    need(field is not None and field.text() == "2050", "what was typed is gone")
    await stage.picture("goals")
    stage.program.window.panels.show_panel(2)
    await stage.picture("panel")
    await stage.click("readinessButton")
    QTest.keyClick(stage.window, Qt.Key.Key_Escape)
