"""What went wrong, told to a person: a title, what happened, what to do next, and the server's own words apart.

Decides by the problem's code alone, never by a sentence of the server.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from yearadmin.contract.problems import Problem, ProblemCode
from yearadmin.words.format import duration
from yearadmin.words.translate import translate

Parts = tuple[str, str, str]  # title, what happened, what to do next
C = ProblemCode


@dataclass(frozen=True, slots=True)
class Told:
    """One thing told. ``remedy`` may be empty when there is nothing to do; ``server_words`` are whole, never ours."""

    title: str
    detail: str = ""
    remedy: str = ""
    server_words: str = ""

    @property
    def sentences(self) -> str:
        """What happened and what to do next, on one line."""
        return " ".join(part for part in (self.detail, self.remedy) if part)


_NETWORK: Mapping[ProblemCode, Callable[[], Parts]] = {
    C.UNREACHABLE: lambda: (
        translate("words.problems", "Server not reachable"),
        translate("words.problems", "No connection to the server could be made, so nothing was changed."),
        translate("words.problems", "Check your network and the server’s address, then try again."),
    ),
    C.CERTIFICATE: lambda: (
        translate("words.problems", "The server could not prove its identity"),
        translate("words.problems", "Its certificate is not one this computer trusts, so nothing was sent to it."),
        translate(
            "words.problems",
            "If your institution issues its own certificates, add its authority’s file to this server’s profile; "
            "otherwise do not go on, and ask your IT support.",
        ),
    ),
    C.TIMED_OUT: lambda: (
        translate("words.problems", "The server took too long"),
        translate("words.problems", "The server did not answer in time. Nothing was changed by it."),
        translate("words.problems", "Wait a moment, then try again."),
    ),
    C.LOST_ANSWER: lambda: (
        translate("words.problems", "The answer got lost"),
        translate(
            "words.problems",
            "The request was sent, but the connection broke before an answer came: it may have been carried out.",
        ),
        translate("words.problems", "Look at the present state before you try again; nothing is sent twice by itself."),
    ),
    C.STREAM_LOST: lambda: (
        translate("words.problems", "Progress no longer arrives"),
        translate("words.problems", "The connection that reports progress broke. The work on the server goes on."),
        translate("words.problems", "It is being connected again; “Try now” does so at once."),
    ),
    C.CANCELLED: lambda: (
        translate("words.problems", "Cancelled"),
        translate("words.problems", "It was cancelled here before the work on the server began."),
        translate("words.problems", "Start it again whenever you like."),
    ),
}

_SERVER: Mapping[ProblemCode, Callable[[], Parts]] = {
    C.NOT_SIGNED_IN: lambda: (
        translate("words.problems", "Not signed in"),
        translate("words.problems", "The server does not accept your session: there is none, or it has ended."),
        translate("words.problems", "Sign in again, then repeat what you wanted to do."),
    ),
    C.SESSION_EXPIRED: lambda: (
        translate("words.problems", "Your session has run out"),
        translate("words.problems", "A sign-in is good for some hours only, and the time of yours is over."),
        translate("words.problems", "Sign in again; nothing you see or have typed is lost by it."),
    ),
    C.SESSION_ENDED: lambda: (
        translate("words.problems", "The server has ended your session"),
        translate(
            "words.problems",
            "Its time was not over, but the server no longer accepts it: an administrator may have ended it, "
            "or your account has changed.",
        ),
        translate("words.problems", "Sign in again; if that fails, ask a back-office administrator."),
    ),
    C.FORBIDDEN: lambda: (
        translate("words.problems", "Not permitted"),
        translate("words.problems", "You are signed in, but your account does not have the right to do this."),
        translate("words.problems", "Ask a back-office administrator for the right, or sign in with another account."),
    ),
    C.NOT_FOUND: lambda: (
        translate("words.problems", "Not found"),
        translate("words.problems", "The server does not have what was asked for; it may have been removed meanwhile."),
        translate("words.problems", "Reload the year to see what is there."),
    ),
    C.CONFLICT: lambda: (
        translate("words.problems", "Someone was quicker"),
        translate("words.problems", "The request does not fit the present state on the server, so it was not done."),
        translate("words.problems", "Reload the year, look at its state and decide again."),
    ),
    C.REFUSED: lambda: (
        translate("words.problems", "The server refused it"),
        translate("words.problems", "The server found something wrong with the request and changed nothing."),
        translate("words.problems", "Read the server’s words, correct what they name and try again."),
    ),
    C.TOO_LARGE: lambda: (
        translate("words.problems", "File too large for the server"),
        translate("words.problems", "The server does not accept a file of this size."),
        translate("words.problems", "Split the file or remove columns that are not needed, then upload it again."),
    ),
    C.NOT_CSV: lambda: (
        translate("words.problems", "The server accepts CSV files only"),
        translate("words.problems", "The server does not take this file for a CSV file."),
        translate("words.problems", "Save the table as CSV (UTF-8) and upload that file."),
    ),
    C.BUSY: lambda: (
        translate("words.problems", "The server is busy"),
        translate("words.problems", "The server has too much to do at the moment and did not take this on."),
        translate("words.problems", "Wait a moment, then try again."),
    ),
    C.SERVER_ERROR: lambda: (
        translate("words.problems", "The server failed"),
        translate("words.problems", "Something broke on the server; what you asked for may be done, in part or not."),
        translate(
            "words.problems", "Look at the present state first. If it happens again, report it with the details."
        ),
    ),
    C.NOT_THE_SERVER: lambda: (
        translate("words.problems", "Another server answered"),
        translate("words.problems", "The answer did not come from the CO₂ calculator but from something in between."),
        translate("words.problems", "Check the server’s address, and whether your network asks you to log in first."),
    ),
    C.UNREADABLE: lambda: (
        translate("words.problems", "Answer not understood"),
        translate("words.problems", "The server’s answer has a form that this version of the program does not know."),
        translate("words.problems", "Look at the present state first, then update the program or report the details."),
    ),
}

_HERE: Mapping[ProblemCode, Callable[[], Parts]] = {
    C.BAD_YEAR: lambda: (
        translate("words.problems", "Not a reporting year"),
        translate("words.problems", "“{subject}” can’t be a reporting year."),
        translate("words.problems", "Give a year with four digits between 1990 and 2100."),
    ),
    C.BAD_GOAL: lambda: (
        translate("words.problems", "Goal not valid"),
        translate("words.problems", "A reduction goal is incomplete or out of range, so nothing was saved."),
        translate("words.problems", "Correct the goal that is marked and save again."),
    ),
    C.FILE_MISSING: lambda: (
        translate("words.problems", "File can’t be read"),
        translate("words.problems", "The file “{subject}” is not there, can’t be opened, or changed while being sent."),
        translate("words.problems", "Close it in other programs, check that it exists and choose it again."),
    ),
    C.FILE_EMPTY: lambda: (
        translate("words.problems", "File is empty"),
        translate("words.problems", "The file “{subject}” holds nothing, so it was not sent."),
        translate("words.problems", "Choose the file with the rows in it."),
    ),
    C.FILE_TOO_LARGE: lambda: (
        translate("words.problems", "File too large"),
        translate("words.problems", "The file “{subject}” is larger than the server accepts, so it was not sent."),
        translate("words.problems", "Split the file or remove columns that are not needed, then upload it again."),
    ),
    C.FILE_NOT_CSV: lambda: (
        translate("words.problems", "Not a CSV file"),
        translate("words.problems", "The file “{subject}” is not a CSV file, so it was not sent."),
        translate("words.problems", "Save the table as CSV (UTF-8) and upload that file."),
    ),
    C.NOT_ALLOWED: lambda: (
        translate("words.problems", "Not possible now"),
        translate("words.problems", "The present state does not allow this, so nothing was sent."),
        translate("words.problems", "See the reasons given, settle them and try again."),
    ),
    C.KEYRING: lambda: (
        translate("words.problems", "The session may still be in the keyring"),
        translate("words.problems", "This computer’s keyring could not be asked to delete it."),
        translate("words.problems", "Unlock the keyring, then sign out everywhere once more."),
    ),
    C.BACKEND_FAILED: lambda: (
        translate("words.problems", "The built-in server did not start"),
        translate("words.problems", "The server that this program brings along could not be started on this computer."),
        translate("words.problems", "Close other copies of the program and try again; the details say what it said."),
    ),
    C.INTERNAL: lambda: (
        translate("words.problems", "Error in this program"),
        translate("words.problems", "The program did something wrong; nothing on the server is at fault."),
        translate("words.problems", "Start the program again, and report this with the details."),
    ),
}

_ALL = {**_NETWORK, **_SERVER, **_HERE}


def tell_problem(problem: Problem) -> Told:
    """The problem as a title, one sentence of what happened and one of what to do; the server's words kept whole."""
    title, detail, remedy = _ALL[problem.code]()
    subject = problem.subject
    detail = detail.replace("{subject}", subject) if subject else _without_subject(problem.code, detail)
    if problem.code is C.CERTIFICATE and subject:  # the file of the profile, not the server's certificate
        detail = translate(
            "words.problems", "The certificate file “{subject}” can’t be read, so nothing was sent."
        ).replace("{subject}", subject)
        remedy = translate("words.problems", "Choose another certificate file for this server, or leave it out.")
    if problem.code is C.BUSY and problem.retry_after:
        remedy = translate("words.problems", "The server asks for a pause of {duration}; try again after it.").format(
            duration=duration(problem.retry_after)
        )
    return Told(title, detail, remedy, problem.server_words)


def _without_subject(code: ProblemCode, detail: str) -> str:
    match code:
        case C.BAD_YEAR:
            return translate("words.problems", "What was given can’t be a reporting year.")
        case C.FILE_MISSING:
            return translate("words.problems", "The file is not there, can’t be opened, or changed while being sent.")
        case C.FILE_EMPTY:
            return translate("words.problems", "The file holds nothing, so it was not sent.")
        case C.FILE_TOO_LARGE:
            return translate("words.problems", "The file is larger than the server accepts, so it was not sent.")
        case C.FILE_NOT_CSV:
            return translate("words.problems", "The file is not a CSV file, so it was not sent.")
        case _:
            return detail


def problem_details(problem: Problem) -> str:
    """What support needs to find the incident, one fact a line: the request, its number, the status, the words."""
    facts = (
        (translate("words.problems", "Request: {value}"), problem.request),
        (translate("words.problems", "Number of the request: {value}"), problem.request_id),
        (translate("words.problems", "Status: {value}"), str(problem.status) if problem.status else ""),
        (translate("words.problems", "The server says: {value}"), problem.server_words.strip()),
    )
    return "\n".join(text.format(value=value) for text, value in facts if value)
