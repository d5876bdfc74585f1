"""The command line: the same state, rules and actions as the window, for scheduled work and for terminals.

Never decides what may be done: the permits do, and their refusals become its exit codes.
"""

from __future__ import annotations

import argparse
import asyncio
import os
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING

from yearadmin import __version__, places
from yearadmin.catalogue.modules import Slot, SlotKind, all_slots
from yearadmin.command_exits import Exit, exit_of, exit_of_problem
from yearadmin.contract.enums import DataEntryType, ModuleType, ReductionObjectiveType, RoleName
from yearadmin.contract.problems import Problem, ProblemCode, ProblemError

if TYPE_CHECKING:
    from yearadmin.command_output import Output
    from yearadmin.profiles import Profile
    from yearadmin.state.core import Core

EPILOG = """exit codes: 0 done, 1 the work failed on the server, 2 wrong usage, 3 refused with reasons (not ready,
already open), 4 not signed in or not permitted, 5 server not reachable"""


def _year(text: str) -> int:
    from yearadmin.state.permits import FIRST_YEAR, LAST_YEAR, is_year

    year = int(text) if text.isascii() and text.isdigit() else 0
    if not is_year(year):
        raise argparse.ArgumentTypeError(f"{text!r} is not a year from {FIRST_YEAR} to {LAST_YEAR}")
    return year


def _member(kind: type[IntEnum]) -> Callable[[str], int]:
    """Read an id or a name of ``kind``; names may be written with dashes and in small letters."""

    def read(text: str) -> int:
        name = text.strip().upper().replace("-", "_")
        if name in kind.__members__:
            return int(kind[name])
        if name.isascii() and name.isdigit() and int(name) in {int(item) for item in kind}:
            return int(name)
        known = ", ".join(f"{int(item)} {item.name.lower()}" for item in kind)
        raise argparse.ArgumentTypeError(f"{text!r} is none of: {known}")

    return read


def _moment(text: str) -> datetime:
    from yearadmin.command_history import moment_of

    return moment_of(text)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="yearadmin",
        description="Prepare a reporting year and open it to users. Without a command the window opens.",
        epilog=EPILOG,
    )
    parser.add_argument("--version", action="version", version=f"yearadmin {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--server",
        metavar="URL",
        default=os.environ.get("YEARADMIN_SERVER", ""),
        help="the server’s address with its version, such as https://host/api/v1 (or YEARADMIN_SERVER); "
        "without it the built-in server is started for this command",
    )
    common.add_argument(
        "--profile", metavar="NAME", default="", help="a saved server, in place of --server; see: yearadmin profiles"
    )
    roles = ", ".join(RoleName)
    common.add_argument("--role", default="", help=f"sign in for this run on a demo server: {roles}")
    common.add_argument("--json", action="store_true", help="print JSON instead of sentences")
    common.add_argument(
        "--lang", choices=("en", "fr"), default="", help="language of the sentences (default: the system’s)"
    )
    common.add_argument("--data-dir", type=Path, help="where the built-in server keeps its data")

    def command(name: str, text: str, *, year: bool = True) -> argparse.ArgumentParser:
        made = commands.add_parser(name, parents=[common], help=text, description=text, epilog=EPILOG)
        if year:
            made.add_argument("year", type=_year, metavar="YEAR")
        return made

    command("years", "List the years and their states.", year=False)
    command("show", "Show a year: its state, what is missing, every upload.")
    command("create", "Create a year, which starts its set-up.").add_argument(
        "--watch", action="store_true", help="and follow its set-up to the end"
    )
    command("watch", "Follow the set-up of a year to its end.")
    upload = command("upload", "Send a CSV file to its place and follow the work to its end.", year=False)
    upload.add_argument("file", type=Path, metavar="FILE")
    upload.add_argument("--year", type=_year, required=True, metavar="YEAR")
    upload.add_argument("--module", type=_member(ModuleType), help="id or name; not for reduction files")
    upload.add_argument("--submodule", help="id or name; none for a module’s common file")
    upload.add_argument("--kind", type=SlotKind, choices=list(SlotKind), required=True)
    for name, text in (("open", "Open a year to users."), ("close", "Take a year away from users again.")):
        command(name, text).add_argument(
            "--confirm", type=_year, metavar="YEAR", help="the year once more: needed on a server marked careful"
        )
    from yearadmin.command_session import add_arguments as add_session

    add_session(lambda name, text: command(name, text, year=False))
    command("history", "Show what is kept of a year on this computer, without asking the server.")
    diff = command("diff", "Compare two kept times of a year, or two years, without asking the server.")
    diff.add_argument("other", nargs="?", type=_year, metavar="OTHER_YEAR", help="compare with this year")
    for name, target, text in (("--from", "from_", "the state before"), ("--to", "to", "the state after")):
        diff.add_argument(name, dest=target, type=_moment, metavar="WHEN", help=f"{text}: a date or a time (ISO; local "
                          "unless it has a zone), without it one of the last two kept states")  # fmt: skip
    from yearadmin.command_profiles import add_arguments

    add_arguments(commands.add_parser("profiles", help="List the saved servers; add, remove or choose one."))
    tour = commands.add_parser(
        "tour", help="Lead through the whole work in the real window, with one picture per step."
    )
    tour.add_argument(
        "--out", type=Path, default=Path("tour"), metavar="DIR", help="where the pictures go (default: %(default)s)"
    )
    tour.add_argument("--show", action="store_true", help="show the window on the screen while the tour runs")
    tour.add_argument("--lang", choices=("en", "fr"), default="en", help="language of the window")
    commands.add_parser("serve", add_help=False, help="Run the built-in server alone; see: yearadmin serve --help")
    return parser


