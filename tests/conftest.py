"""Gates for every test: its own home on disk, no unexpected log warning, and nothing left running behind it."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

# Before anything imports Qt: no test needs a screen, and without one Qt would end the process.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Nothing a test writes reaches the home of whoever runs it, and nothing there reaches the test."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(home / name.lower()))
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    return home


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """A warning of ours in the log that a test did not announce with ``expects_log`` fails it."""
    records: list[logging.LogRecord] = []

    class Keeper(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            records.append(record)

    keeper = Keeper(logging.WARNING)
    ours = logging.getLogger("yearadmin")
    ours.addHandler(keeper)
    try:
        result = yield
    finally:
        ours.removeHandler(keeper)
    if "expects_log" not in item.keywords and records:
        pytest.fail("unexpected in the log:\n" + "\n".join(record.getMessage() for record in records))
    return result


@pytest.fixture(autouse=True)
def no_threads_left() -> Iterator[None]:
    """Threads of our own making end with the test that started them."""
    before = set(threading.enumerate())
    yield
    left = [thread.name for thread in set(threading.enumerate()) - before if thread.is_alive() and not thread.daemon]
    ours = [name for name in left if not name.startswith(("asyncio_", "pytest"))]
    assert ours == []
