"""One backend for most tests of this folder, and fresh ones for those that stop or kill theirs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.backend_process import BackendProcess

from .backends import Backend


@pytest.fixture(scope="session")
def backend(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    """A backend shared by all tests that leave others' years alone: each takes a year of its own."""
    data_dir = tmp_path_factory.mktemp("backend")
    process = BackendProcess()
    process.start(data_dir)
    running = Backend(process, data_dir)
    yield running
    running.close()
    process.stop()
    assert process.errors == ""


@pytest.fixture(scope="session")
def next_year() -> Callable[[], int]:
    """Hands out a year nobody else has."""
    numbers = iter(range(3000, 9000))
    return lambda: next(numbers)


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Callable[..., Backend]]:
    """Starts backends on the test's own folder, one at a time; the last one is gone after the test."""
    process = BackendProcess()
    made: list[Backend] = []

    def start(*args: str, demo: bool = True) -> Backend:
        process.start(tmp_path / "data", *args, demo=demo)
        made.append(Backend(process, tmp_path / "data"))
        return made[-1]

    yield start
    for backend in made:
        backend.close()
    process.kill()
