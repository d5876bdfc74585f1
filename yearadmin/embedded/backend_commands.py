"""``yearadmin backend backup|restore|check``: keeps the embedded backend's data safe from a terminal or a timer.

Says what it did in one or two lines; exit codes as ``yearadmin serve``: 0 done, 1 in use or not sound, 2 wrong usage,
3 unusable data.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from yearadmin import places

EXIT_FAILED, EXIT_USAGE, EXIT_DATA = 1, 2, 3


def main(argv: Sequence[str]) -> int:
    """Run one of the three; the exit code."""
    arguments = _parser().parse_args(argv)
    arguments.data_dir = arguments.data_dir.absolute()
    command: Callable[[argparse.Namespace], int] = arguments.command
    from yearadmin.embedded.keeping import KeepingError

    try:
        return command(arguments)
    except KeepingError as error:
        return _sorry(EXIT_DATA, str(error))
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        return _sorry(EXIT_DATA, f"{where}{error.strerror or error}.")


def _backup(arguments: argparse.Namespace) -> int:
    from yearadmin.embedded.keeping import back_up, stamp

    target = arguments.file or Path(f"yearadmin-backup-{stamp()}.tar.gz")
    if target.is_dir():
        target /= f"yearadmin-backup-{stamp()}.tar.gz"
    made = back_up(arguments.data_dir, target.absolute())
    return _say(f"{made.path}: the database and {made.files} files, {made.path.stat().st_size:,} bytes.")


def _restore(arguments: argparse.Namespace) -> int:
    from yearadmin.embedded.keeping import restore
    from yearadmin.embedded.lock import DirectoryLock, InUseError
    from yearadmin.embedded.migrate import known_revisions

    arguments.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = DirectoryLock(arguments.data_dir)
    try:
        lock.take()
    except InUseError as error:
        by = f" (process {error.pid})" if error.pid else ""
        return _sorry(EXIT_FAILED, f"A server{by} is running on {error.data_dir}. Stop it first.")
    try:
        read, kept = restore(arguments.file.absolute(), arguments.data_dir, known_revisions())
    finally:
        lock.release()
    before = f" What was there before is kept in {kept}." if kept else ""
    return _say(f"The data of {read.made_at} is back: the database and {read.files} files.{before}")


def _check(arguments: argparse.Namespace) -> int:
    from yearadmin.embedded.checking import faults

    found = faults(arguments.data_dir)
    for fault in found:
        sys.stdout.write(f"{fault}\n")
    if found:
        return EXIT_FAILED
    return _say(f"The data in {arguments.data_dir} is sound.")


def _say(sentence: str) -> int:
    sys.stdout.write(f"{sentence}\n")
    return 0


def _sorry(code: int, sentence: str) -> int:
    sys.stderr.write(f"yearadmin backend: {sentence}\n")
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="yearadmin backend", description="Look after the built-in server’s data.")
    commands = parser.add_subparsers(required=True, metavar="backup|restore|check")
    for name, command, words in (
        ("backup", _backup, "write database and files into one archive; the server may run meanwhile"),
        ("restore", _restore, "bring a backup back; the present data is kept beside it. The server must not run"),
        ("check", _check, "tell whether database, files and sums fit together; changes nothing"),
    ):
        one = commands.add_parser(name, help=words, description=f"{words[0].upper()}{words[1:]}.")
        one.add_argument(
            "--data-dir",
            type=Path,
            default=places.backend_dir(),
            metavar="DIR",
            help="where the database and uploaded files are kept (default: %(default)s)",
        )
        if name == "backup":
            one.add_argument("file", nargs="?", type=Path, help="the archive to write, or a folder for it")
        elif name == "restore":
            one.add_argument("file", type=Path, help="the archive to read")
        one.set_defaults(command=command)
    return parser
