"""PostgreSQL: several workers and backends on one database, secrets that stay secret, and a server that goes away."""

from __future__ import annotations

import os
import signal
import statistics
import subprocess
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from tests.backend_process import BackendProcess, command
from tests.postgres import GUARDED, PASSWORD, Cluster
from yearadmin.embedded.engine_postgresql import PostgresKind, checked_url
from yearadmin.embedded.schema import metadata

from .backends import Backend, Database, events

DATA, FACTORS = 0, 1
SLOTS = tuple({"module_type_id": module, "data_entry_type_id": det} for module, det in ((8, 50), (1, 1)))
SENT_WITHIN = 0.05  # seconds from the commit
YEARS = (2026, 2027)


@pytest.fixture
def database(cluster: Cluster) -> Database:
    """An empty database."""
    return Database(cluster, cluster.new())


@pytest.fixture
def serve(tmp_path: Path, database: Database) -> Iterator[Callable[..., Backend]]:
    """Starts backends on one database, each with a data directory of its own and all with the same files."""
    made: list[Backend] = []

    def start(*args: str, url: str = database.url) -> Backend:
        process, folder = BackendProcess(), tmp_path / f"backend{len(made)}"
        process.start(folder, "--database-url", url, "--files-dir", str(tmp_path / "files"), *args)
        made.append(Backend(process, folder, database))
        return made[-1]

    yield start
    for backend in made:
        backend.close()
        backend.process.kill()


def workers_of(backend: Backend) -> list[int]:
    pid = backend.process.process.pid
    return [int(item) for item in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]


def wait_until(true: Callable[[], bool], seconds: float = 10.0) -> bool:
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.02)
    return true()


def upload(backend: Backend, years: Sequence[int]) -> dict[str, list[str]]:
    """For each year two submodules, ten files each; the last of each slot has the most rows. The pipelines by slot."""
    for year in years:
        backend.year(year)
        backend.ingest(year, FACTORS, "f.csv", "category,unit,ef_kg_co2eq_per_unit\nco2,kg,1\n", **SLOTS[0])
    started = defaultdict(list)
    for number in range(1, 11):
        gases = "unit_institutional_id,category,quantity\n" + "13032,co2,5\n" * number
        people = "unit_institutional_id,name,sius_code,user_institutional_id,fte\n" + "".join(
            f"13032,P{row},51,{100 + row},1\n" for row in range(number)
        )
        for year in years:
            for slot, content in zip(SLOTS, (gases, people), strict=True):
                answer = backend.dispatch(year, DATA, backend.put(f"d{number}.csv", content), **slot)
                started[f"{year} {slot['data_entry_type_id']}"].append(answer.json()["pipeline_id"])
    return started


def check(backend: Backend, started: dict[str, list[str]]) -> None:
    """All ended well, one after the other within each slot, and the last file is what is left of each."""
    assert wait_until(lambda: backend.ask("SELECT count(*) FROM jobs WHERE state <> 3") == [(0,)], 60)
    for slot, pipelines in started.items():
        for pipeline in pipelines:
            ended = backend.client().get(f"/sync/pipelines/{pipeline}").json()
            assert ended["progress"]["status"] == "SUCCESS", (slot, ended)
            assert [job["job_type"] for job in ended["jobs"]].count("csv_ingest") == 1
        year, det = slot.split()
        counted = "SELECT count(*) FROM data_entries e JOIN entry_loads l ON l.id = e.load_id WHERE l.state = 1"
        assert backend.ask(f"{counted} AND l.year = ? AND l.data_entry_type_id = ?", int(year), int(det)) == [(10,)]
    spans = defaultdict(list)
    for *scope, begun, ended in backend.ask(
        "SELECT module_type_id, data_entry_type_id, target_type, ingestion_method, year, started_at, finished_at"
        " FROM jobs WHERE attempts = 1 ORDER BY started_at"
    ):
        spans[tuple(scope)].append((begun, ended))
    for scope, found in spans.items():
        assert all(later[0] >= earlier[1] for earlier, later in pairwise(found)), scope


def test_two_workers_share_forty_uploads_and_none_is_lost_or_done_twice(serve: Callable[..., Backend]) -> None:
    backend = serve("--workers", "2")
    assert len(workers_of(backend)) == 2
    started = upload(backend, YEARS)
    assert sum(map(len, started.values())) == 40
    check(backend, started)
    assert backend.ask("SELECT max(attempts) FROM jobs") == [(1,)]
    assert backend.ask("SELECT count(DISTINCT locked_by) FROM jobs") == [(2,)]
    assert len(backend.client().get("/sync/workers").json()) == 2
    assert backend.process.errors == ""


