"""One backend for most tests of this folder, and fresh ones for those that stop or kill theirs.

Tests of jobs and streams run on SQLite and on PostgreSQL. Where no PostgreSQL server is installed, those on it are not
collected, and the end of the run says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests import postgres
from tests.backend_process import BackendProcess
from tests.postgres import Cluster

from .backends import Backend, Database

ON_BOTH = {"test_crash", "test_large_files", "test_pipelines", "test_streams"}
MISSING = postgres.missing()
collect_ignore = ["test_postgresql.py"] if MISSING else []


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Whatever needs a backend says on which engine."""
    if "engine" in metafunc.fixturenames:
        both = metafunc.module.__name__.rpartition(".")[2] in ON_BOTH and not MISSING
        engines = ["sqlite", "postgresql"] if both else ["sqlite"]
        metafunc.parametrize("engine", engines, indirect=True, scope="session")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was not tested."""
    if MISSING:
        terminalreporter.section("not tested")
        terminalreporter.line(f"the built-in server on PostgreSQL: {MISSING}")


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL server for all tests that need one."""
    running = Cluster()
    yield running
    running.close()


@pytest.fixture(scope="session")
def engine(request: pytest.FixtureRequest) -> Callable[[], Database | None]:
    """Makes a new database; None stands for SQLite, which makes its own in the data directory."""
    if request.param == "sqlite":
        return lambda: None
    server: Cluster = request.getfixturevalue("cluster")
    return lambda: Database(server, server.new())


@pytest.fixture(scope="session")
def backend(tmp_path_factory: pytest.TempPathFactory, engine: Callable[[], Database | None]) -> Iterator[Backend]:
    """A backend shared by all tests that leave others' years alone: each takes a year of its own."""
    data_dir = tmp_path_factory.mktemp("backend")
    process = BackendProcess()
    database = engine()
    process.start(data_dir, *on(database))
    running = Backend(process, data_dir, database)
    yield running
    running.close()
    process.stop()
    assert process.errors == ""


@pytest.fixture(scope="session")
def next_year() -> Callable[[], int]:
    """Hands out a year nobody else has."""
    numbers = iter(range(3000, 9000))
    return lambda: next(numbers)


def on(database: Database | None) -> list[str]:
    """The options that start a backend on a database."""
    return [] if database is None else ["--database-url", database.url]


@pytest.fixture
def fresh(tmp_path: Path, engine: Callable[[], Database | None]) -> Iterator[Callable[..., Backend]]:
    """Starts backends on the test's own folder, one at a time; the last one is gone after the test."""
    process = BackendProcess()
    database = engine()
    made: list[Backend] = []

    def start(*args: str, demo: bool = True) -> Backend:
        process.start(tmp_path / "data", *on(database), *args, demo=demo)
        made.append(Backend(process, tmp_path / "data", database))
        return made[-1]

    yield start
    for backend in made:
        backend.close()
    process.kill()
