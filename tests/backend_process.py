"""An embedded backend as a real process for tests: start it, kill it, start it again on the same data.

Never leaves a process behind: every one it starts is in a group of its own, which ends with it.
"""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

START_WITHIN = 20.0  # seconds; a machine busy with other tests is slow
STOP_WITHIN = 5.0


class BackendProcess:
    """``yearadmin serve`` on one data directory; use it as a context manager or call :meth:`stop`."""

    def __init__(self) -> None:
        self.base_url = ""
        self.ready: dict[str, object] = {}
        self._process: subprocess.Popen[bytes] | None = None
        self._errors: Path | None = None

    def start(self, data_dir: Path, *args: str, demo: bool = True, stdin: int | None = subprocess.DEVNULL) -> str:
        """Start it with ``args``, wait until it answers, and give its base URL."""
        assert self._process is None, "already running"
        data_dir.mkdir(parents=True, exist_ok=True)
        self._errors = data_dir / "stderr.txt"
        with self._errors.open("ab") as errors:
            self._process = subprocess.Popen(
                [*command(data_dir, *args), *(["--demo"] if demo else [])],
                stdin=stdin,
                stdout=subprocess.PIPE,
                stderr=errors,
                start_new_session=True,
            )
        assert self._process.stdout is not None
        readable, _, _ = select.select([self._process.stdout], [], [], START_WITHIN)
        line = self._process.stdout.readline() if readable else b""
        if not line:
            self.kill()
            raise AssertionError(f"the backend did not start: {self.errors}")
        self.ready = json.loads(line)
        self.base_url = str(self.ready["base_url"])
        return self.base_url

    @property
    def process(self) -> subprocess.Popen[bytes]:
        """The running process."""
        assert self._process is not None, "not running"
        return self._process

    @property
    def errors(self) -> str:
        """What it has written to standard error, in this and earlier runs on the data directory."""
        return self._errors.read_text(encoding="utf-8") if self._errors else ""

    def kill(self) -> None:
        """End it and all its children at once, as a power cut would."""
        process, self._process = self._process, None
        if process is None:
            return
        _signal_group(process.pid, signal.SIGKILL)
        process.wait()
        _close_pipes(process)

    def stop(self) -> float:
        """Ask it to end and wait; how many seconds that took. Fails when it does not end or ends with an error."""
        process, self._process = self._process, None
        if process is None:
            return 0.0
        began = time.monotonic()
        process.terminate()
        try:
            code = process.wait(STOP_WITHIN)
        except subprocess.TimeoutExpired:
            code = None
        took = time.monotonic() - began
        _signal_group(process.pid, signal.SIGKILL)
        process.wait()
        _close_pipes(process)
        assert code == 0, f"the backend ended with {code}: {self.errors}"
        return took

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.stop()
        else:
            self.kill()


def command(data_dir: Path, *args: str) -> list[str]:
    """The command line of a backend."""
    return [sys.executable, "-m", "yearadmin", "serve", "--data-dir", str(data_dir), *args]


def _signal_group(pid: int, number: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(pid, number)


def _close_pipes(process: subprocess.Popen[bytes]) -> None:
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()
