"""``yearadmin serve``: starts the embedded backend, says where it answers, and ends it cleanly.

Prints one line of JSON on standard output when ready, and nothing else there.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import socket
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from yearadmin import places
from yearadmin.embedded.exposure import Exposure, ExposureError, add_options, read_exposure

UNREAD_MILLISECONDS = 60_000  # how long a client may leave what it was sent unread before its connection ends
EXIT_IN_USE, EXIT_USAGE, EXIT_DATABASE = 1, 2, 3


def main(argv: Sequence[str]) -> int:
    """Run the backend until it is told to stop; 0 then, 1 data in use, 2 wrong usage or port, 3 unusable data."""
    arguments = _parser().parse_args(argv)
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(asctime)s %(name)s: %(message)s")
    logging.getLogger("python_multipart").setLevel(logging.CRITICAL)  # bad uploads are answered, not logged
    if not _has_libraries():
        return _sorry(
            EXIT_USAGE, "The built-in server’s libraries are not installed. Type: pip install 'yearadmin[embedded]'"
        )
    from yearadmin.embedded.settings import Settings

    try:
        exposure = read_exposure(arguments)
    except ExposureError as error:
        return _sorry(EXIT_USAGE, str(error))
    settings = Settings(
        data_dir=arguments.data_dir.absolute(),
        units_file=arguments.units.absolute(),
        demo=arguments.demo,
        pace=arguments.pace,
        era=arguments.era,
        exposure=exposure,
        database_url=arguments.database_url,
        database_password_file=arguments.database_password_file and arguments.database_password_file.absolute(),
        workers=arguments.workers,
        shared_files=arguments.files_dir and arguments.files_dir.absolute(),
    )
    if arguments.as_worker:
        from yearadmin.embedded.worker import main as work

        return work(settings, arguments.as_worker)
    if settings.workers > 1 and not settings.database_url:
        return _sorry(EXIT_USAGE, "Several workers need a PostgreSQL database: add --database-url.")
    return _serve(arguments, settings)


def _serve(arguments: argparse.Namespace, settings: object) -> int:
    from yearadmin.embedded.engines import UnusableAddressError, kind_of
    from yearadmin.embedded.keeping import begin_anew
    from yearadmin.embedded.lock import DirectoryLock, InUseError
    from yearadmin.embedded.migrate import DatabaseUnusableError
    from yearadmin.embedded.settings import Settings

    assert isinstance(settings, Settings)
    try:
        listening = _listen(settings.exposure.host, arguments.port)
    except OSError as error:
        reason = error.strerror or error
        return _sorry(
            EXIT_USAGE, f"Port {arguments.port} can’t be used: {reason}. Choose another, or 0 for any free one."
        )
    lock = DirectoryLock(settings.data_dir)
    try:
        settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock.take()
        if arguments.fresh:
            begin_anew(settings.database_file)
        kind = kind_of(settings)
        kind.bring_up_to_date()
    except InUseError as error:
        by = f" (process {error.pid})" if error.pid else ""
        return _sorry(EXIT_IN_USE, f"Another server{by} already works on {error.data_dir}. Stop it first.")
    except UnusableAddressError as error:
        return _sorry(EXIT_USAGE, str(error))
    except DatabaseUnusableError as error:
        return _sorry(EXIT_DATABASE, str(error))
    except OSError as error:
        return _sorry(EXIT_DATABASE, f"{settings.data_dir} can’t be used: {error.strerror or error}.")
    from yearadmin.embedded.running import run

    def tell(port: int) -> None:
        say_ready(settings.exposure, port)

    try:
        return run(settings, listening, tell, stop_with_parent=arguments.stop_with_parent, sample=arguments.sample)
    finally:
        lock.release()


def say_ready(exposure: Exposure, port: int) -> None:
    """The one line on standard output."""
    line = json.dumps({"base_url": exposure.base_url(port), "pid": os.getpid()})
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _listen(host: str, port: int) -> socket.socket:
    family, _, _, _, address = socket.getaddrinfo(host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[
        0
    ]
    # Named as TCP, else asyncio does not switch Nagle's waiting off and every answer takes 40 ms longer.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if os.name == "posix":  # elsewhere it would let two share a port
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if hasattr(socket, "TCP_USER_TIMEOUT"):  # each connection gets it from here
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, UNREAD_MILLISECONDS)
    try:
        listening.bind(address)
        listening.listen(2048)
    except OSError:
        listening.close()
        raise
    return listening


def _has_libraries() -> bool:
    """The window and the command line can be installed without what only the backend needs."""
    needed = ("aiosqlite", "alembic", "authlib", "fastapi", "jwt", "python_multipart", "sqlalchemy", "uvicorn")
    return all(find_spec(name) is not None for name in needed)


def _sorry(code: int, sentence: str) -> int:
    sys.stderr.write(f"yearadmin serve: {sentence}\n")
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="yearadmin serve",
        description="Run the built-in server on this computer. Prints one line of JSON with its address when it is "
        "ready to answer; stop it with Ctrl-C. Only programs on this computer can reach it.",
    )
    parser.add_argument(
        "--port", type=_port, default=0, help="the port to listen on; 0, the default, takes any free one"
    )
    parser.add_argument(
        "--data-dir",
        type=Path,
        default=places.backend_dir(),
        metavar="DIR",
        help="where the database and uploaded files are kept (default: %(default)s)",
    )
    parser.add_argument(
        "--units",
        type=Path,
        default=places.resources_dir() / "units.csv",
        metavar="FILE",
        help="the unit directory, a CSV file (default: the one that comes with the program)",
    )
    parser.add_argument(
        "--demo", action="store_true", help="let anybody on this computer sign in as a test user, without a password"
    )
    parser.add_argument(
        "--sample", action="store_true", help="fill an empty data directory with sample data; needs --demo"
    )
    parser.add_argument(
        "--pace",
        type=_seconds,
        default=0.0,
        metavar="SECONDS",
        help="slow each step of each job by this much, for training sessions (default: not at all)",
    )
    parser.add_argument(
        "--fresh",
        action="store_true",
        help="begin with an empty database where a damaged one was set aside; a sound one is never touched",
    )
    parser.add_argument(
        "--era",
        choices=["2026-07", "2026-05"],
        default="2026-07",
        help="answer as the production server did in that month, to try clients against it (default: %(default)s)",
    )
    parser.add_argument(
        "--stop-with-parent",
        action="store_true",
        help="also stop when standard input ends, so that a program that dies leaves no server behind",
    )
    _add_database_options(parser)
    add_options(parser)
    parser.add_argument("--as-worker", metavar="BACKEND", help=argparse.SUPPRESS)
    return parser


def _add_database_options(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group(
        "PostgreSQL", "By default everything is kept in one file in the data directory, which serves a small site well."
    )
    group.add_argument(
        "--database-url",
        default="",
        metavar="URL",
        help="keep everything in this PostgreSQL database instead: postgresql+psycopg://user@host/database, without a "
        "password. Several servers may work on one database",
    )
    group.add_argument(
        "--database-password-file",
        type=Path,
        metavar="FILE",
        help="the file that holds the database's password (default: PostgreSQL's own means, such as PGPASSFILE)",
    )
    group.add_argument(
        "--workers", type=_workers, default=1, metavar="NUMBER", help="how many processes run jobs (default: 1)"
    )
    group.add_argument(
        "--files-dir",
        type=Path,
        metavar="DIR",
        help="where uploaded files are kept; servers that work on one database must share it (default: in the data "
        "directory)",
    )


def _workers(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 32:
        raise argparse.ArgumentTypeError("a number from 1 to 32")
    return number


def _port(text: str) -> int:
    number = int(text)
    if not 0 <= number <= 65535:
        raise argparse.ArgumentTypeError("a port is a number from 0 to 65535")
    return number


def _seconds(text: str) -> float:
    number = float(text)
    if not 0 <= number <= 60:
        raise argparse.ArgumentTypeError("seconds from 0 to 60")
    return number
