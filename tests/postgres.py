"""A PostgreSQL server of the tests' own: in a temporary folder, on a socket there, gone at the end. Needs no set-up.

Installed servers are found where Debian puts them; the server refuses to run as root, so root lends it another user.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any

USER, GUARDED, PASSWORD = "yearadmin", "guarded", "correct horse: battery/staple"
_SETTINGS = ("listen_addresses=", "max_connections=200", "log_min_messages=fatal")
_HASTY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=32MB")


def installed() -> Path | None:
    """The folder of the newest installed server's programs."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parent.parent.name.split(".")[0])
    )
    if found:
        return found[-1].parent
    elsewhere = shutil.which("initdb")
    return Path(elsewhere).parent if elsewhere else None


def missing() -> str:
    """Why there is no server to test on; empty when there is one."""
    if installed() is None:
        return "no PostgreSQL server installed"
    if find_spec("psycopg") is None:
        return "the Python package psycopg is not installed"
    if os.geteuid() == 0 and _lent_user() is None:
        return "PostgreSQL does not run as root and there is no other user to lend it"
    return ""


def _lent_user() -> str | None:
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    return None


class Cluster:
    """A running server; ``close`` ends it and removes all it held. It forgets in a power cut unless ``durable``."""

    def __init__(self, *, durable: bool = False) -> None:
        programs = installed()
        assert programs is not None, missing()
        self.folder = Path(tempfile.mkdtemp(prefix="yearadmin-pg-"))
        self._numbers = count(1)
        self._as: dict[str, Any] = {"cwd": self.folder, "env": {"PATH": os.environ["PATH"], "LC_ALL": "C"}}
        if os.geteuid() == 0:
            user = pwd.getpwnam(_lent_user() or "")
            os.chown(self.folder, user.pw_uid, user.pw_gid)
            self._as |= {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        data = self.folder / "data"
        make = [programs / "initdb", "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--no-sync", "--no-locale"]
        subprocess.run(make, check=True, stdout=subprocess.DEVNULL, **self._as)
        (data / "pg_hba.conf").write_text(f"local all {GUARDED} scram-sha-256\nlocal all all trust\n")
        chosen = _SETTINGS if durable else (*_SETTINGS, *_HASTY)
        settings = [item for setting in chosen for item in ("-c", setting)]
        self._process = subprocess.Popen(
            [programs / "postgres", "-D", data, "-k", self.folder, *settings],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # a Ctrl-C is for the tests, which then end it in order
            **self._as,
        )
        self._wait()

    def _wait(self) -> None:
        import psycopg

        end = time.monotonic() + 20
        while True:
            try:
                self.run("postgres", f"CREATE ROLE {GUARDED} LOGIN SUPERUSER PASSWORD '{PASSWORD}'")
            except psycopg.OperationalError:
                assert self._process.poll() is None, "the PostgreSQL server did not start"
                assert time.monotonic() < end, "the PostgreSQL server does not answer"
                time.sleep(0.05)
            else:
                return

    def run(self, database: str, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """Ask from outside; ``?`` stands for a value."""
        import psycopg

        with psycopg.connect(host=str(self.folder), user=USER, dbname=database, autocommit=True) as connection:
            query = sql.replace("%", "%%").replace("?", "%s") if values else sql
            asked = connection.execute(query.encode(), values or None)
            return asked.fetchall() if asked.description else []

    def new(self) -> str:
        """The name of a new, empty database."""
        name = f"test{next(self._numbers)}"
        self.run("postgres", f"CREATE DATABASE {name}")
        return name

    def url(self, database: str, user: str = USER) -> str:
        """Its address for ``--database-url``."""
        return f"postgresql+psycopg://{user}@/{database}?host={self.folder}"

    def close(self) -> None:
        """End the server and remove its folder."""
        self._process.terminate()
        try:
            # Polite first: connections of a test that failed would keep it waiting.
            self._process.wait(0.2)
        except subprocess.TimeoutExpired:
            self._process.send_signal(2)
            self._process.wait(20)
        shutil.rmtree(self.folder, ignore_errors=True)
