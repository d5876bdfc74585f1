"""Signing in and out in words: the ways in, what became of one, and where the session is kept.

Never shows a cookie; never promises that signing out makes a session worthless, for the server does not.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence

from yearadmin.contract.problems import Problem, ProblemCode
from yearadmin.state.looking import Look
from yearadmin.state.model import AppState
from yearadmin.state.signing import Keeping, Left
from yearadmin.words.connection import server_text
from yearadmin.words.told import tell_problem
from yearadmin.words.translate import translate

# With the Python that runs this program: another one's packages would be of no use to it.
SSO_COMMAND = f'"{sys.executable}" -m pip install "yearadmin[sso]"'
K = Keeping


def sign_in_title(state: AppState) -> str:
    """The title of the sign-in page."""
    server = server_text(state)
    if not server:
        return translate("words.signin", "Sign in")
    return translate("words.signin", "Sign in to {server}").format(server=server)


def why_signed_out(state: AppState) -> str:
    """Why somebody has to sign in: never did, ran out, was ended, or is not permitted; and what stays."""
    problem = state.connection.problem
    known = bool(state.years.items or state.scopes)
    stays = translate("words.signin", "What is known stays on the screen, and what you have typed stays typed.")
    waiting = sum(upload.is_active and upload.problem is not None for upload in state.uploads)
    parts = [_why(problem)]
    if known:
        parts.append(stays)
    if waiting:
        parts.append(translate("words.signin", "%n file(s) go on being sent once you are back.", "", waiting))
    return " ".join(part for part in parts if part)


def _why(problem: Problem | None) -> str:
    if problem is None or problem.code is ProblemCode.NOT_SIGNED_IN:
        return translate("words.signin", "The server wants to know who you are.")
    if problem.code in (ProblemCode.SESSION_EXPIRED, ProblemCode.SESSION_ENDED):
        return tell_problem(problem).detail
    return tell_problem(problem).sentences


_KEEPINGS: Mapping[Keeping, Callable[[], str]] = {
    K.UNKNOWN: lambda: "",
    K.KEYRING: lambda: "",
    K.NO_KEYRING: lambda: translate(
        "words.signin",
        "You stay signed in until you quit: this computer has no keyring to keep the session in. "
        "Install one (GNOME Keyring or KWallet), then try again.",
    ),
    K.NOT_SECURE: lambda: translate(
        "words.signin",
        "You stay signed in until you quit: this computer’s keyring would keep the session readable for everybody. "
        "Set up a protected one, then try again.",
    ),
    K.LOCKED: lambda: translate(
        "words.signin", "You stay signed in until you quit: the keyring is locked. Unlock it, then try again."
    ),
    K.SILENT: lambda: translate(
        "words.signin",
        "You stay signed in until you quit: the keyring does not answer. "
        "Look for its question behind other windows, then try again.",
    ),
    K.FAILED: lambda: translate(
        "words.signin",
        "You stay signed in until you quit: the keyring failed. Log in to this computer again, then try again.",
    ),
}


def keeping_text(keeping: Keeping | None) -> str:
    """Why the session is kept for this run only, and what to do; empty when it is kept, or there is none."""
    return "" if keeping is None else _KEEPINGS[keeping]()


def ways_text(look: Look | None) -> str:
    """What the server has said of the ways in; empty when they speak for themselves."""
    if look is None:
        return translate("words.signin", "Asking the server which ways in it offers…")
    if look.problem is not None:
        told = tell_problem(look.problem)
        return translate("words.signin", "The server could not be asked which ways in it offers. {why}").format(
            why=told.detail
        )
    if not look.sign_ins:
        return translate("words.signin", "The server offers no way in that this program knows, but a session cookie.")
    return ""


def cookie_help() -> str:
    """What the two cookies are and where a person finds them."""
    return translate(
        "words.signin",
        "For support cases. Sign in to the calculator in your browser, open its developer tools (F12), look under "
        "Storage or Application for the cookies of the calculator, and copy the values of auth_token and "
        "refresh_token. Whoever holds them is you to the server: give them to nobody. "
        "You may also paste the whole Cookie line into the first field.",
    )


def cookie_refused(problem: Problem) -> str:
    """Why a pasted session was not taken."""
    if problem.code is ProblemCode.NOT_SIGNED_IN:
        return translate(
            "words.signin",
            "The server does not accept this session: it has run out, was cut while being copied, "
            "or belongs to another server.",
        )
    return tell_problem(problem).sentences


def test_user_refused(problem: Problem) -> str:
    """Why signing in as a test user did not work."""
    if problem.code is ProblemCode.FORBIDDEN:
        return translate("words.signin", "This server takes no test users.")
    return tell_problem(problem).sentences


def sso_missing() -> str:
    """The institution's sign-on page can't be shown, and what to do instead."""
    return translate(
        "words.signin",
        "Your institution’s sign-on page needs a part of this program that is not installed. Install it with the "
        "command below and start the program again; or sign in with a session cookie from your browser.",
    )


def sso_broken() -> str:
    """The part is installed but does not start."""
    return translate(
        "words.signin",
        "The part that shows your institution’s sign-on page is installed but does not start on this computer. "
        "Sign in with a session cookie from your browser instead.",
    )


def sso_as_root() -> str:
    """A web page is shown to no administrator of the computer."""
    return translate(
        "words.signin",
        "Started as the computer’s administrator (root), this program shows no web page: it could not be fenced in. "
        "Start it as yourself, or sign in with a session cookie from your browser.",
    )


def still_valid() -> str:
    """What signing out does not do (contract section 1.2)."""
    return translate(
        "words.signin",
        "The server keeps no list of sessions: a copy of one taken before stays good until it runs out by itself, "
        "a day at the latest as the server is usually set up.",
    )


def left_text(left: Sequence[Left], names: Mapping[str, str]) -> str:
    """What became of all kept sessions, a server a line; ``names`` are what the operator calls them."""
    lines = [_left(item, names.get(item.place, item.place)) for item in left if item.users or not item.forgotten]
    if not lines:
        lines = [translate("words.signin", "No session was kept on this computer.")]
    return "\n".join([*lines, still_valid()])


def _left(item: Left, name: str) -> str:
    if not item.forgotten:
        text = translate("words.signin", "{server}: the keyring could not be asked and may still hold a session.")
    elif item.problem is not None:
        text = translate("words.signin", "{server}: forgotten here; the server could not be told ({why}).")
    else:
        text = translate("words.signin", "{server}: signed out and forgotten.")
    why = tell_problem(item.problem).title if item.problem is not None else ""
    return text.format(server=name, why=why)


def signed_in_without_role() -> str:
    """Signed in, with ``{name}``, but nothing may be done."""
    return translate("words.signin", "Signed in as {name}, who has no role on this server and may do nothing there.")


def not_kept(keeping: Keeping) -> str:
    """A command's sign-in that the next command will not find, and what to do."""
    text = translate("words.signin", "The session could not be kept for the next command. {why}")
    why = {
        K.NO_KEYRING: translate("words.signin", "This computer has no keyring: install GNOME Keyring or KWallet."),
        K.NOT_SECURE: translate("words.signin", "This computer’s keyring would keep it readable for everybody."),
        K.LOCKED: translate("words.signin", "The keyring is locked: unlock it, then sign in again."),
        K.SILENT: translate("words.signin", "The keyring does not answer: look for its question on the screen."),
    }
    failed = translate("words.signin", "The keyring failed: log in to this computer again.")
    return text.format(why=why.get(keeping, failed))


def login_needs_server() -> str:
    """The command line names no server."""
    return translate(
        "words.signin", "Name the server with --server or --profile; the built-in one needs no session to be kept."
    )


def login_needs_way() -> str:
    """The command line names no way in, or two."""
    return translate(
        "words.signin",
        "Say how to sign in: --role on a demo server, or --cookie-stdin with a session copied from a browser. "
        "Through your institution you sign in in the window; the session it keeps is used here, too.",
    )


def login_needs_role(roles: Sequence[str]) -> str:
    """No such role."""
    return translate("words.signin", "--role is one of: {roles}").format(roles=", ".join(roles))


def login_needs_cookie() -> str:
    """Nothing of use was pasted."""
    return translate(
        "words.signin",
        "No auth_token was found on the standard input. Give the Cookie line of your browser, or auth_token=… and "
        "refresh_token=… on a line each.",
    )


def login_prompt() -> str:
    """Asked at a terminal; what is typed is not shown."""
    return translate("words.signin", "Paste the Cookie line (it is not shown):")