def _slot(parser: argparse.ArgumentParser, args: argparse.Namespace) -> Slot:
    kinds: type[IntEnum] = ReductionObjectiveType if args.kind is SlotKind.REDUCTION else DataEntryType
    try:
        submodule = None if args.submodule is None else _member(kinds)(args.submodule)
    except argparse.ArgumentTypeError as error:
        parser.error(f"argument --submodule: {error}")
    slot = Slot(args.module, submodule, args.kind)
    if slot not in set(all_slots()):
        near = [other for other in all_slots() if other.module == slot.module and other.kind is slot.kind]
        places_ = ", ".join(other.name for other in near) or ", ".join(other.name for other in all_slots())
        parser.error(f"there is no place for {args.kind} files there; places are: {places_}")
    return slot


def main(argv: Sequence[str]) -> int:
    """Run one command; the answer is its exit code (see the help)."""
    parser = _parser()
    args = parser.parse_args(argv)
    if args.command == "tour":
        from yearadmin.tour import main as tour

        return tour(args.out, show=args.show, language=args.lang)
    slot = _slot(parser, args) if args.command == "upload" else None
    from yearadmin.command_output import Output, speak

    speak(args.lang)
    from yearadmin.command_profiles import NoSuchProfileError, confirmed, profiles, resolve

    if args.command == "profiles":
        return int(profiles(args))
    try:
        profile = resolve(args)
    except NoSuchProfileError as error:
        parser.error(f"argument --profile: {error}")
    if args.command in ("open", "close") and not confirmed(profile, args.year, args.confirm):
        return int(Exit.REFUSED)
    if args.command in ("history", "diff"):
        from yearadmin.command_history import run as look_back

        return int(asyncio.run(look_back(args)))
    output = Output(as_json=args.json)
    try:
        if args.command in ("login", "logout"):
            from yearadmin.command_session import run as session

            return session(args, profile, output)
        return int(asyncio.run(_run(args, profile, slot, output)))
    except KeyboardInterrupt:
        return 130
    except ProblemError as error:
        output.problem(error.problem)
        return int(exit_of_problem(error.problem))


async def _run(args: argparse.Namespace, profile: Profile, slot: Slot | None, output: Output) -> Exit:
    from yearadmin.cache.store import Cache
    from yearadmin.command_session import session_of
    from yearadmin.remote.backend import LocalBackend
    from yearadmin.state.core import Core, ServerChoice

    backend: LocalBackend | None = None
    sessions, place = session_of(profile)
    role = args.role or None
    choice = ServerChoice(args.server, role=role, demo=bool(role), place=place, authority=profile.authority)
    if not args.server:
        folder = args.data_dir or places.backend_dir()
        backend = LocalBackend(folder, demo=bool(args.role))
        await backend.ensure()
        # Its port changes from run to run: what is kept of it is filed under its folder.
        key = f"embedded:{folder.absolute()}"
        choice = replace(choice, base_url=backend.base_url, key=key, token=backend.token)
    this_year = datetime.now().astimezone().year
    core = Core(choice, Cache(places.cache_file()), this_year=this_year, secrets=sessions.secrets)
    try:
        await core.start()
        return await _DOES[args.command](core, args, slot, output)
    finally:
        await core.close()
        sessions.close()
        if backend is not None:
            await asyncio.to_thread(backend.stop)


