"""Data that lasts: backups of a running backend, bringing one back, checks, damaged databases, a full disk."""

from __future__ import annotations

import contextlib
import io
import resource
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from yearadmin.embedded import keeping
from yearadmin.embedded.migrate import known_revisions

from .backends import ROOT, Backend
from .test_serve import children, run, wait_until

PROCESS = {"module_type_id": 8, "data_entry_type_id": 50}
OLD = ROOT / "tests" / "data" / "embedded" / "backend-0001.sqlite"


def command(*args: object) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-m", "yearadmin", "backend", *map(str, args)]
    return subprocess.run(line, capture_output=True, text=True, timeout=30, check=False)


def test_a_running_backend_is_backed_up_and_brought_back(tmp_path: Path, fresh: Callable[..., Backend]) -> None:
    backend = fresh()
    backend.year(2026)
    backend.ingest(2026, 1, "f.csv", "category,unit,ef_kg_co2eq_per_unit\nco2,kg,1\n", **PROCESS)
    data_dir, archive = backend.data_dir, tmp_path / "kept.tar.gz"
    made = command("backup", "--data-dir", data_dir, archive)
    assert (made.returncode, made.stderr) == (0, "")
    assert str(archive) in made.stdout
    assert archive.stat().st_mode & 0o077 == 0
    with tarfile.open(archive) as held:
        assert {"backend.sqlite", "manifest.json"} < set(held.getnames())
        assert not [name for name in held.getnames() if "key" in name]
    assert command("backup", "--data-dir", data_dir, archive).returncode == 3  # nothing is overwritten
    assert command("check", "--data-dir", data_dir).returncode == 0

    backend.year(2027)
    refused = command("restore", "--data-dir", data_dir, archive)
    assert refused.returncode == 1
    assert f"process {backend.process.process.pid}" in refused.stderr
    backend.process.stop()
    restored = command("restore", "--data-dir", data_dir, archive)
    assert (restored.returncode, restored.stderr) == (0, "")
    (aside,) = data_dir.glob("before-restore-*")
    assert (aside / "backend.sqlite").is_file()
    backend = fresh()
    assert [line["year"] for line in backend.client().get("/year-configuration/").json()] == [2026]
    latest = backend.client().get("/year-configuration/2026").json()["config"]["modules"]["8"]["submodules"]["50"]
    path = latest["latest_factor_job"]["meta"]["processed_file_path"]
    assert backend.client().get(f"/files/{path}").text.startswith("category")
    # The former data can be brought back too: it is all there.
    with contextlib.closing(sqlite3.connect(aside / "backend.sqlite")) as db:
        assert db.execute("SELECT count(*) FROM year_configurations").fetchone() == (2,)


