"""Connects the sign-in page with the core: looks what the server offers, carries a way in out, and tells how it ended.

Never keeps a cookie: they go from the form or the web view straight to the core.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Protocol

from yearadmin.desktop.dialogs import ConfirmDialog, Question
from yearadmin.desktop.signin.availability import Engine, engine
from yearadmin.state.looking import look
from yearadmin.state.signing import Left, Tokens
from yearadmin.state.tasks import Tasks
from yearadmin.words.connection import EMBEDDED
from yearadmin.words.signin import left_text, still_valid
from yearadmin.words.translate import translate

if TYPE_CHECKING:
    from pathlib import Path

    from yearadmin.desktop.signin.signondialog import SignOnDialog
    from yearadmin.desktop.window import MainWindow
    from yearadmin.state.core import Core, Ended

log = logging.getLogger(__name__)
_QUESTION_WIDTH = 560  # logical pixels


class KeptSessions(Protocol):
    """The sessions of all servers, as the program keeps them."""

    async def everywhere(self) -> tuple[Left, ...]:
        """Sign all of them out; what became of each."""

    def names(self) -> dict[str, str]:
        """What the operator calls the places they are kept for."""


class SignInDesk:
    """Made with the core, closed before it."""

    def __init__(
        self,
        window: MainWindow,
        core: Core,
        base_url: str,
        *,
        authority: Path | None = None,
        sessions: KeptSessions,
        report: Callable[[BaseException], None],
    ) -> None:
        self._window, self._core, self._base = window, core, base_url
        self._authority = authority
        self._sessions = sessions
        self._tasks = Tasks(lambda error, _: report(error))
        self.dialog: SignOnDialog | None = None
        self.question: ConfirmDialog | None = None
        area = self._area = window.sign_in
        panel = area.panel
        self._links = [
            (panel.look_wanted, self.look),
            (panel.sign_on_requested, self.sign_on),
            (panel.test_user_requested, lambda role: self._do("test_user", core.sign_in_as(role))),
            (panel.cookie_requested, self._on_cookie),
            (panel.here_requested, lambda: self._do("other", core.sign_in_here())),
            (area.keeping.retry_requested, lambda: self._tasks.spawn(core.keep_session(), "keeping the session")),
            (window.sign_out_everywhere_requested, self.ask_everywhere),
        ]
        for signal, slot in self._links:
            signal.connect(slot)
        if panel.isVisibleTo(window):
            self.look()

    async def close(self) -> None:
        """Stop, and take the sign-on page away."""
        for signal, slot in self._links:
            signal.disconnect(slot)
        await self._tasks.close()
        for dialog in (self.dialog, self.question):
            if dialog is not None:
                dialog.reject()

    # --- the ways in

    def look(self) -> None:
        """Ask the server which ways in it offers."""
        self._area.panel.show_look(None)
        self._tasks.spawn(self._look(), "looking for the ways in")

    async def _look(self) -> None:
        found = await look(self._base, authority=self._authority)
        self._area.panel.show_look(found)

    def sign_on(self) -> None:
        """Show the institution's page, or say why it can't be shown."""
        if self.dialog is not None:
            self.dialog.raise_()
            self.dialog.activateWindow()
            return
        state = engine()
        made: SignOnDialog | None = None
        if state is Engine.READY:
            try:
                from yearadmin.desktop.signin.signondialog import SignOnDialog

                made = SignOnDialog(self._base, self._window, authority=self._authority)
            except ImportError as error:  # a library of the system is missing
                log.info("the web engine can't be loaded: %s", error)
                state = Engine.BROKEN
        self._area.panel.show_engine(None if made is not None else state)
        if made is not None:
            self.dialog = made
            made.signed_on.connect(self._on_signed_on)
            made.finished.connect(self._forget)
            made.begin()

    def _forget(self) -> None:
        self.dialog = None

    def _on_signed_on(self, tokens: Tokens) -> None:
        self._do("other", self._core.sign_in_with(tokens))

    def _on_cookie(self, tokens: Tokens) -> None:
        self._do("cookie", self._core.sign_in_with(tokens))

    def _do(self, way: str, wish: Awaitable[Ended]) -> None:
        self._tasks.spawn(self._carry_out(way, wish), "signing in")

    async def _carry_out(self, way: str, wish: Awaitable[Ended]) -> None:
        ended = await wish
        self._area.panel.show_failure(way, ended.problem)

    # --- out

    def ask_everywhere(self) -> None:
        """Ask once, then sign out of every server whose session is kept on this computer."""
        dialog = ConfirmDialog("lock", _about_everywhere, self._window, default_yes=False)
        dialog.setObjectName("signOutEverywhereDialog")
        dialog.accepted.connect(lambda: self._tasks.spawn(self._sign_out_everywhere(), "signing out everywhere"))
        self._open(dialog)

    async def _sign_out_everywhere(self) -> None:
        if self._core.store.state.connection.server == EMBEDDED or self._core.store.state.user is not None:
            await self._core.sign_out()
        left = await self._sessions.everywhere()
        names = self._sessions.names()

        def tell() -> Question:
            title = translate("desktop.signin", "Signed out everywhere")
            return Question(title, left_text(left, names), translate("desktop.signin", "&Close"))

        dialog = ConfirmDialog("info", tell, self._window, default_yes=True)
        dialog.setObjectName("signedOutDialog")
        dialog.no.hide()
        self._open(dialog)

    def _open(self, dialog: ConfirmDialog) -> None:
        if self.question is not None:
            self.question.reject()
        self.question = dialog
        dialog.finished.connect(lambda _result: self._forget_question(dialog))
        dialog.setMinimumWidth(_QUESTION_WIDTH)
        dialog.open()
        dialog.resize(_QUESTION_WIDTH, dialog.heightForWidth(_QUESTION_WIDTH))  # whole sentences on several lines

    def _forget_question(self, dialog: ConfirmDialog) -> None:
        if self.question is dialog:
            self.question = None

    def retranslate(self) -> None:
        """Say everything open again in the present language."""
        for dialog in (self.dialog, self.question):
            if isinstance(dialog, ConfirmDialog):
                dialog.ask_again()
            elif dialog is not None:
                dialog.retranslate()


def _about_everywhere() -> Question:
    return Question(
        translate("desktop.signin", "Sign out everywhere?"),
        translate(
            "desktop.signin",
            "You are signed out of this server, and of every other server whose session is kept on this computer. "
            "Work that has begun on a server goes on there.",
        ),
        translate("desktop.signin", "Sign &out everywhere"),
        (still_valid(),),
    )
