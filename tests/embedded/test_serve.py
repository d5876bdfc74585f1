"""The backend as a program: how it starts, what it refuses to start on, and how it ends."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import sqlite3
import statistics
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from tests.backend_process import BackendProcess, command
from yearadmin.embedded.running import GRACE

from .backends import Backend


def run(*args: str, data_dir: Path) -> subprocess.CompletedProcess[str]:
    """Run a backend that is expected to end by itself."""
    return subprocess.run(command(data_dir, *args), capture_output=True, text=True, timeout=20, check=False)


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").split(") ")[1][0] != "Z"
    except FileNotFoundError:
        return False


def children(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    return [int(item) for item in found.split()]


def wait_until(true: Callable[[], bool], seconds: float = 10.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.02)
    return true()


def test_it_says_in_one_line_where_it_answers(backend: Backend) -> None:
    ready = backend.process.ready
    assert ready == {"base_url": backend.process.base_url, "pid": backend.process.process.pid}
    assert str(ready["base_url"]).startswith("http://127.0.0.1:")
    assert str(ready["base_url"]).endswith("/v1")


def test_what_lies_beside_the_version_prefix_answers_without_a_session(backend: Backend) -> None:
    root = backend.process.base_url.removesuffix("/v1")
    assert httpx.get(f"{root}/healthz").json() == {"status": "ok"}
    assert httpx.get(f"{root}/").json()["status"] == "running"
    ready = httpx.get(f"{root}/ready")
    assert (ready.status_code, ready.json()["database"]) == (200, "ok")


def test_both_prefixes_answer_alike(backend: Backend) -> None:
    root = backend.process.base_url.removesuffix("/v1")
    cookies = dict(backend.client().cookies)
    with httpx.Client(cookies=cookies) as client:
        assert client.get(f"{root}/api/v1/session").json() == client.get(f"{root}/v1/session").json()


def test_an_answer_does_not_wait_for_the_next_packet(backend: Backend) -> None:
    """Without TCP_NODELAY each answer takes 40 ms more."""
    times = []
    for _ in range(30):
        began = time.perf_counter()
        assert backend.client().get("/session").status_code == 200
        times.append(time.perf_counter() - began)
    assert statistics.median(times) < 0.03


def test_it_listens_on_this_computer_only(backend: Backend) -> None:
    port = int(backend.process.base_url.split(":")[2].split("/")[0])
    lines = Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]
    listening = {line.split()[1] for line in lines if line.split()[3] == "0A"}
    assert [item for item in listening if item.endswith(f":{port:04X}")] == [f"0100007F:{port:04X}"]


def test_without_demo_nobody_signs_in_as_a_test_user(fresh: Callable[..., Backend]) -> None:
    answer = fresh(demo=False).client(None).get("/auth/login-test", params={"role": "calco2.backoffice.admin"})
    assert (answer.status_code, answer.json()) == (404, {"detail": "Not Found"})


def test_a_port_that_is_taken_is_named(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ended = run("--port", str(port), data_dir=tmp_path)
    assert ended.returncode == 2
    assert str(port) in ended.stderr
    assert "Traceback" not in ended.stderr
    assert ended.stdout == ""


def test_two_backends_never_share_a_data_directory(backend: Backend) -> None:
    ended = run(data_dir=backend.data_dir)
    assert ended.returncode == 1
    assert f"process {backend.process.process.pid}" in ended.stderr
    assert backend.client().get("/session").status_code == 200


@pytest.mark.parametrize("option", [("--port", "70000"), ("--pace", "-1"), ("--pace", "soon"), ("--unknown",)])
def test_wrong_options_are_explained(tmp_path: Path, option: tuple[str, ...]) -> None:
    ended = run(*option, data_dir=tmp_path)
    assert ended.returncode == 2
    assert "usage: yearadmin serve" in ended.stderr


def test_the_help_tells_what_pace_is_for(tmp_path: Path) -> None:
    ended = run("--help", data_dir=tmp_path)
    assert ended.returncode == 0
    assert "--pace SECONDS" in ended.stdout
    assert "--as-worker" not in ended.stdout


def test_data_of_a_newer_version_is_refused_and_left_alone(tmp_path: Path, fresh: Callable[..., Backend]) -> None:
    fresh().process.stop()
    path = tmp_path / "data" / "backend.sqlite"
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute("UPDATE alembic_version SET version_num = '9999'")
        db.commit()
    before = path.read_bytes()
    ended = run(data_dir=tmp_path / "data")
    assert ended.returncode == 3
    assert "newer version" in ended.stderr
    assert path.read_bytes() == before


def test_a_data_directory_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    ended = run(data_dir=tmp_path / "file" / "data")
    assert ended.returncode == 3
    assert "Traceback" not in ended.stderr


def test_it_ends_at_once_and_its_streams_end_cleanly(fresh: Callable[..., Backend]) -> None:
    idle = fresh().process.stop()
    backend = fresh("--pace", "5")
    pipeline = backend.client().post("/year-configuration/2026").json()["pipeline_id"]
    worker = children(backend.process.process.pid)
    with backend.client().stream("GET", f"/sync/pipelines/{pipeline}/stream") as stream:
        lines = stream.iter_lines()
        assert next(lines) == "event: pipeline-update"
        took = backend.process.stop()
        rest = list(lines)  # raises when the stream is cut instead of ended
    # Neither the stream nor the job in the middle of a step makes use of the grace; measured beside an idle backend,
    # because seconds say nothing on a busy machine.
    assert took < idle + GRACE
    assert not any("stream_closed" in line for line in rest)
    assert len(worker) == 1
    assert wait_until(lambda: not is_running(worker[0]))
    assert backend.process.errors == ""


def test_the_worker_ends_when_its_backend_is_killed(tmp_path: Path) -> None:
    process = BackendProcess()
    process.start(tmp_path)
    (worker,) = children(process.process.pid)
    assert is_running(worker)
    os.kill(process.process.pid, 9)
    assert wait_until(lambda: not is_running(worker), 3.0)
    process.kill()


def test_a_worker_that_dies_is_started_again_and_the_work_goes_on(fresh: Callable[..., Backend]) -> None:
    backend = fresh("--pace", "0.2")
    pipeline = backend.client().post("/year-configuration/2026").json()["pipeline_id"]
    (worker,) = children(backend.process.process.pid)
    assert wait_until(lambda: backend.ask("SELECT state FROM jobs") == [(2,)])
    os.kill(worker, 9)
    assert backend.follow(pipeline)[-1]["progress"]["status"] == "SUCCESS"
    assert backend.ask("SELECT attempts FROM jobs") == [(2,)]
    assert "started again" in backend.process.errors


def test_with_a_parent_that_is_gone_it_ends(tmp_path: Path) -> None:
    process = BackendProcess()
    process.start(tmp_path, "--stop-with-parent", stdin=subprocess.PIPE)
    running = process.process
    assert running.stdin is not None
    running.stdin.close()
    assert running.wait(3) == 0
    process.kill()


def test_the_signing_key_is_for_its_owner_alone_and_stays_the_same(
    tmp_path: Path, fresh: Callable[..., Backend]
) -> None:
    backend = fresh()
    key = tmp_path / "data" / "signing.key"
    assert key.stat().st_mode & 0o777 == 0o600
    cookies = dict(backend.client().cookies)
    backend.process.stop()
    again = fresh()
    with httpx.Client(cookies=cookies) as client:
        assert client.get(f"{again.process.base_url}/session").status_code == 200


def test_the_openapi_description_can_be_read(backend: Backend) -> None:
    root = backend.process.base_url.removesuffix("/v1")
    described = json.loads(httpx.get(f"{root}/openapi.json").text)
    assert "/v1/year-configuration/{year}" in described["paths"]