async def _ready(core: Core, output: Output) -> Exit:
    """Whether the server answers and knows us; told when not."""
    from yearadmin.state.model import ConnectionPhase

    phase = await core.connected()
    if phase is ConnectionPhase.LIVE:
        return Exit.DONE
    problem = core.store.state.connection.problem
    signed_out = phase is ConnectionPhase.SIGNED_OUT
    code = ProblemCode.NOT_SIGNED_IN if signed_out else ProblemCode.UNREACHABLE
    output.problem(problem or Problem(code))
    return Exit.NOT_PERMITTED if signed_out else Exit.NOT_REACHABLE


async def _years(core: Core, args: argparse.Namespace, slot: Slot | None, output: Output) -> Exit:
    found = await _ready(core, output)
    if found is Exit.DONE:
        problem = (await core.listed()).problem
        if problem is not None:
            output.problem(problem)
            found = exit_of_problem(problem)
    # What is known from earlier is shown all the same, dated.
    output.years(core.store.state)
    return found


async def _show(core: Core, args: argparse.Namespace, slot: Slot | None, output: Output) -> Exit:
    core.select_year(args.year)
    found = await _ready(core, output)
    if found is Exit.DONE:
        scope = await core.loaded(args.year)
        if scope.problem is not None:
            output.problem(scope.problem)
            found = exit_of_problem(scope.problem)
    output.year(core.store.state, args.year)
    return found


async def _create(core: Core, args: argparse.Namespace, slot: Slot | None, output: Output) -> Exit:
    found = await _loaded(core, args.year, output)
    if found is not Exit.DONE:
        return found
    ended = await core.create_year(args.year)
    output.ended("create", args.year, ended)
    return await _followed(core, args.year, output) if ended.ok and args.watch else exit_of(ended)


async def _watch(core: Core, args: argparse.Namespace, slot: Slot | None, output: Output) -> Exit:
    found = await _loaded(core, args.year, output)
    return found if found is not Exit.DONE else await _followed(core, args.year, output)


async def _upload(core: Core, args: argparse.Namespace, slot: Slot | None, output: Output) -> Exit:
    assert slot is not None
    found = await _loaded(core, args.year, output)
    if found is not Exit.DONE:
        return found
    with output.following_slot(core.store, args.year, slot):
        ended = await core.upload(args.year, slot, args.file)
    if ended.outcome is not None:
        return output.slot_result(core.store.state, args.year, slot)
    output.ended("upload", args.year, ended)
    return exit_of(ended)


def _changes(wish: str) -> Callable[[Core, argparse.Namespace, Slot | None, Output], Awaitable[Exit]]:
    async def run(core: Core, args: argparse.Namespace, slot: Slot | None, output: Output) -> Exit:
        found = await _loaded(core, args.year, output)
        if found is not Exit.DONE:
            return found
        ended = await (core.open_year(args.year) if wish == "open" else core.close_year(args.year))
        output.ended(wish, args.year, ended)
        return exit_of(ended)

    return run


async def _loaded(core: Core, year: int, output: Output) -> Exit:
    """Look at the year as the server has it now."""
    core.select_year(year)
    found = await _ready(core, output)
    if found is not Exit.DONE:
        return found
    scope = await core.loaded(year)
    if scope.problem is not None:
        output.problem(scope.problem)
        return exit_of_problem(scope.problem)
    return Exit.DONE


async def _followed(core: Core, year: int, output: Output) -> Exit:
    from yearadmin.state.setup import SetupPhase

    with output.following_setup(core.store, year):
        setup = await core.setup_ended(year)
    output.setup(setup, year)
    if setup.phase is SetupPhase.DONE:
        return Exit.DONE
    return Exit.REFUSED if setup.phase is SetupPhase.NOT_CONFIGURED else Exit.FAILED


_DOES: dict[str, Callable[[Core, argparse.Namespace, Slot | None, Output], Awaitable[Exit]]] = {
    "years": _years,
    "show": _show,
    "create": _create,
    "watch": _watch,
    "upload": _upload,
    "open": _changes("open"),
    "close": _changes("close"),
}
