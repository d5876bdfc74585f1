"""A scripted server and a client of it, both gone after the test."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator

import pytest

from yearadmin.remote.api import Api
from yearadmin.remote.transport import Transport, TransportPace

from .lines import SIGNED_IN, ScriptedServer, answer

# The keyring of a desktop is not everywhere; packaging/setup.sh installs it where it may. Where it is missing, its
# tests are not collected, and the end of the run says so.
NEEDED = [name for name in ("gnome-keyring-daemon", "dbus-run-session") if shutil.which(name) is None]
collect_ignore = ["test_secret_service.py"] if NEEDED else []


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was not tested."""
    if NEEDED:
        terminalreporter.section("not tested")
        terminalreporter.line(f"a real Secret Service: {' and '.join(NEEDED)} not installed")


FAST = TransportPace(connect=2.0, read=0.5, write_read=0.5, upload_stall=2.0, health=0.5, first_retry=0.01)


@pytest.fixture
async def server() -> AsyncIterator[ScriptedServer]:
    async with ScriptedServer() as running:
        yield running


@pytest.fixture
async def transport(server: ScriptedServer) -> AsyncIterator[Transport]:
    made = Transport(server.base, pace=FAST)
    yield made
    await made.aclose()


@pytest.fixture
def api(transport: Transport) -> Api:
    return Api(transport)


@pytest.fixture
async def signed_in(server: ScriptedServer, api: Api) -> Api:
    """An Api whose cookie jar holds both session cookies."""
    server.on("GET /v1/auth/login-test", answer(302, headers={"Location": "http://elsewhere/", **SIGNED_IN}))
    await api.login_test("calco2.backoffice.admin")
    server.seen.clear()
    return api