def test_a_backup_is_refused_whole_when_any_of_it_is_wrong(tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    data_dir.mkdir()
    shutil.copy(OLD, data_dir / "backend.sqlite")
    before = (data_dir / "backend.sqlite").read_bytes()
    good = tmp_path / "good.tar.gz"
    keeping.back_up(data_dir, good)
    cut = tmp_path / "cut.tar.gz"
    cut.write_bytes(good.read_bytes()[:-2000])
    text = tmp_path / "text.tar.gz"
    text.write_text("no archive", encoding="utf-8")
    outside = tmp_path / "outside.tar.gz"
    with tarfile.open(outside, "w:gz") as archive:
        entry = tarfile.TarInfo("../outside.txt")
        entry.size = 1
        archive.addfile(entry, io.BytesIO(b"x"))
    newer = tmp_path / "newer.tar.gz"
    with contextlib.closing(sqlite3.connect(tmp_path / "n.sqlite")) as db:
        db.execute("CREATE TABLE alembic_version (version_num TEXT)")
        db.execute("INSERT INTO alembic_version VALUES ('9999')")
        db.commit()
    shutil.copy(tmp_path / "n.sqlite", tmp_path / "backend.sqlite")
    keeping.back_up(tmp_path, newer)
    for archive_file in (cut, text, outside, newer):
        with pytest.raises(keeping.KeepingError):
            keeping.restore(archive_file, data_dir, known_revisions())
        assert (data_dir / "backend.sqlite").read_bytes() == before
        assert [path.name for path in data_dir.iterdir()] == ["backend.sqlite"]
    assert not (tmp_path / "outside.txt").exists()
    assert command("restore", "--data-dir", data_dir, tmp_path / "nowhere.tar.gz").returncode == 3


def test_a_restore_that_was_interrupted_is_finished_before_anything_starts(tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    data_dir.mkdir()
    shutil.copy(OLD, data_dir / "backend.sqlite")
    keeping.back_up(data_dir, tmp_path / "good.tar.gz")
    (data_dir / keeping.UNFINISHED).touch()
    (data_dir / "backend.sqlite").unlink()
    ended = run(data_dir=data_dir)
    assert ended.returncode == 3
    assert "backend restore" in ended.stderr
    keeping.restore(tmp_path / "good.tar.gz", data_dir, known_revisions())
    assert keeping.waiting_for_decision(data_dir / "backend.sqlite") is None


def test_a_check_names_what_does_not_fit(tmp_path: Path, fresh: Callable[..., Backend]) -> None:
    backend = fresh()
    backend.year(2026)
    backend.ingest(2026, 1, "f.csv", "category,unit,ef_kg_co2eq_per_unit\nco2,kg,1\n", **PROCESS)
    backend.ingest(2026, 0, "d.csv", "unit_institutional_id,category,quantity\n13032,co2,5\n", **PROCESS)
    backend.process.stop()
    data_dir = backend.data_dir
    assert command("check", "--data-dir", data_dir).stdout.count("\n") == 1
    with contextlib.closing(sqlite3.connect(data_dir / "backend.sqlite")) as db:
        db.execute("UPDATE entry_loads SET entries = 9")
        db.execute("UPDATE pipelines SET status = 'NOT_STARTED' WHERE kind = 'unit_sync'")
        db.execute("UPDATE audit_documents SET data_snapshot = '{}' WHERE id = 1")
        db.commit()
    shutil.rmtree(data_dir / "files" / "processed")
    found = command("check", "--data-dir", data_dir)
    assert found.returncode == 1
    for words in ("entries", "Pipeline", "audit trail", "missing"):
        assert words in found.stdout
    assert command("check", "--data-dir", tmp_path / "nowhere").returncode == 1


def test_a_database_damaged_in_the_middle_is_set_aside_until_somebody_decides(
    tmp_path: Path, fresh: Callable[..., Backend]
) -> None:
    backend = fresh()
    backend.year(2026)
    archive = tmp_path / "kept.tar.gz"
    keeping.back_up(backend.data_dir, archive)
    backend.process.stop()
    path = backend.data_dir / "backend.sqlite"
    content = bytearray(path.read_bytes())
    content[4096 * 2 : 4096 * 20] = b"\xff" * (4096 * 18)
    path.write_bytes(content)
    for _ in range(2):  # the second start must not begin with an empty database either
        ended = run(data_dir=backend.data_dir)
        assert ended.returncode == 3
        assert "damaged" in ended.stderr
        assert "backend restore" in ended.stderr
        assert not path.exists()
    (aside,) = backend.data_dir.glob("backend-damaged-*.sqlite")
    assert aside.read_bytes() == content
    assert command("restore", "--data-dir", backend.data_dir, archive).returncode == 0
    assert [line["year"] for line in fresh().client().get("/year-configuration/").json()] == [2026]


def test_an_empty_database_is_begun_in_place_of_a_damaged_one_only_when_asked(
    tmp_path: Path, fresh: Callable[..., Backend]
) -> None:
    data_dir = tmp_path / "data"
    data_dir.mkdir()
    (data_dir / "backend.sqlite").write_bytes(b"this is no database" * 100)
    assert run(data_dir=data_dir).returncode == 3
    assert fresh("--fresh").client().get("/year-configuration/").json() == []
    assert len(list(data_dir.glob("former-backend-damaged-*.sqlite"))) == 1


def test_a_full_disk_is_told_and_harms_nothing(fresh: Callable[..., Backend]) -> None:
    backend = fresh()
    backend.year(2026)
    backend.ingest(2026, 1, "f.csv", "category,unit,ef_kg_co2eq_per_unit\nco2,kg,1\n", **PROCESS)
    rows = "".join(f"13032,co2,{number}\n" for number in range(60_000))
    waiting = backend.put("d.csv", f"unit_institutional_id,category,quantity\n{rows}")
    web = backend.process.process.pid
    (worker,) = children(web)
    used = (backend.data_dir / "backend.sqlite-wal").stat().st_size
    for pid in (web, worker):
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (used + 600_000, resource.RLIM_INFINITY))

    upload = backend.client().post("/files/temp-upload", files={"files": ("a.csv", b"x" * 20_000_000, "text/csv")})
    assert (upload.status_code, type(upload.json()["detail"])) == (507, str)
    failed = backend.follow(backend.dispatch(2026, 0, waiting, **PROCESS).json()["pipeline_id"])[-1]["jobs"][0]
    assert failed["result"] == "ERROR"
    assert "room" in failed["status_message"]
    assert "INSERT" not in failed["status_message"]
    text = "x" * 200_000
    answers = [
        backend.client().patch("/year-configuration/2026", json={"config": {"note": text + str(number)}})
        for number in range(8)
    ]
    assert {answer.status_code for answer in answers} <= {200, 507}
    assert answers[-1].status_code == 507
    assert backend.client().get("/year-configuration/2026").status_code == 200

    for pid in (web, *children(web)):
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    assert backend.client().patch("/year-configuration/2026", json={"is_started": True}).status_code == 200
    whole = backend.ingest(2026, 0, "d.csv", f"unit_institutional_id,category,quantity\n{rows}", **PROCESS)
    assert whole["progress"]["status"] == "SUCCESS"
    assert wait_until(lambda: backend.ask("SELECT count(*) FROM data_entries") == [(60_000,)])
    assert command("check", "--data-dir", backend.data_dir).stdout.endswith("is sound.\n")


def test_uploads_nobody_used_are_removed_after_a_week(fresh: Callable[..., Backend]) -> None:
    import os

    backend = fresh()
    old, young = (backend.data_dir / "files" / backend.put(f"{name}.csv", "a\n") for name in ("old", "young"))
    backend.process.stop()
    long_ago = time.time() - 8 * 24 * 3600
    os.utime(old.parent, (long_ago, long_ago))
    fresh()
    assert wait_until(lambda: not old.exists())
    assert young.exists()
