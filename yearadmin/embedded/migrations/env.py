"""Alembic's entry: runs the revisions on the database ``migrate`` names, in one transaction. Configures no logging."""

from __future__ import annotations

from alembic import context
from sqlalchemy import create_engine, pool

from yearadmin.embedded.schema import metadata


def _run() -> None:
    given = context.config.attributes
    engine = create_engine(given["url"], connect_args=given["secret"], poolclass=pool.NullPool)
    with engine.connect() as connection:
        context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


_run()
