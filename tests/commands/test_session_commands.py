"""Signing in and out in a terminal: the keyring alone carries the session from one command to the next."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import keyring
import pytest

from tests.backend_process import BackendProcess
from tests.remote.test_secrets import Memory, Readable
from yearadmin.command_exits import Exit
from yearadmin.commands import main

ADMIN = "calco2.backoffice.admin"
Caught = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with BackendProcess() as process:
        yield process.start(tmp_path_factory.mktemp("backend"))


@pytest.fixture
def memory() -> Iterator[Memory]:
    before = keyring.get_keyring()
    made = Memory()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


def tokens(memory: Memory) -> list[str]:
    return [word for word in memory.entries.values() if word.startswith("ey")]


def test_a_login_carries_over_to_later_commands_until_the_logout(server: str, memory: Memory, capsys: Caught) -> None:
    assert main(["years", "--server", server]) == Exit.NOT_PERMITTED
    assert main(["login", "--server", server, "--role", ADMIN]) == Exit.DONE
    assert len(tokens(memory)) == 2
    assert main(["years", "--server", server]) == Exit.DONE
    assert main(["logout", "--server", server]) == Exit.DONE
    assert memory.entries == {}
    assert main(["years", "--server", server]) == Exit.NOT_PERMITTED
    told = capsys.readouterr()
    assert "Signed in as" in told.out
    assert "signed out and forgotten" in told.out
    assert "stays good until it runs out" in told.out


def test_a_session_comes_by_the_standard_input_and_is_never_printed(
    server: str, memory: Memory, capsys: Caught, monkeypatch: pytest.MonkeyPatch
) -> None:
    with httpx.Client(base_url=server) as browser:
        browser.get("/auth/login-test", params={"role": ADMIN})
        line = "Cookie: " + "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    monkeypatch.setattr("sys.stdin", io.StringIO(line))
    assert main(["login", "--server", server, "--cookie-stdin", "--json"]) == Exit.DONE
    told = capsys.readouterr()
    assert json.loads(told.out) == {"signed_in": True, "roles": [ADMIN], "kept": True, "keyring": "keyring"}
    assert main(["logout", "--everywhere", "--json"]) == Exit.DONE
    left = json.loads(capsys.readouterr().out)
    assert [item["sessions"] for item in left if item["server"] == server] == [1]
    assert all(word not in told.out + told.err for word in line.split("=")[1:])


def test_a_session_that_is_refused_is_not_kept(
    server: str, memory: Memory, capsys: Caught, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("auth_token=nonsense\nrefresh_token=nonsense"))
    assert main(["login", "--server", server, "--cookie-stdin"]) == Exit.NOT_PERMITTED
    assert "does not accept this session" in capsys.readouterr().err
    assert memory.entries == {}


@pytest.mark.parametrize(
    "argv",
    [
        ["login"],
        ["logout"],
        ["login", "--server", "http://127.0.0.1:9/v1"],
        ["login", "--server", "http://127.0.0.1:9/v1", "--role", "boss"],
        ["login", "--server", "http://127.0.0.1:9/v1", "--role", ADMIN, "--cookie-stdin"],
    ],
)
def test_what_is_missing_is_said(argv: list[str], memory: Memory, capsys: Caught) -> None:
    assert main(argv) == Exit.USAGE
    assert capsys.readouterr().err.strip()


def test_a_keyring_everybody_could_read_is_not_used(server: str, memory: Memory, capsys: Caught) -> None:
    keyring.set_keyring(Readable())
    assert main(["login", "--server", server, "--role", ADMIN]) == Exit.FAILED
    assert "readable for everybody" in capsys.readouterr().err


def test_a_server_that_is_away_is_told_at_logout_and_the_session_is_forgotten(
    server: str, memory: Memory, capsys: Caught, tmp_path: Path
) -> None:
    with BackendProcess() as process:
        base = process.start(tmp_path / "backend")
        assert main(["login", "--server", base, "--role", ADMIN]) == Exit.DONE
    assert main(["logout", "--server", base]) == Exit.DONE
    assert "could not be told" in capsys.readouterr().out
    assert memory.entries == {}
