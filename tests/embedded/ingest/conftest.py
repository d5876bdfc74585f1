"""A fresh database per test, copied from one made once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, event

from tests.embedded.ingest.desk import Desk, new_engine


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with units and nothing else, to be copied."""
    path = tmp_path_factory.mktemp("ingest") / "empty.sqlite"
    engine = new_engine(path)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path


@pytest.fixture
def desk(tmp_path: Path, empty_database: Path) -> Iterator[Desk]:
    """A desk over a database of its own."""
    path = tmp_path / "test.sqlite"
    shutil.copyfile(empty_database, path)
    engine = create_engine(f"sqlite:///{path}")

    @event.listens_for(engine, "connect")
    def set_up(connection, _) -> None:  # type: ignore[no-untyped-def]
        for line in ("foreign_keys = ON", "synchronous = OFF"):
            connection.execute(f"PRAGMA {line}")

    yield Desk(engine, tmp_path)
    engine.dispose()
