"""Keeping a data directory safe: one-file backups of a running backend, bringing one back, setting a damaged one aside.

Never overwrites or deletes what was there: the former data is always moved aside under a name that says when and why.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import tarfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from yearadmin import __version__

DATABASE, FILES = "backend.sqlite", "files"
KEPT_COPIES = 3  # copies made before migrations
UNFINISHED = "restore-unfinished"  # lies in the data directory while a restore moves things
_MANIFEST = "manifest.json"
_BESIDE = ("", "-wal", "-shm", "-journal")  # what SQLite keeps beside a database
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


class KeepingError(Exception):
    """Something could not be backed up or brought back; the text is a sentence for the operator."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup as it was made or read: when, of which table revision, how many files besides the database."""

    path: Path
    made_at: str
    revision: str
    files: int


def stamp() -> str:
    """The present moment as part of a file name, UTC."""
    return datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")


def tells_damage(error: sqlite3.Error) -> bool:
    """Whether SQLite says that the file itself is damaged or no database: not that it is busy, full or out of reach."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGED


def copy_database(source: Path, target: Path) -> None:
    """A consistent copy of a database that may be in use, whole or not at all. Raises OSError, sqlite3.Error."""
    part = target.with_name(f"{target.name}.part")
    part.unlink(missing_ok=True)
    try:
        with (
            closing(sqlite3.connect(f"{source.as_uri()}?mode=ro", uri=True)) as old,
            closing(sqlite3.connect(part)) as new,
        ):
            old.backup(new, pages=2000)
            new.execute("PRAGMA journal_mode = DELETE")
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def prune_copies(folder: Path, pattern: str) -> None:
    """Of copies whose names end with the moment, keep the newest few."""
    for old in sorted(folder.glob(pattern), key=lambda path: path.name.rpartition("-")[2])[:-KEPT_COPIES]:
        old.unlink(missing_ok=True)


def set_aside(database: Path) -> Path:
    """Move a damaged database out of the way, with all that belongs to it; where it is now. Raises OSError."""
    aside = database.with_name(f"{database.stem}-damaged-{stamp()}.sqlite")
    for ending in _BESIDE:
        part = database.with_name(database.name + ending)
        if part.exists():
            part.replace(aside.with_name(aside.name + ending))
    return aside


def waiting_for_decision(database: Path) -> str | None:
    """Why a directory without a database must not be begun anew unasked; None when it may."""
    if (database.parent / UNFINISHED).exists():
        return (
            "Bringing a backup back was interrupted. Run “yearadmin backend restore” again; "
            "what was there before is kept in the folders named before-restore-…."
        )
    damaged = sorted(database.parent.glob(f"{database.stem}-damaged-*.sqlite"))
    if damaged and not database.exists():
        return (
            f"The database was damaged and is kept as {damaged[-1]}. Bring a backup back with “yearadmin backend "
            "restore FILE”, or begin with an empty one by “yearadmin serve --fresh”."
        )
    return None


def begin_anew(database: Path) -> None:
    """Let a directory without a database begin with an empty one; damaged ones are renamed. Raises OSError."""
    if database.exists():
        return
    for damaged in database.parent.glob(f"{database.stem}-damaged-*"):
        damaged.replace(damaged.with_name(f"former-{damaged.name}"))


def revision_of(database: Path) -> str:
    """The table revision of a sound database. Raises :class:`KeepingError`."""
    try:
        with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as db:
            if db.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                raise KeepingError(f"{database} is damaged.")
            row = db.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error as error:
        raise KeepingError(f"{database} can’t be read: {error}.") from error
    if row is None:
        raise KeepingError(f"{database} holds no data of this program.")
    return str(row[0])


def back_up(data_dir: Path, target: Path) -> Backup:
    """Write database and files into one archive, also of a running backend. Raises :class:`KeepingError`, OSError."""
    database = data_dir / DATABASE
    if not database.is_file():
        raise KeepingError(f"There is no database in {data_dir}.")
    if target.exists():
        raise KeepingError(f"{target} exists already; choose another name.")
    target.parent.mkdir(parents=True, exist_ok=True)
    copy, part = target.with_name(f"{target.name}.sqlite"), target.with_name(f"{target.name}.part")
    try:
        copy_database(database, copy)
        # The database first: a file it names is never moved away again, only further on its way.
        made = Backup(target, datetime.now(UTC).isoformat(timespec="seconds"), revision_of(copy), 0)
        files = 0
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as raw:
            with tarfile.open(fileobj=raw, mode="w:gz", compresslevel=3) as archive:
                archive.add(copy, DATABASE)
                for path in _all_files(data_dir / FILES):
                    try:
                        archive.add(
                            path, (PurePosixPath(FILES) / path.relative_to(data_dir / FILES).as_posix()).as_posix()
                        )
                    except FileNotFoundError:  # it has moved on, or was removed
                        continue
                    files += 1
                _add_manifest(archive, made, files, data_dir)
            raw.flush()
            os.fsync(raw.fileno())
        part.replace(target)
    except sqlite3.Error as error:
        raise KeepingError(f"The database could not be copied: {error}.") from error
    finally:
        copy.unlink(missing_ok=True)
        part.unlink(missing_ok=True)
    return Backup(target, made.made_at, made.revision, files)


def _all_files(folder: Path) -> Iterator[Path]:
    for root, _, names in os.walk(folder):
        for name in sorted(names):
            path = Path(root) / name
            if path.is_file() and not path.is_symlink():
                yield path


def _add_manifest(archive: tarfile.TarFile, made: Backup, files: int, data_dir: Path) -> None:
    from io import BytesIO

    told = {"made_at": made.made_at, "revision": made.revision, "program": __version__, "files": files}
    content = json.dumps(told).encode()
    entry = tarfile.TarInfo(_MANIFEST)
    entry.size = len(content)
    archive.addfile(entry, BytesIO(content))


def restore(backup: Path, data_dir: Path, known: set[str]) -> tuple[Backup, Path | None]:
    """Put a backup in the place of the present data; what it held, and where the former data is kept now.

    The caller holds the directory's lock. ``known`` are the table revisions this version can use. Raises
    :class:`KeepingError` before anything is touched, OSError.
    """
    moment = stamp()
    fresh, aside = data_dir / f"restoring-{moment}", data_dir / f"before-restore-{moment}"
    try:
        read = _unpack(backup, fresh)
        if read.revision not in known:
            raise KeepingError(f"{backup} was made by a newer version of this program. Use that version.")
        unfinished = data_dir / UNFINISHED
        unfinished.touch()
        kept = _move_aside(data_dir, aside)
        (fresh / DATABASE).replace(data_dir / DATABASE)
        if (fresh / FILES).exists():
            (fresh / FILES).replace(data_dir / FILES)
        unfinished.unlink()
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return read, kept


def _move_aside(data_dir: Path, aside: Path) -> Path | None:
    present = [data_dir / f"{DATABASE}{ending}" for ending in _BESIDE] + [data_dir / FILES]
    present = [path for path in present if path.exists()]
    if not present:
        return None
    aside.mkdir(mode=0o700)
    for path in present:
        path.replace(aside / path.name)
    return aside


def _unpack(backup: Path, fresh: Path) -> Backup:
    fresh.mkdir(mode=0o700, parents=True)
    files, made_at = 0, ""
    try:
        with tarfile.open(backup, "r:gz") as archive:
            for entry in archive:
                parts = PurePosixPath(entry.name).parts
                if not entry.isfile() or ".." in parts or PurePosixPath(entry.name).is_absolute():
                    raise KeepingError(f"{backup} holds something that is no file of a backup; nothing was changed.")
                taken = archive.extractfile(entry)
                assert taken is not None
                if entry.name == _MANIFEST:
                    made_at = str(json.loads(taken.read(10_000))["made_at"])
                    continue
                if entry.name != DATABASE and parts[0] != FILES:
                    raise KeepingError(f"{backup} holds something that is no part of a backup; nothing was changed.")
                target = fresh.joinpath(*parts)
                target.parent.mkdir(parents=True, exist_ok=True)
                with target.open("xb") as out:
                    shutil.copyfileobj(taken, out, 1 << 20)
                files += entry.name != DATABASE
    except (tarfile.TarError, EOFError, ValueError, KeyError) as error:
        raise KeepingError(f"{backup} is no backup of this program, or it is damaged: {error}.") from error
    if not made_at:
        raise KeepingError(f"{backup} is no whole backup: it ends too early.")
    return Backup(backup, made_at, revision_of(fresh / DATABASE), files)
