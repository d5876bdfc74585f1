"""Brings a PostgreSQL database to the tables of this version; several backends may start at once.

Never touches a database of a newer version or of another program. Copies of it are its administrator's affair.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import URL, Connection, create_engine, inspect, pool, text
from sqlalchemy.exc import SQLAlchemyError

from yearadmin.embedded import migrate
from yearadmin.embedded.migrate import DatabaseUnusableError

_TURN = "yearadmin:migrate"


def bring_up_to_date(url: URL, secret: dict[str, Any]) -> None:
    """Make or migrate the tables. Raises :class:`DatabaseUnusableError`."""
    engine = create_engine(url, connect_args=secret, poolclass=pool.NullPool)
    try:
        with engine.connect() as connection:
            # Held by the session, over the transactions of the migration.
            connection.execute(text("SELECT pg_advisory_lock(hashtextextended(:name, 0))"), {"name": _TURN})
            connection.commit()
            present = _revision(connection, url)
            connection.commit()
            if present == migrate.HEAD:
                return
            if present is not None and present not in migrate.known_revisions():
                raise DatabaseUnusableError(
                    f"The database {url.database} was written by a newer version of this program. Use that version, "
                    "or another database."
                )
            migrate.upgrade(url, secret)
    except SQLAlchemyError as error:
        cause = next(iter(str(getattr(error, "orig", None) or error).strip().splitlines()), "no answer")
        raise DatabaseUnusableError(f"The database {url.database} can’t be used: {cause}") from error
    finally:
        engine.dispose()


def _revision(connection: Connection, url: URL) -> str | None:
    names = set(inspect(connection).get_table_names())
    if "alembic_version" in names:
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return None if found is None else str(found)
    if names:
        raise DatabaseUnusableError(f"The database {url.database} is of another program; nothing was changed.")
    return None
