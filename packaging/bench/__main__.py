"""``make bench``: how fast the window starts, switches and shows what happens, its memory; and its engine alone.

Medians of several runs, each beside a bare PySide6 window of the same run: machines are noisy, ratios are not.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from yearadmin import places
from yearadmin.remote.backend import LocalBackend

RUNS = 5
HERE = Path(__file__).resolve().parent
YEAR, OTHER = 2026, 2025
ROWS = (
    ("first_paint", "process start to first paint", "ms", 1000.0),
    ("cached_year", "process start to the cached year readable", "ms", 1000.0),
    ("switch_cached", "year switch, painted from what is known", "ms", 1000.0),
    ("switch_fresh", "year switch, fresh from the server", "ms", 1000.0),
    ("commit_to_paint", "commit on the backend to painted in the window", "ms", 1000.0),
    ("memory", "memory (PSS)", "MB", 1.0),
)

CLIENT_ROWS = (
    *(
        (
            f"latency_{part}_{count}",
            f"event to state, {count} {'stream' if count == 1 else 'streams'}, {part}",
            "ms",
            1e3,
        )
        for count in (1, 50, 500)
        for part in ("p50", "p99")
    ),
    ("idle_cpu", "idle with 50 streams, share of one core", "%", 100.0),
    ("idle_memory", "idle with 50 streams, memory (PSS)", "MB", 1e-6),
    ("reconnect", "a restarted server answers to live again, median", "ms", 1e3),
    ("reconnect_worst", "a restarted server answers to live again, worst of 3", "ms", 1e3),
    ("cache_open", "opening a cache with 10,000 states", "ms", 1e3),
    ("cache_bytes", "its size", "MB", 1e-6),
)


def run(script: str, *arguments: object) -> dict[str, float]:
    """One run of a measuring script in a process of its own."""
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, str(HERE / script), str(started), *map(str, arguments)],
        stdout=subprocess.PIPE,
        check=True,
        env={**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")},
    )
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def prepare(server: str) -> None:
    """Two years that are set up, one of them with factors to recalculate with."""
    command = [sys.executable, "-m", "yearadmin"]
    common = ["--server", server, "--role", "calco2.backoffice.admin"]
    for year in (YEAR, OTHER):
        subprocess.run([*command, "create", str(year), "--watch", *common], check=True, stdout=subprocess.DEVNULL)
    sample = places.resources_dir() / "sample"
    for kind in ("factors", "data"):
        target = ["--year", str(OTHER), "--module", "8", "--submodule", "50", "--kind", kind.removesuffix("s")]
        file = str(sample / f"processemissions_{kind}.csv")
        subprocess.run([*command, "upload", file, *target, *common], check=True, stdout=subprocess.DEVNULL)


def main(*, quick: bool) -> None:
    """Measure and print a table."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        # Slowed a little, so that the window has found the job before it ends.
        backend = LocalBackend(place / "backend", demo=True, pace=0.15)
        os.environ["XDG_DATA_HOME"] = folder
        try:
            server = backend.wait_ready()
            prepare(server)
            run("window.py", place, server, YEAR, OTHER)  # fills the cache and warms the disk
            bare = [run("bare.py") for _ in range(RUNS)]
            ours = [run("window.py", place, server, YEAR, OTHER) for _ in range(RUNS)]
        finally:
            backend.stop()
    reference = statistics.median(item["first_paint"] for item in bare)
    print(f"Medians of {RUNS} runs; lowest and highest beside them.")
    print(f"{'bare PySide6 window, process start to first paint':52} {reference * 1000:8.0f} ms")
    for key, title, unit, scale in ROWS:
        values = sorted(item[key] * scale for item in ours if key in item)
        if not values:
            print(f"{title:52} {'–':>8}    not seen in any run")
            continue
        ratio = f"  {statistics.median(values) / (reference * 1000):.2f} × bare" if key == "first_paint" else ""
        middle = statistics.median(values)
        print(f"{title:52} {middle:8.1f} {unit}  ({values[0]:.1f} to {values[-1]:.1f}, {len(values)} runs){ratio}")
    client_alone()
    backend_alone(quick=quick)


def backend_alone(*, quick: bool) -> None:
    """Measure and print the backend from outside, then the steps of an ingestion within one process."""
    print(flush=True)
    subprocess.run([sys.executable, str(HERE / "backend.py"), *(["--quick"] if quick else [])], check=True)
    print("\nAn ingestion's steps in one process, on SQLite:")
    sys.stdout.flush()
    rows = "50000" if quick else "200000"
    subprocess.run([sys.executable, str(HERE / "ingest.py"), "--rows", rows], check=True)


def client_alone() -> None:
    """Measure and print the client engine by itself, without a window."""
    figures = run("client.py")
    print("The client engine without a window, its server in the same process.")
    for key, title, unit, scale in CLIENT_ROWS:
        if key in figures:
            print(f"{title:52} {figures[key] * scale:8.2f} {unit}")


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--quick", action="store_true", help="a small run of the backend's part")
    main(quick=options.parse_args().quick)
