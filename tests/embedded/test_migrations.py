"""The database's tables: migrations and models agree, and nothing of an old database is lost by a new version."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from yearadmin.embedded import migrate
from yearadmin.embedded.database import WorkerDatabase
from yearadmin.embedded.engine_sqlite import SqliteKind
from yearadmin.embedded.schema import metadata


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