def test_one_of_two_workers_is_killed_and_the_other_finishes_its_work(serve: Callable[..., Backend]) -> None:
    backend = serve("--workers", "2", "--pace", "0.03")
    started = upload(backend, YEARS[:1])
    victim = workers_of(backend)[0]
    held = "SELECT count(*) FROM jobs WHERE state = 2 AND locked_by LIKE ?"
    assert wait_until(lambda: backend.ask(held, f"%/{victim}") > [(0,)])
    os.kill(victim, signal.SIGKILL)
    check(backend, started)
    ((most,),) = backend.ask("SELECT max(attempts) FROM jobs")
    assert most in (1, 2)  # 1: it was killed between two jobs
    assert "started again" in backend.process.errors


def test_a_backend_that_is_killed_leaves_its_work_to_another(serve: Callable[..., Backend]) -> None:
    dying = serve("--pace", "0.3")
    pipeline = dying.client().post("/year-configuration/2026").json()["pipeline_id"]
    assert wait_until(lambda: dying.ask("SELECT state FROM jobs") == [(2,)])
    living = serve()
    dying.process.kill()
    assert living.follow(pipeline)[-1]["progress"]["status"] == "SUCCESS"
    assert len(living.client().get("/sync/workers").json()) == 1


def test_a_backend_that_stops_hands_its_work_over_at_once(serve: Callable[..., Backend]) -> None:
    stopping = serve("--pace", "2")
    pipeline = stopping.client().post("/year-configuration/2026").json()["pipeline_id"]
    assert wait_until(lambda: stopping.ask("SELECT state FROM jobs") == [(2,)])
    staying = serve()
    stopping.process.stop()
    assert staying.follow(pipeline)[-1]["progress"]["status"] == "SUCCESS"
    assert staying.ask("SELECT attempts FROM jobs") == [(1,)]  # being stopped is no attempt


def test_a_worker_that_hangs_loses_its_work_and_writes_nothing_when_it_wakes(serve: Callable[..., Backend]) -> None:
    hanging = serve("--pace", "0.3")
    pipeline = hanging.client().post("/year-configuration/2026").json()["pipeline_id"]
    assert wait_until(lambda: hanging.ask("SELECT state FROM jobs") == [(2,)])
    (worker,) = workers_of(hanging)
    os.kill(worker, signal.SIGSTOP)
    try:
        other = serve()
        long_ago = datetime.now(UTC) - timedelta(minutes=2)
        hanging.ask("UPDATE workers SET last_heartbeat_at = ? WHERE pod_id LIKE ?", long_ago, f"%/{worker}")
        seen = other.follow(pipeline)
    finally:
        os.kill(worker, signal.SIGCONT)
    assert seen[-1]["progress"]["status"] == "SUCCESS"
    row = "SELECT locked_by, finished_at, meta::text FROM jobs"
    before = other.ask(row)
    time.sleep(0.8)  # longer than the pace: what it was about to write it has tried to
    assert other.ask(row) == before
    assert f"/{worker}" not in before[0][0]


def test_a_stream_of_one_backend_hears_the_commits_of_anothers_worker(serve: Callable[..., Backend]) -> None:
    near, far = serve(), serve("--pace", "0.1")
    (idle,) = workers_of(near)
    os.kill(idle, signal.SIGSTOP)  # so that the other's takes the work
    delays = []
    try:
        job = near.client().post("/sync/units", json={"target_year": 2026}).json()["job_id"]
        for told in events(near.client(), f"/sync/jobs/{job}/stream"):
            received = time.time()
            history = told["meta"].get("status_history")
            stamp = told["meta"].get("completed_at") or (history[-1]["ts"] if history else None)
            if stamp and not told.get("stream_closed"):
                delays.append(received - datetime.fromisoformat(stamp).timestamp())
    finally:
        os.kill(idle, signal.SIGCONT)
    ((owner,),) = far.ask("SELECT locked_by FROM jobs WHERE id = ?", job)
    assert owner.endswith(f"/{workers_of(far)[0]}")
    assert len(delays) >= 4
    assert statistics.median(delays) < SENT_WITHIN, delays


def test_backends_that_start_at_once_on_an_empty_database_both_come_up(tmp_path: Path, database: Database) -> None:
    started = [
        subprocess.Popen(
            command(tmp_path / str(number), "--database-url", database.url), stdout=subprocess.PIPE, stderr=2
        )
        for number in range(3)
    ]
    lines = [process.stdout.readline() for process in started if process.stdout]
    for process in started:
        process.terminate()
        assert process.wait(5) == 0
        assert process.stdout
        process.stdout.close()
    assert all(b"base_url" in line for line in lines)


def test_every_session_is_cut_and_streams_and_jobs_go_on(serve: Callable[..., Backend]) -> None:
    backend = serve()
    backend.year(2026)
    cut = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = ? AND pid <> pg_backend_pid()"
    ((number,),) = backend.ask(cut, backend.ask("SELECT current_database()")[0][0])
    assert number >= 2
    assert wait_until(lambda: "trying again" in backend.process.errors)
    backend.year(2027)


