"""The backend's part of ``make bench``: ingestion, event streams, the year list, set-up, start; on every engine.

Everything is measured from outside, on real processes, by the clock of this computer; data lies in a temporary folder.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import httpx

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))  # the tests' own PostgreSQL server serves here too

from tests import postgres  # noqa: E402

ADMIN = "calco2.backoffice.admin"
YEAR, UNITS, ROW_BYTES = 2026, 1_200, 100
FUELS = ("Natural gas", "Heating oil", "Propane", "Pellets", "Biogas")
MODULE = {"module_type_id": 3, "data_entry_type_id": 31}


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured."""

    megabytes: int
    streams: tuple[int, ...]
    requests: int
    starts: int


FULL = Size(megabytes=100, streams=(1, 50, 500), requests=300, starts=3)
QUICK = Size(megabytes=5, streams=(1, 50), requests=100, starts=1)
Figures = dict[str, float]


@dataclass
class Server:
    """A running backend and a client signed in to it."""

    process: subprocess.Popen[bytes]
    base: str
    cookies: dict[str, str] = field(default_factory=dict)

    def client(self) -> httpx.Client:
        """A client with the session's cookies."""
        if not self.cookies:
            self.cookies = dict(httpx.get(f"{self.base}/auth/login-test", params={"role": ADMIN}).cookies)
        return httpx.Client(base_url=self.base, timeout=60, cookies=self.cookies)

    def workers(self) -> list[int]:
        """Process ids of its workers."""
        pid = self.process.pid
        return [int(item) for item in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    def hold_work(self) -> None:
        """Let no worker begin anything."""
        for pid in self.workers():
            os.kill(pid, signal.SIGSTOP)

    def let_work(self) -> None:
        """Let them go on."""
        for pid in self.workers():
            os.kill(pid, signal.SIGCONT)


@contextmanager
def server(folder: Path, *options: str) -> Iterator[tuple[Server, float]]:
    """A backend, and the seconds from its start until it answered."""
    folder.mkdir(exist_ok=True)
    begun = time.perf_counter()
    command = [sys.executable, "-m", "yearadmin", "serve", "--demo", "--data-dir", str(folder), *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT)
    assert process.stdout is not None
    try:
        base = str(json.loads(process.stdout.readline())["base_url"])
        yield Server(process, base), time.perf_counter() - begun
    finally:
        process.terminate()
        process.wait(20)
        process.stdout.close()


# --- files


def write_units(path: Path) -> None:
    """A unit directory of that many units."""
    header = "institutional_id,name,level,parent_institutional_id,principal_email,principal_name,"
    lines = [f"{10_000 + number},Unit {number},4,,,," for number in range(UNITS)]
    path.write_text(header + "principal_institutional_id\n" + "\n".join(lines) + "\n", encoding="utf-8")


def write_data(path: Path, megabytes: int) -> int:
    """A data file of that size; its rows."""
    dice = random.Random(1)
    rows = megabytes * 1_000_000 // ROW_BYTES
    with path.open("w", encoding="utf-8") as out:
        out.write("unit_institutional_id,name,unit,quantity,note\n")
        for number in range(rows):
            unit, fuel = 10_000 + dice.randrange(UNITS), FUELS[number % len(FUELS)]
            line = f"{unit},{fuel},kWh,{dice.random() * 5_000:.2f},boiler room {number % 997} "
            out.write(line.ljust(ROW_BYTES - 1, "x") + "\n")
    return rows


def put(client: httpx.Client, path: Path, target: int) -> tuple[int, str]:
    """Upload a file and start its ingestion; the job and the pipeline."""
    with path.open("rb") as file:
        landed = client.post("/files/temp-upload", files={"files": (path.name, file, "text/csv")}).json()[0]["path"]
    body = {"ingestion_method": 1, "target_type": target, "year": YEAR, "config": MODULE, "file_path": landed}
    answer = client.post("/sync/dispatch", json=body).raise_for_status().json()
    return answer["job_id"], answer["pipeline_id"]


def follow(client: httpx.Client, pipeline: str) -> list[dict[str, str]]:
    """Wait until a pipeline has ended; its jobs."""
    last: dict[str, list[dict[str, str]]] = {}
    with client.stream("GET", f"/sync/pipelines/{pipeline}/stream", timeout=300) as stream:
        for line in stream.iter_lines():
            if line.startswith("data: ") and line != "data: {}":
                last = json.loads(line[6:])
    assert last["progress"]["status"] == "SUCCESS", last  # type: ignore[call-overload]
    return last["jobs"]


def seconds(job: dict[str, str]) -> float:
    """How long a job ran."""
    return (datetime.fromisoformat(job["finished_at"]) - datetime.fromisoformat(job["started_at"])).total_seconds()


# --- measures


def share(values: list[float], part: float) -> float:
    """A percentile."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def list_latency(client: httpx.Client, requests: int) -> list[float]:
    """Seconds the year list takes, asked again 20 ms after each answer."""
    times = []
    for _ in range(requests):
        begun = time.perf_counter()
        client.get("/year-configuration/").raise_for_status()
        times.append(time.perf_counter() - begun)
        time.sleep(0.02)
    return times


def write_latency(client: httpx.Client, requests: int) -> list[float]:
    """Seconds a change of the year takes, asked again 20 ms after each answer."""
    times = []
    for _ in range(requests):
        begun = time.perf_counter()
        client.patch(f"/year-configuration/{YEAR}", json={"is_started": True}).raise_for_status()
        times.append(time.perf_counter() - begun)
        time.sleep(0.02)
    return times


async def _read(base: str, cookies: dict[str, str], path: str, opened: list[None]) -> list[float]:
    """Seconds from each stamp of a job's history (taken just before its commit) to its arrival on one stream."""
    where = urlsplit(base)
    reader, writer = await asyncio.open_connection(where.hostname, where.port)
    cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
    head = f"GET {where.path}{path} HTTP/1.1\r\nHost: {where.netloc}\r\nCookie: {cookie}\r\nConnection: close\r\n\r\n"
    writer.write(head.encode())
    delays, seen, is_open = [], None, False
    while line := await reader.readline():
        if not line.startswith(b"data: {"):
            continue
        came = time.time()
        if not is_open:
            is_open = True
            opened.append(None)
        meta = json.loads(line[6:])["meta"]
        history = meta.get("status_history")
        stamp = meta.get("completed_at") or (history[-1]["ts"] if history else None)
        if stamp and stamp != seen:  # the closing event tells the last stamp again
            delays.append(came - datetime.fromisoformat(stamp).timestamp())
            seen = stamp
    writer.close()
    return delays


async def _streams(running: Server, job: int, number: int) -> list[float]:
    """Delays on all streams of a job that begins when the last of them is open."""
    opened: list[None] = []
    path = f"/sync/jobs/{job}/stream"
    readers = [asyncio.create_task(_read(running.base, running.cookies, path, opened)) for _ in range(number)]
    while len(opened) < number:  # noqa: ASYNC110 (the readers' own work is what is measured)
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.2)
    running.let_work()
    found = await asyncio.gather(*readers)
    return [delay for one in found for delay in one]


