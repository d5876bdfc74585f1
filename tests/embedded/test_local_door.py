"""The one person of this computer: the program that started the backend gets in by a token nobody else can see."""

from __future__ import annotations

import json
import os
import re
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from tests.backend_process import BackendProcess
from yearadmin.remote.backend import LocalBackend

TOKEN = "a-token-only-this-test-knows-5b7e1d"


def say(process: BackendProcess, token: str) -> None:
    stdin = process.process.stdin
    assert stdin is not None
    stdin.write(token.encode() + b"\n")
    stdin.flush()


def started(folder: Path) -> Iterator[BackendProcess]:
    """A backend that takes tokens from this test."""
    process = BackendProcess()
    process.start(folder / "data", "--token-from-input", demo=False, stdin=subprocess.PIPE)
    yield process
    process.stop()
    assert process.errors == ""


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BackendProcess]:
    """Shared by the tests that try few wrong tokens."""
    yield from started(tmp_path_factory.mktemp("door"))


@pytest.fixture
def another(tmp_path: Path) -> Iterator[BackendProcess]:
    """One of its own for the test that tries many."""
    yield from started(tmp_path)


@pytest.fixture
def client(process: BackendProcess) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=process.base_url, timeout=20) as made:
        yield made


def enter(client: httpx.Client, token: str = TOKEN) -> httpx.Response:
    return client.post("/auth/local", json={"token": token})


def test_the_token_makes_an_administrator_once(process: BackendProcess, client: httpx.Client) -> None:
    say(process, TOKEN)
    answer = enter(client)
    assert answer.status_code == 200
    cookies = answer.headers.get_list("set-cookie")
    assert [cookie.split("=")[0] for cookie in cookies] == ["auth_token", "refresh_token"]
    assert all("HttpOnly" in cookie and "SameSite=lax" in cookie for cookie in cookies)
    user = client.get("/session").json()
    assert user["provider"] == 1
    assert "is_user_test" not in user
    assert user["permissions"]["backoffice.configuration"] == ["view", "edit"]
    with httpx.Client(base_url=process.base_url) as second:
        assert enter(second).status_code == 401
        assert second.get("/session").status_code == 401
    year = client.post("/year-configuration/2026")
    assert year.status_code == 201  # and provisions, as nobody else is there to do it
    end = time.monotonic() + 20
    while not client.get("/year-configuration/2026").json()["configuration_completed"]:
        assert time.monotonic() < end
        time.sleep(0.1)


def test_of_many_that_come_at_once_with_the_token_one_gets_in(process: BackendProcess) -> None:
    say(process, TOKEN)

    def one(_: int) -> int:
        with httpx.Client(base_url=process.base_url, timeout=20) as client:
            return enter(client).status_code

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(one, range(4))) == [200, 401, 401, 401]


def test_a_newer_token_makes_the_older_one_worthless(process: BackendProcess, client: httpx.Client) -> None:
    say(process, TOKEN)
    assert enter(client).status_code == 200
    say(process, "second")
    say(process, "third")
    assert enter(client, "third").status_code == 200
    assert enter(client, "second").status_code == 401


def test_a_token_that_comes_before_its_line_does_not_get_lost(process: BackendProcess, client: httpx.Client) -> None:
    with ThreadPoolExecutor(1) as pool:
        early = pool.submit(enter, client)
        time.sleep(0.2)
        say(process, TOKEN)
        assert early.result().status_code == 200


def test_too_many_wrong_tokens_have_to_wait_but_the_right_one_opens(another: BackendProcess) -> None:
    say(another, TOKEN)

    def wrong(number: int) -> int:
        with httpx.Client(base_url=another.base_url, timeout=20) as client:
            return enter(client, f"{TOKEN}{number}").status_code

    with ThreadPoolExecutor(12) as pool:
        statuses = list(pool.map(wrong, range(14)))
    assert statuses.count(401) == 10
    assert statuses.count(429) == 4
    with httpx.Client(base_url=another.base_url, timeout=20) as client:
        answer = enter(client, "x")
        assert answer.status_code == 429
        assert 0 < int(answer.headers["retry-after"]) <= 60
        assert enter(client).status_code == 200  # guessing shuts nobody out


@pytest.mark.parametrize("body", [b"", b"null", b"{}", b'{"token": 5}', b'{"token": "a", "b": 1}', b"{"])
def test_what_holds_no_token_is_422(client: httpx.Client, body: bytes) -> None:
    answer = client.post("/auth/local", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422


@pytest.mark.parametrize("token", ["", "x" * 100_000, "\ud800"])
def test_a_token_of_any_shape_is_only_wrong_and_not_repeated(client: httpx.Client, token: str) -> None:
    body = json.dumps({"token": token}).encode()
    answer = client.post("/auth/local", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code in (401, 422)
    assert "xxx" not in answer.text


def test_no_demonstration_user_gets_in(client: httpx.Client) -> None:
    assert client.get("/auth/login-test", params={"role": "calco2.backoffice.admin"}).status_code == 404


def _family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return [pid, *(other for child in children for other in _family(int(child)))]


def test_the_token_is_in_no_command_line_environment_log_or_file(tmp_path: Path) -> None:
    backend = LocalBackend(tmp_path / "data")
    try:
        url = backend.wait_ready()
        tokens = [backend.token(), backend.token(), "not-a-good-one"]
        assert tokens[0] != tokens[1]
        for token in tokens:
            httpx.post(f"{url}/auth/local", json={"token": token}, timeout=20)
        assert backend.pid is not None
        family = _family(backend.pid)
        assert len(family) > 1  # the worker, too
        seen = b"".join(
            Path(f"/proc/{pid}/{name}").read_bytes()
            for pid in (*family, os.getpid())
            for name in ("cmdline", "environ")
        )
        assert b"--token-from-input" in seen
        seen += subprocess.run(["ps", "-eo", "args"], capture_output=True, check=False).stdout
    finally:
        backend.stop()
    seen += "\n".join(backend.last_words).encode()
    for path in (tmp_path / "data").rglob("*"):
        seen += path.read_bytes() if path.is_file() else b""
    assert len(seen) > 100_000  # the database is among it
    for token in tokens:
        assert token is not None
        assert token.encode() not in seen


def test_each_start_has_a_token_of_its_own_and_sessions_outlive_it(tmp_path: Path) -> None:
    backend = LocalBackend(tmp_path / "data")
    try:
        url = backend.wait_ready()
        first = backend.token()
        with httpx.Client(base_url=url, timeout=20) as client:
            assert first is not None
            assert enter(client, first).status_code == 200
            second = backend.token()
            backend.stop()
            assert backend.token() is None
            backend.wait_ready()
            assert client.get("/session").status_code == 200
            assert second is not None
            assert enter(client, second).status_code == 401
            third = backend.token()
            assert third is not None
            assert enter(client, third).status_code == 200
            assert re.fullmatch(r"[\w-]{40,}", third)
    finally:
        backend.stop()


def test_a_demonstration_backend_takes_no_token(tmp_path: Path) -> None:
    backend = LocalBackend(tmp_path / "data", demo=True)
    try:
        url = backend.wait_ready()
        assert backend.token() is None
        assert httpx.post(f"{url}/auth/local", json={"token": TOKEN}).status_code == 404
    finally:
        backend.stop()
