"""What the window was asked for on the command line, and which server that means.

Only reads arguments and chooses among profiles it is given; never opens a window, a file or a connection.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from yearadmin import places
from yearadmin.profiles import EMBEDDED, Profile, Profiles, profile_of_run


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked for on the command line. ``pace`` is in seconds."""

    server: str = ""
    demo: bool = False
    sample: bool = False
    data_dir: Path | None = None
    language: str = ""
    pace: float | None = None
    name: str = ""  # what the server is called in the window
    profile: str = ""  # the name of a saved server

    @property
    def backend_dir(self) -> Path:
        """Where the embedded backend keeps its data."""
        return self.data_dir or places.backend_dir()

    @property
    def wants_embedded(self) -> bool:
        """Whether something was asked for that only the embedded backend has, or makes it one to try."""
        embedded = self.demo or self.sample or self.data_dir is not None or self.pace is not None
        return embedded and not self.server and not self.profile


class NoSuchProfileError(Exception):
    """There is no saved server of that name."""

    def __init__(self, name: str, profiles: Profiles) -> None:
        known = ", ".join(item.name or item.id for item in profiles.items)
        super().__init__(f"There is no server called “{name}”. There are: {known}")


def profile_called(name: str, profiles: Profiles) -> Profile:
    """The saved server of that name. Raises NoSuchProfileError."""
    found = profiles.named(name)
    if found is None:
        raise NoSuchProfileError(name, profiles)
    return found


def first_profile(options: Options, profiles: Profiles) -> Profile | None:
    """The server to begin with; None on the first start, when the operator has to choose.

    Raises NoSuchProfileError. What the command line names is for this run: it does not become the one used last.
    """
    if options.server:
        profile = profile_of_run(options.server, profiles)
        return replace(profile, name=options.name) if options.name and not profile.id else profile
    if options.profile:
        return profile_called(options.profile, profiles)
    if options.wants_embedded:
        return profiles.get(EMBEDDED.id) or EMBEDDED
    return profiles.last


def parse(argv: Sequence[str]) -> Options:
    """Read the arguments; ends the process with code 2 and a sentence when they are wrong."""
    parser = argparse.ArgumentParser(
        prog="yearadmin", description="Opens the window. “yearadmin --help” lists the commands for a terminal."
    )
    where = parser.add_mutually_exclusive_group()
    where.add_argument(
        "--server",
        metavar="URL",
        default="",
        help="the server’s address with its version, such as "
        "https://host/api/v1; without it the one used last is opened",
    )
    where.add_argument("--profile", metavar="NAME", default="", help="a saved server; see: yearadmin profiles")
    parser.add_argument("--demo", action="store_true", help="sign in as a test administrator of a demo server")
    parser.add_argument("--sample", action="store_true", help="begin with sample data (built-in server)")
    parser.add_argument("--data-dir", type=Path, metavar="DIR", help="where the built-in server keeps its data")
    parser.add_argument("--lang", choices=("en", "fr"), default="", help="language for this run")
    parser.add_argument("--backend-pace", type=float, metavar="SECONDS", help="slow each step of the built-in server "
                        "down, for training")  # fmt: skip
    args = parser.parse_args(argv)
    if args.server and not args.server.startswith(("http://", "https://")):
        parser.error("argument --server: the address must begin with http:// or https://")
    if (args.server or args.profile) and (args.sample or args.data_dir or args.backend_pace is not None):
        parser.error(
            "--sample, --data-dir and --backend-pace are for the built-in server, not for --server or --profile"
        )
    return Options(
        args.server, args.demo, args.sample, args.data_dir, args.lang, args.backend_pace, profile=args.profile
    )
