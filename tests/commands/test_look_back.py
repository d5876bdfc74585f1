"""``yearadmin history`` and ``yearadmin diff``: from what is kept, without a server, and with the usual exit codes."""

from __future__ import annotations

import asyncio
import json
from argparse import ArgumentTypeError
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from tests.state import builders as b
from yearadmin import places
from yearadmin.cache.store import Cache, FileResult, Kind, SentFile
from yearadmin.catalogue.modules import Slot, SlotKind
from yearadmin.command_history import moment_of
from yearadmin.commands import main

SERVER, USER = "https://a.example.org/v1", "2/operator"
START = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)
PLANE = Slot(2, 20, SlotKind.FACTOR)
LANDED = b.job(41, meta={"processed_file_path": "processed/41/planes.csv", "stats": {"rows_processed": 31}})
SENT = SentFile(
    "k1", 2026, "2.20.factor", "planes.csv", 1234, "ab" * 32, START, "o@example.org", 41, None, FileResult.SUCCESS, 31
)
Run = Callable[..., tuple[int, str, str]]


async def fill(server: str) -> None:
    cache = Cache(places.cache_file(), clock=lambda: START + timedelta(days=1))
    await cache.open()
    years = (b.year(2026), b.year(2026, jobs={PLANE: LANDED}), b.year(2026, jobs={PLANE: LANDED}, is_started=True))
    for hour, year in enumerate(years):
        await cache.keep(server, USER, Kind.YEAR, 2026, json.dumps(year), START + timedelta(hours=hour))
    await cache.keep(server, USER, Kind.YEAR, 2025, json.dumps(b.year(2025)), START)
    await cache.remember_file(server, USER, SENT)
    await cache.close()


@pytest.fixture
def run(own_home: object, capsys: pytest.CaptureFixture[str]) -> Run:
    asyncio.run(fill(SERVER))

    def call(*words: object, server: str = SERVER) -> tuple[int, str, str]:
        argv = [str(word) for word in words] + ["--lang", "en"]
        try:
            code = main([*argv, "--server", server] if server else argv)
        except SystemExit as ended:
            code = int(ended.code or 0)
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


def test_a_history_lists_every_kept_state_and_file_newest_first(run: Run) -> None:
    code, out, err = run("history", 2026)
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert "nothing here is live" in lines[0]
    assert [line.split(": ", 1)[1].split(" (")[0] for line in lines[1:4]] == [
        "Opened to users",
        "Plane › Factors: imported",
        "first seen",
    ]
    assert "planes.csv" in lines[-1]
    assert "ab" * 32 in lines[-1]


def test_a_history_as_json_holds_everything_kept(run: Run) -> None:
    code, out, _ = run("history", 2026, "--json")
    data = json.loads(out)
    assert code == 0
    assert (len(data["states"]), len(data["files"])) == (3, 1)


def test_a_year_of_which_nothing_is_kept_is_refused_with_those_that_are(run: Run) -> None:
    code, out, err = run("history", 2031)
    assert (code, out) == (3, "")
    assert "2026, 2025" in err
    assert run("history", 2026, server="https://other.example.org/v1")[0] == 3


def test_without_times_the_last_two_states_are_compared(run: Run) -> None:
    code, out, _ = run("diff", 2026)
    assert code == 0
    assert out.splitlines()[2:] == ["  The year, Open to users: no → yes"]


def test_two_times_are_compared(run: Run) -> None:
    code, out, _ = run("diff", 2026, "--from", "2026-07-01T12:30:00+00:00", "--to", "2026-07-01T13:30:00+00:00")
    assert code == 0
    assert "Plane › Factors, File: planes.csv (new)" in out
    assert "Open to users" not in out
    _, out, _ = run("diff", 2026, "--from", "2026-07-01T12:30:00Z", "--json")
    data = json.loads(out)
    assert data["from"]["first_seen"].startswith("2026-07-01T12:00")
    assert {"is_open", "file"} <= {item["fact"] for item in data["differences"]}


def test_two_years_are_compared(run: Run) -> None:
    code, out, _ = run("diff", 2025, 2026)
    assert code == 0
    assert out.startswith("− 2025, ")
    assert "Open to users: no → yes" in out
    assert "Job number" not in out


def test_what_can_not_be_compared_is_said(run: Run) -> None:
    code, _, err = run("diff", 2025)
    assert code == 3
    assert "Only one state of 2025" in err
    code, _, err = run("diff", 2026, "--from", "2020-01-01")
    assert code == 3
    assert "had not been seen" in err
    assert run("diff", 2026, 2031)[0] == 3


@pytest.mark.parametrize("words", [["diff", "2026", "--from", "yesterday"], ["history"], ["diff", "2026", "soon"]])
def test_wrong_usage_ends_with_two(run: Run, words: list[str]) -> None:
    code, _, err = run(*words)
    assert code == 2
    assert "error:" in err


def test_without_a_server_named_it_is_the_built_in_one(run: Run) -> None:
    asyncio.run(fill(f"embedded:{places.backend_dir().absolute()}"))
    code, out, _ = run("history", 2026, server="")
    assert code == 0
    assert "Opened to users" in out


def test_a_date_means_its_end_and_a_time_is_local_unless_it_has_a_zone() -> None:
    assert moment_of("2026-07-01T12:00:00Z") == START
    local = datetime(2026, 7, 1, 14, 2, 59, 999_999).astimezone()
    assert moment_of("2026-07-01 14:02") == local
    day = moment_of("2026-07-01").astimezone()
    assert (day.hour, day.minute, day.second) == (23, 59, 59)
    for wrong in ("", "tomorrow", "2026-13-01", "14:02"):
        with pytest.raises(ArgumentTypeError):
            moment_of(wrong)
