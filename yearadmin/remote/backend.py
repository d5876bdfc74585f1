"""The embedded backend as a process of this program: started early, awaited late, ended with the window.

Never imports the backend itself and never leaves it behind: it stops when this process ends, however that happens.
"""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
from collections import deque
from contextlib import suppress
from pathlib import Path
from typing import IO

from yearadmin.contract.problems import Problem, ProblemCode, ProblemError

_LAST_LINES = 20
_HOST = "127.0.0.1"


class LocalBackend:
    """One ``yearadmin serve`` on one data directory.

    :meth:`start` returns at once, so that the process starts while the window is still being built; :meth:`ensure`
    waits until it answers. The port is chosen before the start: ``base_url`` is known early and stays the same when the
    backend has to be started again. Only when somebody else has taken the port before the first time it answers,
    another one is chosen, once. Without ``demo``, :meth:`token` is the way to sign in. ``pace``, ``start_within``
    and ``stop_within`` are in seconds.
    """

    def __init__(
        self,
        data_dir: Path,
        *,
        demo: bool = False,
        sample: bool = False,
        units: Path | None = None,
        pace: float | None = None,
        port: int = 0,
        start_within: float = 30.0,
        stop_within: float = 5.0,
    ) -> None:
        self._command = [sys.executable, "-m", "yearadmin", "serve", "--stop-with-parent", "--data-dir", str(data_dir)]
        self._command += ["--demo"] if demo else ["--token-from-input"]
        self._hands_tokens = not demo
        self._token: str | None = None  # known to the running process, and not asked for yet
        self._command += ["--sample"] if sample else []
        self._command += ["--units", str(units)] if units is not None else []
        self._command += ["--pace", str(pace)] if pace is not None else []
        self._port = port or _free_port()
        self._may_move = not port  # to another one: until it has answered
        self._start_within = start_within
        self._stop_within = stop_within
        self._process: subprocess.Popen[bytes] | None = None
        self._last_lines: deque[str] = deque(maxlen=_LAST_LINES)
        self._readers: list[threading.Thread] = []
        self._ready = threading.Event()  # it answers, or will not any more
        self._answers = False
        self._lock = threading.Lock()

    @property
    def base_url(self) -> str:
        """Where it answers, version prefix included."""
        return f"http://{_HOST}:{self._port}/v1"

    @property
    def is_running(self) -> bool:
        """Whether the process is alive."""
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int | None:
        """The process's number while it is alive."""
        return self._process.pid if self._process is not None and self.is_running else None

    @property
    def last_words(self) -> tuple[str, ...]:
        """The last lines it has written to standard error since its start."""
        return tuple(self._last_lines)

    def start(self) -> None:
        """Start the process unless it runs, without waiting for it; needs no event loop. Raises BACKEND_FAILED."""
        with self._lock:
            if self.is_running:
                return
            self._forget()
            self._last_lines.clear()
            try:
                process = subprocess.Popen(
                    [*self._command, "--port", str(self._port)],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE,
                    start_new_session=os.name == "posix",
                )
            except OSError as error:
                raise _failed(error.strerror or str(error)) from error
            self._process = process
            self._token = self._hand_over() if self._hands_tokens else None
            self._ready, self._answers = threading.Event(), False
            assert process.stdout is not None
            assert process.stderr is not None
            self._readers = [
                threading.Thread(target=self._read_ready, args=(process.stdout, self._ready), daemon=True),
                threading.Thread(target=self._read_errors, args=(process.stderr,), daemon=True),
            ]
            for reader in self._readers:
                reader.start()

    def token(self) -> str | None:
        """A token that signs in once at the running backend (``POST /auth/local``); None when it takes none.

        It goes to the process through its standard input: no other process can see it on the way.
        """
        with self._lock:
            if not self._hands_tokens or not self.is_running:
                return None
            token, self._token = self._token, None
            return token or self._hand_over()

    def _hand_over(self) -> str | None:
        assert self._process is not None
        assert self._process.stdin is not None
        token = secrets.token_urlsafe(32)
        try:
            self._process.stdin.write(token.encode() + b"\n")
            self._process.stdin.flush()
        except OSError:  # it has ended meanwhile
            return None
        return token

    async def ensure(self) -> str:
        """Have it running and answering: start it (again) if need be, and wait; its base URL. Raises BACKEND_FAILED.

        A failed start is tried again by the next call.
        """
        return await asyncio.to_thread(self.wait_ready)

    def wait_ready(self) -> str:
        """Like :meth:`ensure`, blocking; its base URL."""
        self.start()
        if not self._ready.wait(self._start_within):
            words = "\n".join(self._last_lines)
            self.stop()
            raise _failed(words)
        if not self._answers:
            for reader in self._readers:
                reader.join(1.0)  # so that its last words are complete
            words = "\n".join(self._last_lines)
            self.stop()
            if self._may_move and _is_taken(self._port):
                self._may_move = False
                self._port = _free_port()
                return self.wait_ready()
            raise _failed(words)
        self._may_move = False
        return self.base_url

    def stop(self) -> None:
        """End it: politely, and after some seconds for good. May be called twice, and when it never ran."""
        with self._lock:
            process = self._process
            if process is None:
                return
            if process.poll() is None:
                with suppress(OSError):
                    process.terminate()
                with suppress(subprocess.TimeoutExpired):
                    process.wait(self._stop_within)
            self._forget()

    def _forget(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        _kill_group(process)  # what outlived it would hold its pipes and its data
        process.wait()
        for reader in self._readers:
            reader.join(2.0)
        self._readers = []
        for pipe in (process.stdin, process.stdout, process.stderr):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()

    def _read_ready(self, stream: IO[bytes], ready: threading.Event) -> None:
        """The first line says that it answers; what follows is read so that a full pipe never stops it."""
        try:
            first = json.loads(stream.readline())
            self._answers = isinstance(first, dict) and first.get("base_url") == self.base_url
        except ValueError:
            self._answers = False
        ready.set()
        for _ in stream:
            pass

    def _read_errors(self, stream: IO[bytes]) -> None:
        for line in stream:
            self._last_lines.append(line.decode("utf-8", "replace").rstrip())


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    """End what is left of its group, its worker included; on other systems the worker ends with its parent's pipe."""
    if os.name == "posix":
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    elif process.poll() is None:
        process.kill()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((_HOST, 0))
        return int(probe.getsockname()[1])


def _is_taken(port: int) -> bool:
    """Whether the port can't be had, now that our own process has ended."""
    with socket.socket() as probe:
        if os.name == "posix":  # as the backend does: what a former connection leaves behind does not count
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((_HOST, port))
        except OSError:
            return True
        return False


def _failed(words: str) -> ProblemError:
    return ProblemError(Problem(ProblemCode.BACKEND_FAILED, server_words=words))
