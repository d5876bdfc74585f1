"""Brings a data directory's database to the tables of this version, keeping a copy of what was there before.

Never touches a database of a newer version, and never one it can't read.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import URL

HEAD = "0002"  # the newest revision in ``migrations/versions``
_SCRIPTS = Path(__file__).with_name("migrations")


class DatabaseUnusableError(Exception):
    """The database is of a newer version or damaged; the text is for the operator."""


def bring_up_to_date(path: Path) -> None:
    """Make or migrate the database. Raises :class:`DatabaseUnusableError`, OSError."""
    present = _revision(path)
    if present == HEAD:
        return
    if present is not None:
        if present not in known_revisions():
            raise DatabaseUnusableError(
                f"The data in {path.parent} was written by a newer version of this program. "
                "Use that version, or another folder with --data-dir."
            )
        _keep_copy(path, present)
    from yearadmin.embedded.engine_sqlite import sqlite_url

    upgrade(sqlite_url(path, "pysqlite"))


def _revision(path: Path) -> str | None:
    """The revision the database is at; None when there is no database yet."""
    if not path.exists() or path.stat().st_size == 0:
        return None
    try:
        with closing(sqlite3.connect(path, timeout=10)) as db:
            if db.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                raise DatabaseUnusableError(_damaged(path))
            names = {row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            if "alembic_version" not in names:
                if names:
                    raise DatabaseUnusableError(f"{path} is a database of another program; nothing was changed.")
                return None
            row = db.execute("SELECT version_num FROM alembic_version").fetchone()
            return str(row[0]) if row else None
    except sqlite3.DatabaseError as error:
        raise DatabaseUnusableError(_damaged(path)) from error


def _damaged(path: Path) -> str:
    return f"The database {path} is damaged and was left as it is. Use another folder with --data-dir."


def known_revisions() -> set[str]:
    """The revisions this version can start from."""
    return {file.name.partition("_")[0] for file in (_SCRIPTS / "versions").glob("[0-9]*.py")}


def _keep_copy(path: Path, revision: str) -> None:
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    copy = path.with_name(f"{path.stem}-before-{HEAD}-from-{revision}-{moment}.sqlite")
    with closing(sqlite3.connect(path)) as old, closing(sqlite3.connect(copy)) as new:
        old.backup(new)


def upgrade(url: URL, secret: Mapping[str, str] | None = None) -> None:
    """Run the revisions that are missing; ``secret`` is what the address leaves out."""
    # Alembic takes a while to import and is needed once in a database's life, not at each start.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.attributes["url"] = url
    config.attributes["secret"] = dict(secret or {})
    command.upgrade(config, "head")
