"""The database's tables: migrations and models agree, and nothing of an old database is lost by a new version."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from tests.backend_process import BackendProcess
from yearadmin.embedded import keeping, migrate
from yearadmin.embedded.database import WorkerDatabase
from yearadmin.embedded.engine_sqlite import SqliteKind
from yearadmin.embedded.schema import metadata

from .backends import ROOT, Backend

KEPT = ROOT / "tests" / "data" / "embedded"


def test_what_migrations_make_is_what_the_program_expects(tmp_path: Path) -> None:
    path = tmp_path / "backend.sqlite"
    migrate.bring_up_to_date(path)
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_the_newest_revision_is_the_one_the_program_names() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrate.__file__).with_name("migrations")))
    assert ScriptDirectory.from_config(config).get_heads() == [migrate.HEAD]


def test_an_up_to_date_database_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "backend.sqlite"
    migrate.bring_up_to_date(path)
    before = path.read_bytes()
    migrate.bring_up_to_date(path)
    assert path.read_bytes() == before
    assert [item.name for item in tmp_path.iterdir()] == ["backend.sqlite"]


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "backend.sqlite"
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE mine (a)")
    with pytest.raises(migrate.DatabaseUnusableError, match="another program"):
        migrate.bring_up_to_date(path)


def test_every_connection_keeps_the_rules(tmp_path: Path) -> None:
    path = tmp_path / "backend.sqlite"
    migrate.bring_up_to_date(path)
    database = WorkerDatabase(SqliteKind(path))
    with database.reading() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "foreign_keys", "busy_timeout")
        }
    database.close()
    assert found == {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 30_000}


def old(tmp_path: Path) -> Path:
    """A database that the first version left, with two years of data."""
    path = tmp_path / "backend.sqlite"
    shutil.copy(KEPT / "backend-0001.sqlite", path)
    return path


def test_an_old_database_is_brought_up_to_date_and_keeps_all_it_held(tmp_path: Path) -> None:
    path = old(tmp_path)
    before = path.read_bytes()
    migrate.bring_up_to_date(path)
    (copy,) = tmp_path.glob("backend-before-0002-from-0001-*.sqlite")
    with contextlib.closing(sqlite3.connect(copy)) as db:
        assert db.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)
        assert db.execute("SELECT count(*), sum(kg_co2eq) FROM data_entries").fetchone() == (7, pytest.approx(280.96))
    with contextlib.closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        seen = (
            "SELECT count(*), sum(kg_co2eq) FROM data_entries"
            " JOIN entry_loads ON entry_loads.id = load_id WHERE state = 1"
        )
        assert db.execute(seen).fetchone() == (7, pytest.approx(280.96))
        assert db.execute("SELECT sum(entries) FROM entry_loads").fetchone() == (7,)
        assert db.execute("SELECT count(*) FROM year_configurations").fetchone() == (2,)
    assert before != path.read_bytes()
    test_what_migrations_make_is_what_the_program_expects(tmp_path)


def test_a_server_goes_on_with_an_old_database(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    old(tmp_path / "data")
    with BackendProcess() as process:
        process.start(tmp_path / "data")
        backend = Backend(process, tmp_path / "data")
        years = backend.client().get("/year-configuration/").json()
        assert [(line["year"], line["is_started"]) for line in years] == [(2026, False), (2025, True)]
        config = {"module_type_id": 8, "data_entry_type_id": 50}
        last = backend.ingest(2026, 0, "d.csv", "unit_institutional_id,category,quantity\n13032,co2,4\n", **config)
        assert last["progress"]["status"] == "SUCCESS"
        assert backend.ask("SELECT count(*) FROM data_entries WHERE year = 2026 AND data_entry_type_id = 50") == [(1,)]
        assert backend.ask("SELECT count(*) FROM data_entries WHERE data_entry_type_id <> 50") == [(3,)]
        totals = "SELECT sum(kg_co2eq) FROM module_totals WHERE year = 2026 AND module_type_id = 8"
        assert backend.ask(totals) == [(8.0,)]
        backend.close()


def test_only_the_last_copies_are_kept(tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / f"backend-before-0002-from-0001-2026010{number}T000000000000Z.sqlite").touch()
    migrate.bring_up_to_date(old(tmp_path))
    kept = sorted(path.name for path in tmp_path.glob("backend-before-*"))
    assert len(kept) == 3
    assert "20260103" in kept[0]


def test_a_migration_without_room_leaves_the_old_database_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = old(tmp_path)
    before = path.read_bytes()

    def full(source: Path, target: Path) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(keeping, "copy_database", full)
    with pytest.raises(migrate.DatabaseUnusableError, match="left as it is"):
        migrate.bring_up_to_date(path)
    assert path.read_bytes() == before
    assert [item.name for item in tmp_path.iterdir()] == ["backend.sqlite"]
