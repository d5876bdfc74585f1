"""The command line against a real embedded backend: what it prints, and what its exit codes say."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.backend_process import BackendProcess
from yearadmin import places
from yearadmin.catalogue.modules import SlotKind, is_mandatory
from yearadmin.commands import main
from yearadmin.contract.enums import RoleName
from yearadmin.tour.samples import Sample, samples

ADMIN, USER = RoleName.BACKOFFICE_ADMIN, RoleName.USER_STANDARD
SAMPLE = places.resources_dir() / "sample"


@dataclass
class Said:
    """What one command said and how it ended."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> dict[str, object]:
        """The last line as JSON."""
        found = json.loads(self.out.strip().splitlines()[-1])
        assert isinstance(found, dict)
        return found


Run = Callable[..., Said]


@pytest.fixture(scope="module")
def backend(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BackendProcess]:
    with BackendProcess() as process:
        process.start(tmp_path_factory.mktemp("backend"))
        yield process


@pytest.fixture
def run(backend: BackendProcess, capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*words: object, role: str = ADMIN, server: str = "") -> Said:
        argv = [str(word) for word in words] + ["--server", server or backend.base_url, "--lang", "en"]
        try:
            code = main([*argv, "--role", role] if role else argv)
        except SystemExit as ended:
            code = int(ended.code or 0)
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    return call


def upload(run: Run, year: int, sample: Sample) -> Said:
    slot, words = sample.slot, ["upload", sample.path, "--year", year, "--kind", sample.slot.kind]
    if slot.module is not None:
        words += ["--module", slot.module]
    if slot.submodule is not None:
        words += ["--submodule", slot.submodule]
    return run(*words)


def test_a_year_is_made_filled_opened_and_closed_from_the_command_line(run: Run, backend: BackendProcess) -> None:
    made = run("create", 2026, "--watch")
    assert (made.code, made.err) == (0, "")
    assert "2026" in made.out

    refused = run("open", 2026, "--json")
    assert refused.code == 3
    assert refused.data["refused"] == ["incomplete"]
    missing = refused.data["missing"]
    assert isinstance(missing, list)
    assert len(missing) == 22

    for sample in samples():
        if is_mandatory(sample.slot):
            assert upload(run, 2026, sample).code == 0, sample.path.name
    still = run("open", 2026)
    assert still.code == 3
    assert "goal" in still.err

    asyncio.run(save_a_goal(backend.base_url))
    assert run("open", 2026).code == 0
    assert run("open", 2026).code == 3  # it is open already
    listed = run("years", "--json", role=USER)
    assert json.loads(listed.out) == [{"year": 2026, "state": "open", "is_started": True}]
    assert run("close", 2026).code == 0
    assert run("close", 2026).code == 3
    assert json.loads(run("years", "--json", role=USER).out) == []


async def save_a_goal(server: str) -> None:
    """Goals are typed in the window; here the core does it, as the window would ask it to."""
    from yearadmin.cache.store import Cache
    from yearadmin.contract.years import Goal
    from yearadmin.state.core import Core, ServerChoice

    core = Core(ServerChoice(server, role=ADMIN, demo=True), Cache(places.cache_file()), this_year=2026)
    try:
        await core.start()
        await core.connected()
        core.select_year(2026)
        await core.loaded(2026)
        goal = Goal(target_year=2040, reduction_percentage=0.29, reference_year=2019)
        assert (await core.save_goals(2026, (goal,))).ok
    finally:
        await core.close()


def test_creating_a_year_that_exists_is_refused_with_the_reason(run: Run) -> None:
    assert run("create", 2025, "--watch").code == 0
    again = run("create", 2025)
    assert again.code == 3
    assert "2025" in again.err


def test_watching_a_year_that_is_not_there_says_so(run: Run) -> None:
    assert run("watch", 2031).code == 3


