"""The embedded backend starts early, is waited for late, comes back when it died, and never outlives its program."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from yearadmin.contract.problems import ProblemCode, ProblemError
from yearadmin.remote.api import Api
from yearadmin.remote.backend import LocalBackend
from yearadmin.remote.transport import Transport

Make = Callable[..., LocalBackend]


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    made: list[LocalBackend] = []

    def one(**more: object) -> LocalBackend:
        backend = LocalBackend(tmp_path / "backend", demo=True, **more)  # type: ignore[arg-type]
        made.append(backend)
        return backend

    yield one
    for backend in made:
        backend.stop()


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    return not (stat.exists() and stat.read_text().rpartition(")")[2].split()[0] == "Z")


async def answers(base_url: str) -> bool:
    api = Api(Transport(base_url))
    try:
        return await api.healthy()
    finally:
        await api.aclose()


async def test_it_is_started_at_once_and_answers_where_it_said(make: Make) -> None:
    backend = make()
    base = backend.base_url
    began = time.monotonic()
    backend.start()
    assert time.monotonic() - began < 0.5
    await backend.ensure()
    assert backend.is_running
    assert backend.base_url == base
    assert await answers(base)
    pid = backend.pid
    assert pid is not None
    backend.stop()
    assert not backend.is_running
    assert not is_alive(pid)
    backend.stop()


async def test_one_that_died_is_started_again_on_the_same_port(make: Make) -> None:
    backend = make()
    await backend.ensure()
    base, pid = backend.base_url, backend.pid
    assert pid is not None
    os.killpg(pid, signal.SIGKILL)
    while backend.is_running:
        time.sleep(0.01)  # noqa: ASYNC251
    assert not await answers(base)
    await backend.ensure()
    assert backend.pid != pid
    assert await answers(base)
    await backend.ensure()  # running: nothing is started
    assert await answers(base)


async def test_a_port_that_somebody_took_meanwhile_is_given_up_for_another_one_once(make: Make) -> None:
    backend = make()
    chosen = backend.base_url
    with socket.create_server(("127.0.0.1", urlsplit(chosen).port or 0)) as thief:
        assert await backend.ensure() == backend.base_url != chosen
        assert await answers(backend.base_url)
        assert thief.fileno() >= 0
    moved = backend.base_url
    backend.stop()
    with (
        socket.create_server(("127.0.0.1", urlsplit(moved).port or 0)),
        pytest.raises(ProblemError) as caught,
    ):  # it has answered there: whoever knows the address would not find it elsewhere
        await backend.ensure()
    assert caught.value.problem.code is ProblemCode.BACKEND_FAILED
    assert await backend.ensure() == backend.base_url == moved


async def test_a_port_that_was_asked_for_is_never_changed(make: Make) -> None:
    with socket.create_server(("127.0.0.1", 0)) as thief:
        backend = make(port=thief.getsockname()[1])
        with pytest.raises(ProblemError) as caught:
            await backend.ensure()
    assert "Port" in caught.value.problem.server_words
    assert await backend.ensure() == backend.base_url


async def test_one_that_cannot_start_says_why_in_its_own_words(make: Make, tmp_path: Path) -> None:
    (tmp_path / "backend").write_text("a file where the folder should be")
    backend = make()
    with pytest.raises(ProblemError) as caught:
        await backend.ensure()
    assert caught.value.problem.code is ProblemCode.BACKEND_FAILED
    assert "yearadmin serve:" in caught.value.problem.server_words
    assert not backend.is_running
    (tmp_path / "backend").unlink()
    await backend.ensure()
    assert await answers(backend.base_url)


async def test_two_on_one_data_directory_are_refused(make: Make) -> None:
    first = make()
    await first.ensure()
    second = make()
    with pytest.raises(ProblemError) as caught:
        await second.ensure()
    assert caught.value.problem.code is ProblemCode.BACKEND_FAILED
    assert await answers(first.base_url)


async def test_one_that_takes_too_long_is_ended(make: Make) -> None:
    backend = make(start_within=0.01)
    with pytest.raises(ProblemError) as caught:
        await backend.ensure()
    assert caught.value.problem.code is ProblemCode.BACKEND_FAILED
    assert not backend.is_running


def test_a_program_that_is_killed_leaves_no_backend_behind(tmp_path: Path) -> None:
    program = (
        "import sys, time; from pathlib import Path; from yearadmin.remote.backend import LocalBackend\n"
        "backend = LocalBackend(Path(sys.argv[1]), demo=True); backend.wait_ready()\n"
        "print(backend.pid, flush=True); time.sleep(60)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path / "backend")], stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        pid = int(process.stdout.readline())
        assert is_alive(pid)
        process.kill()
        deadline = time.monotonic() + 10
        while is_alive(pid) and time.monotonic() < deadline:
            time.sleep(0.02)
        assert not is_alive(pid)
