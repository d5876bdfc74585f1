"""``yearadmin profiles`` and ``--profile``: the saved servers on the command line, and being careful on some of them.

Asks no server anything; a name on the command line is for that command and never becomes the one used last.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from yearadmin import places
from yearadmin.command_exits import Exit
from yearadmin.options import NoSuchProfileError, profile_called
from yearadmin.profiles import (
    EMBEDDED,
    Profile,
    ProfileError,
    ProfileFile,
    ProfileKind,
    Profiles,
    new_profile,
    profile_of_run,
)
from yearadmin.words.servers import authority_unreadable, fault_text, profile_name, profile_place, profiles_notice
from yearadmin.words.translate import translate

__all__ = ["NoSuchProfileError", "add_arguments", "confirmed", "profiles", "resolve"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What ``yearadmin profiles`` takes."""
    parser.add_argument("--json", action="store_true", help="print JSON instead of sentences")
    parser.add_argument("--lang", choices=("en", "fr"), default="", help="language of the sentences")
    does = parser.add_subparsers(dest="do", metavar="add | remove | use")
    add = does.add_parser("add", help="save a server under a name")
    add.add_argument("name", metavar="NAME")
    add.add_argument("url", metavar="URL", help="its address with its version, such as https://host/api/v1")
    add.add_argument("--colour", metavar="#RRGGBB", default="#2e6f9e", help="its colour (default: %(default)s)")
    add.add_argument(
        "--ca-file", metavar="FILE", default="", help="certificates of an authority to trust there besides the system’s"
    )
    add.add_argument("--careful", action="store_true", help="opening and closing a year asks for the year’s number")
    for name, text in (
        ("remove", "take a server off the list"),
        ("use", "have the window open with this server from now on"),
    ):
        does.add_parser(name, help=text).add_argument("name", metavar="NAME")


def profiles(args: argparse.Namespace) -> Exit:
    """Carry out ``yearadmin profiles``."""
    file = ProfileFile(places.profiles_file())
    held = file.load()
    code = Exit.DONE
    try:
        match args.do:
            case "add":
                ca_file = str(Path(args.ca_file).absolute()) if args.ca_file else ""
                if ca_file and not Path(ca_file).exists():
                    _complain(authority_unreadable(Path(ca_file).name))
                    return Exit.REFUSED
                added = new_profile(
                    args.name, args.url, colour=args.colour.lower(), careful=args.careful, ca_file=ca_file
                )
                held = file.update(lambda known: known.add(added))
            case "remove":
                held = file.update(lambda known: known.remove(_removable(args.name, known).id))
            case "use":
                held = file.update(lambda known: known.use(profile_called(args.name, known).id))
    except ProfileError as error:
        for fault in error.faults:
            _complain(fault_text(fault))
        return Exit.REFUSED
    except NoSuchProfileError as error:
        _complain(str(error))
        return Exit.REFUSED
    except _StaysError:
        _complain(translate("command", "The server on this computer is always there: it can’t be removed."))
        return Exit.REFUSED
    notice = profiles_notice(file.notice)
    if notice:
        _complain(notice)
        code = Exit.FAILED if args.do else Exit.DONE
    _show(held, as_json=args.json)
    return code


class _StaysError(Exception):
    """The embedded server can't be removed."""


def _removable(name: str, held: Profiles) -> Profile:
    found = profile_called(name, held)
    if found.kind is ProfileKind.EMBEDDED:
        raise _StaysError
    return found


def _show(held: Profiles, *, as_json: bool) -> None:
    if as_json:
        listed = [
            {
                "id": item.id,
                "name": profile_name(item),
                "base_url": item.base_url,
                "colour": item.colour,
                "careful": item.careful,
                "ca_file": item.ca_file,
                "kind": str(item.kind),
                "last_used": item.id == held.last_used,
            }
            for item in held.items
        ]
        sys.stdout.write(json.dumps(listed, ensure_ascii=False) + "\n")
        return
    width = max(len(profile_name(item)) for item in held.items) if held.items else 0
    for item in held.items:
        marks = [translate("command", "careful")] if item.careful else []
        marks += [translate("command", "used last")] if item.id == held.last_used else []
        where = item.base_url or profile_place(item)
        told = f"  ({', '.join(marks)})" if marks else ""
        sys.stdout.write(f"{profile_name(item):{width}}  {where}{told}\n")


def resolve(args: argparse.Namespace) -> Profile:
    """The server a command is for: the saved one that was named, the one at the address, else the embedded one.

    Raises NoSuchProfileError. The address is put into ``args.server``: empty for the embedded backend.
    """
    held = ProfileFile(places.profiles_file()).load()
    if args.profile:
        found = held.get(EMBEDDED.id) if args.profile == EMBEDDED.id else profile_called(args.profile, held)
        found = found or EMBEDDED
        args.server = found.base_url
        return found
    if args.server:
        return profile_of_run(args.server, held)
    return held.get(EMBEDDED.id) or EMBEDDED


def confirmed(profile: Profile, year: int, typed: int | None) -> bool:
    """Whether a change of what users see may go on: on a careful server the year's number has to be given or typed."""
    if not profile.careful or typed == year:
        return True
    name = profile_name(profile)
    if typed is None and sys.stdin is not None and sys.stdin.isatty():
        label = translate("command", "This is {server}. To confirm, type the year’s number: ").format(server=name)
        sys.stderr.write(label)
        sys.stderr.flush()
        if sys.stdin.readline().strip() == str(year):
            return True
    text = translate("command", "{server} is marked as careful: add --confirm {year}. Nothing was sent.")
    _complain(text.format(server=name, year=year))
    return False


def _complain(text: str) -> None:
    sys.stderr.write(text + "\n")