def test_a_year_is_shown_with_everything_that_is_missing(run: Run) -> None:
    run("create", 2024, "--watch")
    shown = run("show", 2024)
    assert shown.code == 0
    assert "Plane" in shown.out
    assert shown.out.count("✗") == 22
    data = run("show", 2024, "--json").data
    assert (data["state"], data["is_started"], data["origin"]) == ("ready", False, "server")
    slots = data["slots"]
    assert isinstance(slots, dict)
    assert slots["2.20.factor"]["state"] == "missing"


def test_a_file_that_can_not_be_used_is_a_failure_of_the_work_with_the_servers_words(run: Run) -> None:
    run("create", 2024, "--watch")
    bad = samples("bad")
    missing_column = next(sample for sample in bad if "missing_column" in sample.path.name)
    said = upload(run, 2024, missing_column)
    assert said.code == 1
    assert "ef_kg_co2eq_per_unit" in said.out + said.err


def test_rows_left_out_are_listed_and_the_rest_has_landed(run: Run) -> None:
    run("create", 2024, "--watch")
    members = [sample for sample in samples() if sample.slot.submodule == 1 and sample.slot.kind is SlotKind.FACTOR]
    assert upload(run, 2024, members[0]).code == 0
    rows = next(sample for sample in samples("bad") if "bad_rows" in sample.path.name)
    said = upload(run, 2024, rows)
    assert said.code == 0
    assert "22: fte" in said.err


@pytest.mark.parametrize("name", ["none.csv", "empty.csv", "header.csv", "utf16.csv", "picture.csv"])
def test_a_file_that_is_no_csv_is_wrong_usage_and_never_sent(run: Run, tmp_path: Path, name: str) -> None:
    run("create", 2024, "--watch")
    contents = {
        "empty.csv": b"",
        "header.csv": b"a,b,c\n",
        "utf16.csv": "a,b\n1,2\n".encode("utf-16"),
        "picture.csv": b"\x89PNG\r\n\x1a\n" + bytes(40),
    }
    file = tmp_path / name
    if name in contents:
        file.write_bytes(contents[name])
    said = run("upload", file, "--year", 2024, "--module", 8, "--submodule", 50, "--kind", "factor")
    assert said.code == 2
    assert name in said.err


def test_users_may_look_but_not_change(run: Run) -> None:
    run("create", 2024, "--watch")
    assert run("open", 2024, role=USER).code == 4
    assert run("create", 2029, role=USER).code == 4


def test_without_signing_in_nothing_is_done(run: Run) -> None:
    said = run("years", role="")
    assert said.code == 4
    assert said.err


def test_a_server_that_is_not_there_is_said_so(run: Run) -> None:
    nowhere = run("years", server="http://127.0.0.1:9/v1")
    assert nowhere.code == 5
    assert nowhere.err


@pytest.mark.parametrize(
    "words",
    [
        ["show", "soon"],
        ["show", "0"],
        ["show", "9999"],
        ["upload", "x.csv", "--year", "2026", "--kind", "factor", "--module", "9"],
        ["upload", "x.csv", "--year", "2026", "--kind", "reference", "--module", "1", "--submodule", "1"],
        ["upload", "x.csv", "--year", "2026", "--kind", "reduction", "--submodule", "rockets"],
        ["fly"],
    ],
)
def test_wrong_usage_ends_with_two_and_says_what_is_right(run: Run, words: list[str]) -> None:
    said = run(*words)
    assert said.code == 2
    assert "error:" in said.err


def test_the_program_and_the_module_are_the_same() -> None:
    for program in ([str(Path(sys.executable).parent / "yearadmin")], [sys.executable, "-m", "yearadmin"]):
        done = subprocess.run([*program, "--version"], capture_output=True, encoding="utf-8", check=True)
        assert done.stdout.startswith("yearadmin ")


def test_who_has_read_enough_of_the_output_gets_no_traceback(run: Run, backend: BackendProcess) -> None:
    program = [sys.executable, "-m", "yearadmin", "years", "--server", backend.base_url, "--role", ADMIN]
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = subprocess.run(program, stdout=writer, stderr=subprocess.PIPE, encoding="utf-8", check=False, timeout=60)
    finally:
        os.close(writer)
    assert (done.returncode, done.stderr) == (141, "")
