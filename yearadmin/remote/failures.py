"""What an answer that is no success means, as one :class:`Problem` (contract section 3).

Reads only status, media type and body; never the network, and never decides by a human-readable sentence.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from yearadmin.contract.problems import Problem, ProblemCode, ProblemError

MAX_WORDS = 4_000  # characters of the server's own text that are kept
MAX_RETRY_AFTER = 60.0  # seconds

_BY_STATUS = {
    401: ProblemCode.NOT_SIGNED_IN,
    403: ProblemCode.FORBIDDEN,
    404: ProblemCode.NOT_FOUND,
    409: ProblemCode.CONFLICT,
    413: ProblemCode.TOO_LARGE,
    415: ProblemCode.NOT_CSV,
    429: ProblemCode.BUSY,
    503: ProblemCode.BUSY,
}


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer as it came: ``text`` is the body, ``received_at`` UTC, ``request`` the method and path asked."""

    status: int
    media_type: str
    text: str
    request: str
    request_id: str
    received_at: datetime
    retry_after: float | None = None
    sets_session: bool = False  # it carried a session cookie; the cookie itself stays in the client's jar

    def with_text(self, text: str) -> Reply:
        """The same answer with its body."""
        return replace(self, text=text)

    @property
    def is_json(self) -> bool:
        """Whether the answer claims to be JSON; one without any media type is given the benefit of the doubt."""
        return self.media_type in ("", "application/json") or self.media_type.endswith("+json")

    @property
    def is_html(self) -> bool:
        """Whether it is a web page: the work of a proxy or of another server, never of the calculator's API."""
        return self.media_type in ("text/html", "application/xhtml+xml")

    def problem(self, code: ProblemCode, words: str = "", errors: tuple[str, ...] = ()) -> ProblemError:
        """This answer as the error ``code``, carrying the facts of the request and the server's words."""
        return ProblemError(
            Problem(
                code,
                status=self.status,
                server_words=words[:MAX_WORDS],
                errors=errors,
                request=self.request,
                request_id=self.request_id,
                retry_after=self.retry_after,
            )
        )


def failure_of(reply: Reply) -> ProblemError | None:
    """What is wrong with ``reply``, or None for a 2xx in JSON. A redirect is never followed: not the server."""
    status = reply.status
    if 200 <= status < 300:
        fits = reply.is_json or status == 204
        return None if fits else reply.problem(ProblemCode.NOT_THE_SERVER, reply.text)
    words, errors = _complaints(reply)
    code = _BY_STATUS.get(status)
    if code is None:
        code = ProblemCode.SERVER_ERROR if status >= 500 else ProblemCode.REFUSED
    # A proxy's page saying "not found" or "forbidden" must not pass for the calculator saying so:
    # its 404 of a year means "not configured" and offers to create it.
    foreign = reply.is_html or (status in (401, 404) and not reply.is_json)
    if status < 400 or (foreign and status < 500 and status not in (413, 429)):
        code = ProblemCode.NOT_THE_SERVER
    return reply.problem(code, words, errors)


def _complaints(reply: Reply) -> tuple[str, tuple[str, ...]]:
    """The server's words and its single complaints, whichever of the four shapes ``detail`` has."""
    try:
        body = json.loads(reply.text) if reply.is_json else None
    except (ValueError, RecursionError):
        body = None
    detail = body.get("detail") if isinstance(body, dict) else None
    if isinstance(detail, str):
        return detail, ()
    if isinstance(detail, dict):
        errors = detail.get("errors")
        if isinstance(errors, list) and errors:
            listed = tuple(str(item) for item in errors)
            return "\n".join(listed), listed
    if isinstance(detail, list) and detail:
        listed = tuple(_complaint(item) for item in detail)
        return "\n".join(listed), listed
    return reply.text, ()


def _complaint(item: object) -> str:
    if not isinstance(item, dict):
        return str(item)
    place = item.get("loc")
    where = ".".join(str(part) for part in place) if isinstance(place, (list, tuple)) else ""
    message = str(item.get("msg", "")) or str(item.get("type", ""))
    return f"{where}: {message}" if where else message


def retry_after_of(value: str | None, now: datetime | None = None) -> float | None:
    """Read a ``Retry-After`` header, seconds or a date, as 0 to 60 seconds; None when absent or unreadable."""
    if not value:
        return None
    text = value.strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:9]), MAX_RETRY_AFTER)
    try:
        due = parsedate_to_datetime(text)
    except ValueError:
        return None
    due = due.replace(tzinfo=UTC) if due.tzinfo is None else due
    wait = (due - (now or datetime.now(UTC))).total_seconds()
    return min(max(wait, 0.0), MAX_RETRY_AFTER)
