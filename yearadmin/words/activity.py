"""What this program asked of the server and what came back, in words a person who does not know the wire understands.

Never hides an exchange: one it has no words for is told by its method and path.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum

from yearadmin.contract.problems import Problem, ProblemCode
from yearadmin.logbook import Activity
from yearadmin.words.told import tell_problem
from yearadmin.words.translate import translate


class ActivityKind(StrEnum):
    """What an exchange was for."""

    READ = "read"
    CHANGE = "change"
    FOLLOW = "follow"  # an event stream
    SESSION = "session"
    HEALTH = "health"


_YEAR = r"year-configuration/(?P<year>\d{4})"
_PATTERNS: tuple[tuple[str, str, ActivityKind, Callable[[], str]], ...] = (
    ("GET", _YEAR, ActivityKind.READ, lambda: translate("words.activity", "Read {year}")),
    ("POST", _YEAR, ActivityKind.CHANGE, lambda: translate("words.activity", "Create {year}")),
    ("PATCH", _YEAR, ActivityKind.CHANGE, lambda: translate("words.activity", "Change {year}")),
    ("GET", "year-configuration", ActivityKind.READ, lambda: translate("words.activity", "Read the list of years")),
    ("POST", "files/temp-upload", ActivityKind.CHANGE, lambda: translate("words.activity", "Send a file")),
    ("POST", "sync/dispatch", ActivityKind.CHANGE, lambda: translate("words.activity", "Start the import of a file")),
    ("POST", "sync/units", ActivityKind.CHANGE, lambda: translate("words.activity", "Start setting up a year")),
    (
        "GET",
        r"sync/(?:pipelines|jobs)/(?P<id>[^/]+)/stream",
        ActivityKind.FOLLOW,
        lambda: translate("words.activity", "Follow work {id}"),
    ),
    (
        "POST",
        r"sync/(?:pipelines|jobs)/(?P<id>[^/]+)/(?:abort|cancel)",
        ActivityKind.CHANGE,
        lambda: translate("words.activity", "Interrupt work {id}"),
    ),
    (
        "GET",
        r"sync/pipelines/(?P<id>[^/]+)",
        ActivityKind.READ,
        lambda: translate("words.activity", "Look at work {id}"),
    ),
    ("GET", r"sync/.*", ActivityKind.READ, lambda: translate("words.activity", "Look for work under way")),
    ("GET", "audit.*", ActivityKind.READ, lambda: translate("words.activity", "Read who changed what")),
    ("GET", "(?:session|auth/me)", ActivityKind.SESSION, lambda: translate("words.activity", "Who is signed in?")),
    (
        "POST",
        "(?:session|auth/refresh)",
        ActivityKind.SESSION,
        lambda: translate("words.activity", "Renew the session"),
    ),
    ("DELETE", "session", ActivityKind.SESSION, lambda: translate("words.activity", "Sign out")),
    ("POST", "auth/logout", ActivityKind.SESSION, lambda: translate("words.activity", "Sign out")),
    ("GET", r"(?:auth|session)/login.*", ActivityKind.SESSION, lambda: translate("words.activity", "Sign in")),
    ("GET", "healthz?", ActivityKind.HEALTH, lambda: translate("words.activity", "Is the server there?")),
)
_COMPILED = tuple((method, re.compile(rf"(?:.*/)?{path}/?\Z"), kind, text) for method, path, kind, text in _PATTERNS)


def activity_text(item: Activity) -> str:
    """What was asked: "Read 2026"; the method and path where there are no words for it."""
    for method, pattern, _, text in _COMPILED:
        found = pattern.match(item.path) if method == item.method else None
        if found is not None:
            fields = {name: value if len(value) < 14 else f"{value[:8]}…" for name, value in found.groupdict().items()}
            return text().format(**fields)
    return f"{item.method} {item.path}"


def activity_kind(item: Activity) -> ActivityKind:
    """What the exchange was for."""
    for method, pattern, kind, _ in _COMPILED:
        if method == item.method and pattern.match(item.path):
            return kind
    return ActivityKind.READ if item.method == "GET" else ActivityKind.CHANGE


def has_failed(item: Activity) -> bool:
    """Whether it did not end as it should; that a year is not there is an answer, not a failure."""
    is_absent_year = item.status == 404 and activity_text(item) != f"{item.method} {item.path}"
    is_absent_year = is_absent_year and item.method == "GET" and "/year-configuration/" in item.path
    return not is_absent_year and (item.status is None or item.status >= 400 or bool(item.failure))


def answer_text(item: Activity) -> str:
    """What came back, in words, with the number that stands for it."""
    if item.failure in set(ProblemCode) and has_failed(item):
        text = tell_problem(Problem(ProblemCode(item.failure))).title.rstrip(".")
    elif item.status is None:
        text = translate("words.activity", "No answer")
    elif item.status == 404:
        text = translate("words.activity", "Not there")
    elif item.status < 400:
        text = translate("words.activity", "Done") if item.method != "GET" else translate("words.activity", "Answered")
    else:
        text = translate("words.activity", "Refused")
    return text if item.status is None else f"{text} ({item.status})"


def kind_text(kind: ActivityKind) -> str:
    """The name of a kind of exchanges."""
    match kind:
        case ActivityKind.READ:
            return translate("words.activity", "Reading")
        case ActivityKind.CHANGE:
            return translate("words.activity", "Changes and files")
        case ActivityKind.FOLLOW:
            return translate("words.activity", "Following work")
        case ActivityKind.SESSION:
            return translate("words.activity", "Signing in and out")
        case ActivityKind.HEALTH:
            return translate("words.activity", "Looking whether the server is there")


def milliseconds(count: float | None) -> str:
    """How long it took; empty when not known."""
    from yearadmin.words.digits import NO_BREAK
    from yearadmin.words.format import number

    return "" if count is None else f"{number(round(count))}{NO_BREAK}ms"