def measure_streams(folder: Path, options: list[str], size: Size) -> Figures:
    """Commit to event, with more and more streams at once."""
    figures: Figures = {}
    with server(folder, *options, "--pace", "0.4") as (running, _), running.client() as client:
        for place, number in enumerate(size.streams):
            time.sleep(0.5)  # until the worker has nothing more to do
            running.hold_work()
            client.post(f"/year-configuration/{2050 + place}").raise_for_status()
            (job,) = (item["job_id"] for item in client.get(f"/sync/jobs/year/{2050 + place}").json())
            delays = asyncio.run(_streams(running, job, number))
            figures[f"streams {number} p50"] = share(delays, 0.5)
            figures[f"streams {number} p99"] = share(delays, 0.99)
    return figures


def measure_load(folder: Path, options: list[str], size: Size, data: Path, rows: int) -> Figures:
    """Set-up of a year, then a large file, with the year list asked for all the while."""
    figures: Figures = {}
    factors = data.with_name("factors.csv")
    lines = [f"{fuel},kWh,{0.2 + place / 10}" for place, fuel in enumerate(FUELS)]
    factors.write_text("name,unit,ef_kg_co2eq_per_unit\n" + "\n".join(lines) + "\n", encoding="utf-8")
    with server(folder, *options) as (running, _), running.client() as client:
        created = client.post(f"/year-configuration/{YEAR}").raise_for_status().json()
        figures["unit sync"] = seconds(follow(client, created["pipeline_id"])[0])
        follow(client, put(client, factors, 1)[1])
        idle = list_latency(client, size.requests)
        figures["list idle p50"], figures["list idle p99"] = share(idle, 0.5), share(idle, 0.99)
        _, pipeline = put(client, data, 0)
        busy: list[float] = []
        changes: list[float] = []
        while not _has_ended(client, pipeline):
            busy += list_latency(client, 20)
            changes += write_latency(client, 5)
        jobs = follow(client, pipeline)
        figures["list busy p50"], figures["list busy p99"] = share(busy, 0.5), share(busy, 0.99)
        figures["write busy p50"], figures["write busy p99"] = share(changes, 0.5), share(changes, 0.99)
        figures["ingest rows/s"] = rows / seconds(jobs[0])
        recalculation = next(item for item in jobs if item["job_type"] == "emission_recalc")
        figures["recalculate rows/s"] = rows / seconds(recalculation)
        figures["worker peak"] = max(_peak(pid) for pid in running.workers())
        figures["web peak"] = _peak(running.process.pid)
    return figures


