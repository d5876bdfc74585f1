"""``yearadmin login`` and ``logout``: a session in the keyring for the commands that come after, or none any more.

Never takes a token as an argument or from the environment, where others can read it, and never prints one.
"""

from __future__ import annotations

import argparse
import asyncio
import getpass
import json
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from yearadmin import places
from yearadmin.contract.enums import RoleName
from yearadmin.contract.problems import ProblemCode, ProblemError
from yearadmin.profiles import Profile, ProfileFile
from yearadmin.signing_in import KeptSessions
from yearadmin.state.signing import Left, Tokens, read_cookies, sign_in_of, sign_out_of
from yearadmin.words import signin as words
from yearadmin.words.names import person_name, role_name
from yearadmin.words.translate import translate

if TYPE_CHECKING:
    from yearadmin.command_output import Output

_LONGEST = 64 * 1024  # characters read from the standard input

Adder = Callable[[str, str], argparse.ArgumentParser]


def add_arguments(command: Adder) -> None:
    """Add both commands; ``command`` makes one with the arguments common to all."""
    login = command("login", "Sign in once for the commands that come after; the system’s keyring keeps the session.")
    login.add_argument(
        "--cookie-stdin",
        action="store_true",
        help="in place of --role: read a session copied from a browser from the standard input, either its “Cookie” "
        "line or auth_token=… and refresh_token=… on a line each",
    )
    logout = command("logout", "Sign out, and forget the kept session.")
    logout.add_argument("--everywhere", action="store_true", help="of every server whose session is kept here")


def session_of(profile: Profile) -> tuple[KeptSessions, str]:
    """The keyring for a command on a server, and what its session is kept under there."""
    sessions = KeptSessions(ProfileFile(places.profiles_file()))
    return sessions, sessions.place_of(profile)


def run(args: argparse.Namespace, profile: Profile, output: Output) -> int:
    """Do what was asked; the answer is the exit code. Raises ProblemError."""
    if args.command == "login" and (not args.server or bool(args.role) is args.cookie_stdin):
        return _usage(words.login_needs_way() if args.server else words.login_needs_server())
    if args.command == "logout" and not args.server and not args.everywhere:
        return _usage(words.login_needs_server())
    if args.command == "login" and not args.cookie_stdin and args.role not in set(RoleName):
        return _usage(words.login_needs_role(list(RoleName)))
    tokens: Tokens | None = None
    if args.command == "login" and args.cookie_stdin:
        tokens = read_cookies(_pasted())
        if tokens is None:
            return _usage(words.login_needs_cookie())
    sessions, place = session_of(profile)
    try:
        if args.command == "logout":
            return asyncio.run(_logout(args, profile, sessions, place))
        return asyncio.run(_login(args, profile, sessions, place, tokens, output))
    finally:
        sessions.close()


def _usage(text: str) -> int:
    from yearadmin.command_exits import Exit

    sys.stderr.write(text + "\n")
    return int(Exit.USAGE)


def _pasted() -> str:
    """What stands on the standard input; typed at a terminal it is not shown."""
    if sys.stdin.isatty():
        return getpass.getpass(words.login_prompt() + " ")
    return sys.stdin.read(_LONGEST)


async def _login(
    args: argparse.Namespace,
    profile: Profile,
    sessions: KeptSessions,
    place: str,
    tokens: Tokens | None,
    output: Output,
) -> int:
    from yearadmin.command_exits import Exit, exit_of_problem

    secrets = sessions.secrets
    try:
        user = await sign_in_of(
            secrets,
            place or args.server,
            args.server,
            role=args.role,
            tokens=tokens,
            authority=profile.authority,
        )
    except ProblemError as error:
        problem = error.problem
        if problem.code in (ProblemCode.NOT_SIGNED_IN, ProblemCode.FORBIDDEN) and not args.json:
            tell = words.cookie_refused if tokens is not None else words.test_user_refused
            sys.stderr.write(tell(problem) + "\n")
        else:
            output.problem(problem)
        return int(exit_of_problem(problem))
    held = [role.role for role in user.roles_raw]
    if args.json:
        _print({"signed_in": True, "roles": held, "kept": secrets.status.is_lasting, "keyring": str(secrets.status)})
    else:
        name = person_name(user.display_name or user.email, held)
        # A test account is called by its role already.
        roles = ", ".join(title for title in map(role_name, held) if title not in name)
        if not held:
            text = words.signed_in_without_role()
        elif roles:
            text = translate("command", "Signed in as {name}, {roles}.")
        else:
            text = translate("command", "Signed in as {name}.")
        sys.stdout.write(text.format(name=name, roles=roles) + "\n")
    if secrets.status.is_lasting:
        return int(Exit.DONE)
    # For a command, “for this run” is over now.
    sys.stderr.write(words.not_kept(secrets.status) + "\n")
    return int(Exit.FAILED)


async def _logout(args: argparse.Namespace, profile: Profile, sessions: KeptSessions, place: str) -> int:
    from yearadmin.command_exits import Exit

    if args.everywhere:
        left: Sequence[Left] = await sessions.everywhere()
    else:
        left = (await sign_out_of(sessions.secrets, place or args.server, args.server, profile.authority),)
    if args.json:
        _print(
            [
                {
                    "server": item.place,
                    "sessions": item.users,
                    "server_told": item.problem is None,
                    "forgotten": item.forgotten,
                }
                for item in left
            ]
        )
    else:
        sys.stdout.write(words.left_text(left, sessions.names()) + "\n")
    return int(Exit.DONE if all(item.forgotten for item in left) else Exit.FAILED)


def _print(value: object) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")
