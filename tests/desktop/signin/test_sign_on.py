"""The whole way in the real window: the page, the institution's sign-on, the keyring, and signing out everywhere."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import keyring
import pytest
from PySide6.QtWidgets import QApplication

from tests.desktop.test_program import until
from tests.issuer import Issuer
from tests.remote.test_secrets import Memory
from yearadmin.app import Options, Program
from yearadmin.desktop import loop, translation
from yearadmin.desktop.memory import WindowMemory
from yearadmin.desktop.signin.webview import End
from yearadmin.state.core import Core
from yearadmin.state.model import ConnectionPhase
from yearadmin.state.signing import Keeping

Story = Callable[[Program, Core], Awaitable[None]]


@pytest.fixture
def memory() -> Iterator[Memory]:
    before = keyring.get_keyring()
    made = Memory()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


def run(qapp: QApplication, tmp_path: Path, server: str, story: Story) -> None:
    """Run the program, with someone at the window who tells a story and then quits."""
    program = Program(qapp, WindowMemory(tmp_path / "window.ini"), Options(server), None, tmp_path / "cache.sqlite")
    program.show()
    failures: list[BaseException] = []

    async def at_the_window() -> None:
        try:
            await program.started.wait()
            assert program.core is not None
            await story(program, program.core)
        except BaseException as error:
            failures.append(error)
        finally:
            program.quit()

    async def both() -> int:
        person = asyncio.create_task(at_the_window())
        code = await program.work()
        await person
        return code

    assert loop.run(qapp, both, report=failures.append, interrupted=program.quit) == 0
    program.window.deleteLater()
    translation.install(qapp, "en")
    if failures:
        raise failures[0]


async def becomes(holds: Callable[[], bool], what: str) -> None:
    for _ in range(600):
        if holds():
            return
        await asyncio.sleep(0.02)
    raise AssertionError(what)


def test_from_the_page_to_the_year_and_out_again(
    qapp: QApplication, tmp_path: Path, site: str, issuer: Issuer, memory: Memory
) -> None:
    async def sign_on(program: Program, core: Core) -> None:
        await until(core, lambda state: state.connection.phase is ConnectionPhase.SIGNED_OUT)
        panel = program.window.sign_in.panel
        await becomes(panel.sign_on.isVisible, "the institution's sign-on is offered")
        assert not any(button.isVisible() for button in panel.roles.values())
        panel.sign_on.click()
        assert program.sign_in is not None
        dialog = program.sign_in.dialog
        assert dialog is not None
        await becomes(lambda: dialog.address.text().startswith(f"{issuer.url}/authorize"), "the issuer's page")
        assert "?" not in dialog.address.text(), "no code and no state is shown"
        dialog.cancel.click()
        assert program.sign_in.dialog is None
        assert not core.store.state.is_live

        panel.sign_on.click()
        dialog = program.sign_in.dialog
        assert dialog is not None
        ends: list[End] = []
        dialog.view.failed.connect(lambda end, words: ends.append(end))
        await becomes(lambda: dialog.address.text().startswith(f"{issuer.url}/authorize"), "the issuer's page again")
        dialog.view.profile.cookieStore().deleteAllCookies()  # the minute is over
        dialog.view.page.runJavaScript("document.getElementById('anna').click()")
        await becomes(lambda: ends == [End.TOO_LATE] and not dialog.note.isHidden(), "too late, and said")
        await becomes(lambda: dialog.address.text().startswith(f"{issuer.url}/authorize"), "begun again by itself")
        await becomes(dialog.progress.isHidden, "loaded")
        dialog.view.page.runJavaScript("document.getElementById('anna').click()")
        await until(core, lambda state: state.is_live and state.keeping is not None)
        state = core.store.state
        assert state.user is not None
        assert state.user.email == "anna.keller@example.org"
        assert state.keeping is Keeping.KEYRING
        await becomes(panel.isHidden, "the page goes")
        assert program.sign_in.dialog is None

        words.extend(word for word in memory.entries.values() if word.startswith("ey"))
        assert len(words) == 2
        assert program.sign_in is not None
        program.window.sign_out_everywhere_requested.emit()
        question = program.sign_in.question
        assert question is not None
        question.yes.click()
        await until(core, lambda state: state.connection.phase is ConnectionPhase.SIGNED_OUT)
        await becomes(lambda: program.sign_in is not None and program.sign_in.question not in (None, question), "told")
        assert memory.entries == {}

    words: list[str] = []
    run(qapp, tmp_path, site, sign_on)
    for file in tmp_path.rglob("*"):
        if file.is_file():
            assert not any(word.encode() in file.read_bytes() for word in words), f"a token is in {file.name}"
