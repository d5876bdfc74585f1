"""What can go wrong, as one immutable value and one exception that carries it.

A problem states facts (code, HTTP status, the server's own words); the sentences for a person are made in ``words``.
Never holds a cookie, a token or a query secret.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ProblemCode(StrEnum):
    """Every way an operation can fail, as an operator would tell them apart."""

    # the network
    UNREACHABLE = "unreachable"  # refused, no route, no such host: nothing was sent
    CERTIFICATE = "certificate"  # the server could not prove who it is: nothing was sent
    TIMED_OUT = "timed_out"  # a read took too long; nothing was changed by it
    LOST_ANSWER = "lost_answer"  # a write was sent and no answer came: it may have been carried out
    STREAM_LOST = "stream_lost"
    CANCELLED = "cancelled"
    # what the server said
    NOT_SIGNED_IN = "not_signed_in"  # 401
    SESSION_EXPIRED = "session_expired"  # 401, and by its own date the session had run out
    SESSION_ENDED = "session_ended"  # 401 though the session had not run out: the server no longer wants it
    FORBIDDEN = "forbidden"  # 403
    NOT_FOUND = "not_found"  # 404
    CONFLICT = "conflict"  # 409
    REFUSED = "refused"  # 400, 422 and other 4xx
    TOO_LARGE = "too_large"  # 413, or 400 on an upload over the limit
    NOT_CSV = "not_csv"  # 415
    BUSY = "busy"  # 429, 503
    SERVER_ERROR = "server_error"  # other 5xx
    NOT_THE_SERVER = "not_the_server"  # HTML or another thing that is not the calculator's API
    UNREADABLE = "unreadable"  # JSON that does not fit the contract
    # found here, before anything is sent
    BAD_YEAR = "bad_year"
    BAD_GOAL = "bad_goal"
    FILE_MISSING = "file_missing"
    FILE_EMPTY = "file_empty"
    FILE_TOO_LARGE = "file_too_large"
    FILE_NOT_CSV = "file_not_csv"
    NOT_ALLOWED = "not_allowed"  # the same rule that greys the button; the reasons say why
    KEYRING = "keyring"  # it could not be asked and may still hold a session
    BACKEND_FAILED = "backend_failed"  # the embedded backend did not start
    INTERNAL = "internal"  # a defect of this program


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that went wrong.

    ``server_words`` is the server's own text, whole, for the details pane; ``errors`` are its single complaints when it
    listed several (contract section 3). ``subject`` names what it is about: a file name, a year, a goal's field.
    """

    code: ProblemCode
    subject: str = ""
    status: int | None = None
    server_words: str = ""
    errors: tuple[str, ...] = ()
    request: str = ""  # method and path, without query secrets
    request_id: str = ""
    retry_after: float | None = None  # seconds

    @property
    def may_have_acted(self) -> bool:
        """Whether the server may have carried the write out although no proper answer arrived."""
        return self.code in (ProblemCode.LOST_ANSWER, ProblemCode.SERVER_ERROR, ProblemCode.UNREADABLE)


class ProblemError(Exception):
    """Carries a :class:`Problem` up to the floor that can tell it."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(f"{problem.code} {problem.status or ''} {problem.request} {problem.subject}".strip())
        self.problem = problem
