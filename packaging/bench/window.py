"""One run of the real window for the benchmark: prints what it measured as JSON, in seconds and MB.

Usage: window.py STARTED FOLDER SERVER YEAR OTHER, where STARTED is the monotonic time at which the process was started.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import HTTPCookieProcessor, Request, build_opener

STARTED, FOLDER, SERVER, YEAR, OTHER = float(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], *map(int, sys.argv[4:6])

from PySide6.QtWidgets import QApplication  # noqa: E402

from yearadmin.app import Options, Program  # noqa: E402
from yearadmin.desktop import loop  # noqa: E402
from yearadmin.desktop.memory import WindowMemory  # noqa: E402

found: dict[str, float] = {}


def pss() -> float:
    """Proportional set size of this process, in MB."""
    text = Path("/proc/self/smaps_rollup").read_text(encoding="ascii")
    match = re.search(r"^Pss:\s+(\d+) kB", text, re.MULTILINE)
    assert match
    return int(match.group(1)) / 1024


async def until(holds: Callable[[], bool]) -> None:
    """Wait, looking every millisecond."""
    end = time.monotonic() + 30
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError
        await asyncio.sleep(0.001)


async def measure(program: Program) -> None:
    """The figures that need a running window."""
    from yearadmin.contract.enums import JobState
    from yearadmin.state.model import Origin

    await until(lambda: program.core is not None)
    core, feed = program.core, program._feed
    assert core is not None
    assert feed is not None
    await until(lambda: core.store.state.selected is not None)
    if core.store.state.selected != YEAR:
        core.select_year(YEAR)  # the run that fills the cache
    await until(lambda: core.store.state.scope(YEAR).config is not None and feed.is_idle)
    found["cached_year"] = time.monotonic() - STARTED
    await until(lambda: core.store.state.is_live and core.store.state.scope(YEAR).origin is Origin.SERVER)
    await until(lambda: not core.store.state.scope(YEAR).loading and feed.is_idle)

    begun = time.monotonic()
    core.select_year(OTHER)
    feed.flush()
    program.window.repaint()
    found["switch_cached"] = time.monotonic() - begun
    await until(lambda: core.store.state.scope(OTHER).origin is Origin.SERVER and feed.is_idle)
    await until(lambda: not core.store.state.scope(OTHER).loading and feed.is_idle)
    found["switch_fresh"] = time.monotonic() - begun

    # A job that ends: from the moment the backend wrote it to the moment the window shows it.
    opener = build_opener(HTTPCookieProcessor())

    def call(method: str, path: str) -> bytes:
        with opener.open(Request(SERVER + path, method=method)) as answer:
            return bytes(answer.read())

    def start() -> None:
        with suppress(HTTPError):  # the redirect leads nowhere; the cookies are there
            call("GET", "/auth/login-test?role=calco2.backoffice.admin")
        call("POST", f"/sync/recalculate-emissions/8/50?year={OTHER}")

    await asyncio.to_thread(start)
    core.reload_year(OTHER)

    def finished() -> datetime | None:
        for pipeline in core.store.state.pipelines.values():
            jobs = pipeline.snapshot.jobs if pipeline.snapshot else ()
            if pipeline.witnessed and jobs and all(job.state is JobState.FINISHED for job in jobs):
                return max(job.finished_at for job in jobs if job.finished_at)
        return None

    try:
        await until(lambda: finished() is not None and feed.is_idle)
        at = finished()
        assert at is not None
        found["commit_to_paint"] = (datetime.now(UTC) - at).total_seconds()
    except TimeoutError:
        pass  # it ended before the window had found it: this run measures nothing
    found["memory"] = pss()
    core.select_year(YEAR)  # where the next run starts


async def main(program: Program) -> int:
    """Measure, then close as a person would."""
    work = asyncio.get_running_loop().create_task(program.work())
    try:
        await measure(program)
    finally:
        program.quit()
        await work
    return 0


app = QApplication(["yearadmin"])
program = Program(
    app,
    WindowMemory(FOLDER / "window.ini"),
    Options(server=SERVER, demo=True, language="en"),
    None,
    cache_file=FOLDER / "cache.sqlite",
)
program.window.painted.connect(lambda: found.setdefault("first_paint", time.monotonic() - STARTED))
program.show()
code = loop.run(
    app, lambda: main(program), report=lambda error: print(repr(error), file=sys.stderr), interrupted=app.quit
)
print(json.dumps(found))
sys.exit(code)