def test_what_migrations_make_there_is_what_the_program_expects(database: Database) -> None:
    kind = PostgresKind(checked_url(database.url))
    kind.bring_up_to_date()
    engine = create_engine(checked_url(database.url))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_text_no_database_keeps_is_no_error(serve: Callable[..., Backend]) -> None:
    client = serve().client()
    assert client.get("/sync/pipelines", params={"q": "a\0b"}).status_code == 200
    assert client.get("/auth/login-test", params={"role": "a\0b"}).status_code == 302


# --- what is refused


def run(*args: str, data_dir: Path, **more: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, **more}
    return subprocess.run(command(data_dir, *args), capture_output=True, text=True, timeout=20, check=False, env=env)


@pytest.mark.parametrize("form", ["postgresql+psycopg://u:{}@host/db", "postgresql+psycopg://u@host/db?password={}"])
def test_a_password_on_the_command_line_is_refused_and_not_repeated(tmp_path: Path, form: str) -> None:
    ended = run("--database-url", form.format("topsecret"), data_dir=tmp_path)
    assert ended.returncode == 2
    assert "--database-password-file" in ended.stderr
    assert "topsecret" not in ended.stderr


@pytest.mark.parametrize("url", ["nonsense", "mysql://u@host/db", "sqlite:///x.db", "postgresql+asyncpg://u@host/db"])
def test_an_address_of_something_else_is_refused(tmp_path: Path, url: str) -> None:
    ended = run("--database-url", url, data_dir=tmp_path)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "postgresql+psycopg://" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_several_workers_need_postgresql(tmp_path: Path) -> None:
    ended = run("--workers", "2", data_dir=tmp_path)
    assert ended.returncode == 2
    assert "--database-url" in ended.stderr


def test_the_password_comes_from_a_file_and_is_seen_nowhere(
    tmp_path: Path, cluster: Cluster, database: Database, serve: Callable[..., Backend]
) -> None:
    secret = tmp_path / "password"
    secret.write_text(PASSWORD + "\n", encoding="utf-8")
    secret.chmod(0o600)
    backend = serve("--database-password-file", str(secret), url=cluster.url(database.name, GUARDED))
    backend.year(2026)
    for pid in (backend.process.process.pid, *workers_of(backend)):
        for shown in ("cmdline", "environ"):
            assert PASSWORD.encode() not in Path(f"/proc/{pid}/{shown}").read_bytes()
    assert backend.process.errors == ""


def test_the_password_may_come_from_postgresqls_own_file(tmp_path: Path, cluster: Cluster, database: Database) -> None:
    own = tmp_path / "pgpass"
    own.write_text(f"*:*:*:{GUARDED}:{PASSWORD.replace(':', chr(92) + ':')}\n", encoding="utf-8")
    own.chmod(0o600)
    url = cluster.url(database.name, GUARDED)
    env = {**os.environ, "PGPASSFILE": str(own)}
    started = subprocess.Popen(
        command(tmp_path, "--database-url", url), stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env
    )
    assert started.stdout
    assert started.stderr
    line = started.stdout.readline()
    started.terminate()
    assert (started.wait(5), started.stderr.read()) == (0, b"")
    assert b"base_url" in line
    started.stdout.close()
    started.stderr.close()


def test_a_wrong_password_is_told_without_it(tmp_path: Path, cluster: Cluster, database: Database) -> None:
    secret = tmp_path / "password"
    secret.write_text("wrong-and-secret\n", encoding="utf-8")
    url = cluster.url(database.name, GUARDED)
    ended = run("--database-url", url, "--database-password-file", str(secret), data_dir=tmp_path)
    assert (ended.returncode, ended.stdout) == (3, "")
    assert "password authentication failed" in ended.stderr
    assert "wrong-and-secret" not in ended.stderr
    assert "Traceback" not in ended.stderr
    missing = run("--database-url", url, "--database-password-file", str(tmp_path / "none"), data_dir=tmp_path)
    assert missing.returncode == 2
    assert "none" in missing.stderr


def test_a_server_that_does_not_answer_is_told(tmp_path: Path) -> None:
    ended = run("--database-url", f"postgresql+psycopg://u@/db?host={tmp_path}", data_dir=tmp_path)
    assert ended.returncode == 3
    assert "can’t be used" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_database_of_a_newer_version_or_another_program_is_left_alone(tmp_path: Path, database: Database) -> None:
    database.ask("CREATE TABLE mine (a integer)")
    ended = run("--database-url", database.url, data_dir=tmp_path)
    assert (ended.returncode, "another program" in ended.stderr) == (3, True)
    database.ask("CREATE TABLE alembic_version (version_num varchar(32))")
    database.ask("INSERT INTO alembic_version VALUES ('9999')")
    ended = run("--database-url", database.url, data_dir=tmp_path)
    assert (ended.returncode, "newer version" in ended.stderr) == (3, True)
    assert database.ask("SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'") == [(2,)]
