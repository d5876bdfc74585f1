"""Without a demonstration: the command line and the engine of the window sign in by themselves on this computer."""

from __future__ import annotations

import asyncio
import json
import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from yearadmin.cache.store import Cache
from yearadmin.commands import main
from yearadmin.remote.backend import LocalBackend
from yearadmin.state.core import Core, CorePace, ServerChoice
from yearadmin.state.model import ConnectionPhase

Command = Callable[..., tuple[int, str]]


@pytest.fixture
def command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Command:
    """Runs a command on the test's own data directory."""

    def call(*words: str) -> tuple[int, str]:
        code = main([*words, "--data-dir", str(tmp_path / "data"), "--server", "", "--lang", "en"])
        said = capsys.readouterr()
        return code, said.out + said.err

    return call


def core_on(backend: LocalBackend, tmp_path: Path, pace: CorePace | None = None) -> Core:
    """The engine as the window makes it for its own backend."""
    choice = ServerChoice(backend.base_url, key="embedded:here", token=backend.token)
    cache = Cache(tmp_path / "cache.sqlite")
    return Core(choice, cache, this_year=2026, before_connect=backend.ensure, pace=pace)


def test_the_command_line_and_the_window_take_turns_on_one_data_directory(command: Command, tmp_path: Path) -> None:
    code, said = command("create", "2026", "--watch")
    assert code == 0, said

    async def window() -> None:
        backend = LocalBackend(tmp_path / "data")
        core = core_on(backend, tmp_path)
        try:
            await core.start()
            assert await core.connected() is ConnectionPhase.LIVE
            user = core.store.state.user
            assert user is not None
            assert (user.institutional_id, user.provider) == ("local-administrator", 1)
            assert not core.store.state.connection.demo
            core.select_year(2027)
            await core.loaded(2027)
            assert (await core.create_year(2027)).ok
            await core.setup_ended(2027)
        finally:
            await core.close()
            await asyncio.to_thread(backend.stop)

    asyncio.run(window())
    code, said = command("years", "--json")
    assert code == 0, said
    assert {item["year"] for item in json.loads(said) if item["state"] == "ready"} == {2026, 2027}, said


async def test_a_backend_that_died_is_started_again_and_the_session_goes_on(tmp_path: Path) -> None:
    backend = LocalBackend(tmp_path / "data")
    core = core_on(backend, tmp_path, CorePace(first_retry=0.1, health_look=0.2))
    try:
        await core.start()
        assert await core.connected() is ConnectionPhase.LIVE
        first = backend.pid
        assert first is not None
        os.kill(first, signal.SIGKILL)
        end = asyncio.get_running_loop().time() + 20
        while not (backend.pid not in (None, first) and core.store.state.is_live):
            assert asyncio.get_running_loop().time() < end
            await asyncio.sleep(0.05)
        assert (await core.listed()).problem is None
        assert core.store.state.user is not None
    finally:
        await core.close()
        await asyncio.to_thread(backend.stop)


async def test_who_signed_out_stays_out_until_the_next_wish(tmp_path: Path) -> None:
    backend = LocalBackend(tmp_path / "data")
    core = core_on(backend, tmp_path, CorePace(first_retry=0.1, health_look=0.1))
    try:
        await core.start()
        assert await core.connected() is ConnectionPhase.LIVE
        await core.sign_out()
        await asyncio.sleep(0.5)
        assert core.store.state.connection.phase is ConnectionPhase.SIGNED_OUT
        assert (await core.sign_in_here()).ok
        assert core.store.state.is_live
    finally:
        await core.close()
        await asyncio.to_thread(backend.stop)


def test_a_role_still_makes_it_a_demonstration(command: Command) -> None:
    code, said = command("years", "--role", "calco2.backoffice.admin")
    assert code == 0, said