def _has_ended(client: httpx.Client, pipeline: str) -> bool:
    return bool(client.get(f"/sync/pipelines/{pipeline}").json()["progress"]["done"])


def _peak(pid: int) -> float:
    """The most memory a process has had, in MB."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1024


def measure(folder: Path, options: list[str], others: list[list[str]], size: Size, data: Path, rows: int) -> Figures:
    """All figures of one engine; ``others`` are options for databases of their own."""
    folder.mkdir()
    starts = []
    for number in range(size.starts + 1):
        with server(folder / "start", *others[0]) as (_, took):
            if number:  # the first makes the database
                starts.append(took)
    figures = {"start": statistics.median(starts)}
    figures |= measure_streams(folder / "streams", [*others[1]], size)
    figures |= measure_load(folder / "load", options, size, data, rows)
    return figures


# --- the table

ROWS: tuple[tuple[str, str, str, float], ...] = (
    ("start", "process start to ready", "ms", 1000.0),
    ("unit sync", f"unit sync of {UNITS:,} units", "ms", 1000.0),
    ("ingest rows/s", "data file, upload to rows", "rows/s", 1.0),
    ("recalculate rows/s", "recalculation of all its rows", "rows/s", 1.0),
    ("worker peak", "worker, peak memory", "MB", 1.0),
    ("web peak", "web side, peak memory", "MB", 1.0),
    ("list idle p50", "year list, idle, p50", "ms", 1000.0),
    ("list idle p99", "year list, idle, p99", "ms", 1000.0),
    ("list busy p50", "year list while the file is ingested, p50", "ms", 1000.0),
    ("list busy p99", "year list while the file is ingested, p99", "ms", 1000.0),
    ("write busy p50", "change of a year while the file is ingested, p50", "ms", 1000.0),
    ("write busy p99", "change of a year while the file is ingested, p99", "ms", 1000.0),
    *(
        (f"streams {number} {part}", f"commit to event, {number} streams, {part}", "ms", 1000.0)
        for number in FULL.streams
        for part in ("p50", "p99")
    ),
)


def show(found: dict[str, Figures], size: Size) -> None:
    """One line per figure, one column per engine, and PostgreSQL's share of SQLite's."""
    print(f"The backend: a data file of {size.megabytes} MB; {os.cpu_count()} processors.")
    print(f"{'':52}" + "".join(f"{name:>14}" for name in found) + ("        ratio" if len(found) > 1 else ""))
    for key, title, unit, scale in ROWS:
        values = [figures.get(key) for figures in found.values()]
        if None in values:
            continue
        shown = [value * scale for value in values if value is not None]
        digits = 1 if scale > 1 and max(shown) < 1000 else 0
        line = f"{title + ' (' + unit + ')':52}" + "".join(f"{value:14,.{digits}f}" for value in shown)
        if len(shown) > 1 and shown[0]:
            line += f"  {shown[1] / shown[0]:9.2f} ×"
        print(line)


def main(arguments: list[str] | None = None) -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a small run")
    size = QUICK if parser.parse_args(arguments).quick else FULL
    found: dict[str, Figures] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        units, data = folder / "units.csv", folder / "data.csv"
        write_units(units)
        rows = write_data(data, size.megabytes)
        common = ["--units", str(units)]
        found["SQLite"] = measure(folder / "sqlite", common, [common, common], size, data, rows)
        if postgres.missing():
            print(f"PostgreSQL was not measured: {postgres.missing()}.")
        else:
            cluster = postgres.Cluster(durable=True)
            try:
                made = [[*common, "--database-url", cluster.url(cluster.new())] for _ in range(3)]
                found["PostgreSQL"] = measure(folder / "postgresql", made[0], made[1:], size, data, rows)
            finally:
                cluster.close()
    show(found, size)


if __name__ == "__main__":
    main()
