"""Brings a data directory's database to the tables of this version, keeping a copy of what was there before.

Never touches a database of a newer version, and never one it can't read.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from yearadmin.embedded import keeping

if TYPE_CHECKING:
    from sqlalchemy import URL

HEAD = "0002"  # the newest revision in ``migrations/versions``
_SCRIPTS = Path(__file__).with_name("migrations")


class DatabaseUnusableError(Exception):
    """The database is of a newer version or damaged; the text is for the operator."""


def bring_up_to_date(path: Path) -> None:
    """Make or migrate the database; sets a damaged one aside. Raises :class:`DatabaseUnusableError`, OSError."""
    undecided = keeping.waiting_for_decision(path)
    if undecided is not None:
        raise DatabaseUnusableError(undecided)
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
    from sqlalchemy.exc import OperationalError

    from yearadmin.embedded.engine_sqlite import sqlite_url

    try:
        upgrade(sqlite_url(path, "pysqlite"))
    except OperationalError as error:  # in one transaction: what was there is still there
        raise DatabaseUnusableError(f"The tables in {path} can’t be made: {error.orig}.") from error


def _revision(path: Path) -> str | None:
    """The revision the database is at; None when there is no database yet."""
    if not path.exists() or path.stat().st_size == 0:
        return None
    try:
        with closing(sqlite3.connect(path, timeout=10)) as db:
            if db.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                raise _damaged(path)
            names = {row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            if "alembic_version" not in names:
                if names:
                    raise DatabaseUnusableError(f"{path} is a database of another program; nothing was changed.")
                return None
            row = db.execute("SELECT version_num FROM alembic_version").fetchone()
            return str(row[0]) if row else None
    except sqlite3.DatabaseError as error:
        if keeping.tells_damage(error):
            raise _damaged(path) from error
        raise DatabaseUnusableError(f"The database {path} can’t be read: {error}.") from error


def _damaged(path: Path) -> DatabaseUnusableError:
    aside = keeping.set_aside(path)
    return DatabaseUnusableError(
        f"The database was damaged and is kept as {aside}. Bring a backup back with “yearadmin backend restore FILE”, "
        "or begin with an empty one by “yearadmin serve --fresh”."
    )


def known_revisions() -> set[str]:
    """The revisions this version can start from."""
    return {file.name.partition("_")[0] for file in (_SCRIPTS / "versions").glob("[0-9]*.py")}


def _keep_copy(path: Path, revision: str) -> None:
    copy = path.with_name(f"{path.stem}-before-{HEAD}-from-{revision}-{keeping.stamp()}.sqlite")
    try:
        keeping.copy_database(path, copy)
    except sqlite3.Error as error:
        raise DatabaseUnusableError(
            f"The database {path} can’t be copied before it is brought up to date, so it was left as it is: {error}."
        ) from error
    keeping.prune_copies(path.parent, f"{path.stem}-before-*-from-*.sqlite")


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
