"""What happened, told once: each notice as a title, a sentence, what to do next, and the server's own words apart.

Never decides whether something is worth telling.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from yearadmin.contract.problems import ProblemCode
from yearadmin.state.model import Notice, NoticeCode, NoticeKind, Wish
from yearadmin.words.conflicts import tell_colleagues, tells
from yearadmin.words.names import slot_short_path
from yearadmin.words.told import Told, tell_problem
from yearadmin.words.translate import translate

Parts = tuple[str, str, str]  # title, what happened, what to do next
N = NoticeCode

_YEARS: Mapping[NoticeCode, Callable[[], Parts]] = {
    N.YEAR_CREATED: lambda: (
        translate("words.notices", "Year {year} created"),
        translate("words.notices", "It is being set up; its modules unlock by themselves when that is done."),
        "",
    ),
    N.YEAR_EXISTS: lambda: (
        translate("words.notices", "Year {year} exists already"),
        translate("words.notices", "Somebody else created it. Nothing was created twice; you see the year as it is."),
        "",
    ),
    N.YEAR_CREATED_ANSWER_LOST: lambda: (
        translate("words.notices", "Year {year} was created"),
        translate("words.notices", "The server’s answer got lost on the way, but the year is there."),
        "",
    ),
    N.YEAR_READY: lambda: (
        translate("words.notices", "Year {year} is ready"),
        translate("words.notices", "You can upload its files now."),
        "",
    ),
    N.SETUP_FAILED: lambda: (
        translate("words.notices", "The set-up of {year} failed"),
        translate("words.notices", "The year exists, but its units are not complete, so its modules stay locked."),
        translate(
            "words.notices", "Start the set-up again with “Retry”; if it fails again, report the server’s words."
        ),
    ),
    N.SETUP_RESTARTED: lambda: (
        translate("words.notices", "The set-up of {year} has started again"),
        translate("words.notices", "The modules unlock by themselves when it is done."),
        "",
    ),
    N.YEAR_OPENED: lambda: (
        translate("data_management_year_opened_success", "Year {year} is open to users"),
        translate("words.notices", "Users now find it in their list of years."),
        "",
    ),
    N.YEAR_CLOSED: lambda: (
        translate("words.notices", "Year {year} is closed to users again"),
        translate("words.notices", "What users have entered is kept."),
        "",
    ),
    N.GOALS_SAVED: lambda: (
        translate("words.notices", "Reduction goals of {year} saved"),
        "",
        "",
    ),
}

_UPLOADS: Mapping[NoticeCode, Callable[[], Parts]] = {
    N.UPLOAD_DONE: lambda: (
        translate("words.notices", "Uploaded: {path}"),
        translate("words.notices", "{file} was imported."),
        "",
    ),
    N.UPLOAD_WARNING: lambda: (
        translate("words.notices", "Uploaded with warnings: {path}"),
        translate("words.notices", "{file}: some rows were left out."),
        translate("words.notices", "The details of the file name them; correct them and upload it again."),
    ),
    N.UPLOAD_PARTIAL: lambda: (
        translate("words.notices", "Imported, but not recalculated: {path}"),
        translate("words.notices", "{file} was imported, but a later step failed: emissions are not up to date."),
        translate("words.notices", "Upload the file again; if it fails again, report the server’s words."),
    ),
    N.UPLOAD_FAILED: lambda: (
        translate("words.notices", "Upload failed: {path}"),
        translate("words.notices", "{file} could not be imported."),
        translate("words.notices", "Read the server’s words in the details, correct the file and upload it again."),
    ),
    N.UPLOAD_REFUSED: lambda: (
        translate("words.notices", "Upload not accepted: {path}"),
        translate("words.notices", "{file} was not accepted; no work began."),
        translate("words.notices", "Settle the reason and upload the file again."),
    ),
    N.UPLOAD_UNKNOWN: lambda: (
        translate("words.notices", "Outcome not known: {path}"),
        translate("words.notices", "{file} was sent, but it is not known whether the work began or how it ended."),
        translate("words.notices", "Reload the year and look at the file’s state before you upload it again."),
    ),
    N.PIPELINE_INTERRUPTED: lambda: (
        translate("words.notices", "Interrupted: {path}"),
        translate("words.notices", "The work on the server was interrupted; rows already imported may stay."),
        translate("words.notices", "Upload the file again when you are ready."),
    ),
}

_OTHERS: Mapping[NoticeCode, Callable[[], Parts]] = {
    N.WISH_FAILED: lambda: (
        translate("words.notices", "It could not be done"),
        translate("words.notices", "What you asked for was not carried out."),
        translate("words.notices", "Look at the present state and try again."),
    ),
    N.NO_LONGER_POSSIBLE: lambda: (
        translate("words.notices", "It is no longer possible"),
        translate("words.notices", "The year changed on the server since you looked, so nothing was sent."),
        translate("words.notices", "You see its present state now; look at what is different and decide again."),
    ),
    N.CACHE_SET_ASIDE: lambda: (
        translate("words.notices", "The local copy was damaged"),
        translate("words.notices", "It was set aside and a new one begun. Nothing on the server is affected."),
        translate("words.notices", "Years you open while connected are kept again from now on."),
    ),
    N.CACHE_IN_MEMORY: lambda: (
        translate("words.notices", "Nothing can be kept on this computer"),
        translate("words.notices", "The local copy can’t be written, so it lasts only until the program ends."),
        translate("words.notices", "Check free space and permissions of the data folder, then start again."),
    ),
    N.INTERNAL_ERROR: lambda: (
        translate("words.notices", "Error in this program"),
        translate("words.notices", "Something went wrong in the program; the server is not affected."),
        translate("words.notices", "Start the program again if something looks wrong, and report the details."),
    ),
}

_ALL = {**_YEARS, **_UPLOADS, **_OTHERS}

_FAILED: Mapping[Wish, Callable[[], str]] = {
    Wish.CREATE: lambda: translate("words.notices", "Year {year} could not be created"),
    Wish.RETRY_SETUP: lambda: translate("words.notices", "The set-up of {year} could not be started again"),
    Wish.OPEN: lambda: translate("words.notices", "Year {year} could not be opened to users"),
    Wish.CLOSE: lambda: translate("words.notices", "Year {year} could not be closed to users"),
    Wish.SAVE_GOALS: lambda: translate("words.notices", "Reduction goals of {year} could not be saved"),
}

_UNCERTAIN: Mapping[Wish, Callable[[], str]] = {
    Wish.CREATE: lambda: translate("words.notices", "Not certain whether year {year} was created"),
    Wish.RETRY_SETUP: lambda: translate("words.notices", "Not certain whether the set-up of {year} started again"),
    Wish.OPEN: lambda: translate("words.notices", "Not certain whether year {year} was opened to users"),
    Wish.CLOSE: lambda: translate("words.notices", "Not certain whether year {year} was closed to users"),
    Wish.SAVE_GOALS: lambda: translate("words.notices", "Not certain whether the reduction goals of {year} were saved"),
}

_KINDS: Mapping[NoticeKind, Callable[[], str]] = {
    NoticeKind.SUCCESS: lambda: translate("words.notices", "Done", "sign of a notice"),
    NoticeKind.INFO: lambda: translate("words.notices", "Note", "sign of a notice"),
    NoticeKind.WARNING: lambda: translate("words.notices", "Warning", "sign of a notice"),
    NoticeKind.FAILURE: lambda: translate("words.notices", "Failure", "sign of a notice"),
}


def notice_kind(kind: NoticeKind) -> str:
    """The word beside a notice's sign."""
    return _KINDS[kind]()


def tell_notice(notice: Notice) -> Told:
    """The notice in words. A problem it carries gives the sentences, the notice gives the title."""
    if tells(notice.code):
        return tell_colleagues(notice)
    title, detail, remedy = _ALL[notice.code]()
    year = "" if notice.year is None else str(notice.year)
    told = Told(title.format(year=year, path=_path(notice)), _about_file(notice, detail), remedy, notice.words)
    if notice.code is N.UPLOAD_DONE:
        return replace(told, server_words="")  # they only say the same again; the slot keeps them
    if notice.code is N.NO_LONGER_POSSIBLE:
        return replace(told, title=_wish_title(notice, year) or told.title)
    if notice.problem is None:
        return told
    problem = tell_problem(notice.problem)
    words = problem.server_words or notice.words
    if notice.code is NoticeCode.WISH_FAILED:
        return replace(problem, title=_wish_title(notice, year) or problem.title, server_words=words)
    if notice.problem.code is ProblemCode.INTERNAL or notice.code not in _KEEPS_ITS_SENTENCES:
        return replace(problem, title=told.title, server_words=words)
    return replace(told, server_words=words)


# Their own sentences say more than those of the problem that led to them.
_KEEPS_ITS_SENTENCES = (
    N.YEAR_EXISTS,
    N.YEAR_CREATED_ANSWER_LOST,
    N.UPLOAD_UNKNOWN,
    N.CACHE_SET_ASIDE,
    N.CACHE_IN_MEMORY,
)


def _wish_title(notice: Notice, year: str) -> str:
    if notice.wish is None:
        return ""
    titles = _UNCERTAIN if notice.problem is not None and notice.problem.may_have_acted else _FAILED
    return titles[notice.wish]().format(year=year)


def _path(notice: Notice) -> str:
    """Where the file went, the year with it: the notice may be read while another year is on the screen."""
    where = slot_short_path(notice.slot) if notice.slot is not None else notice.subject
    if notice.year is None:
        return where
    return f"{notice.year} › {where}" if where else str(notice.year)


def _about_file(notice: Notice, detail: str) -> str:
    """What happened to the file, by its name; where rows were imported, their number says it best."""
    name = notice.subject if notice.slot is not None else ""
    file = name or translate("words.notices", "The file")
    rows = notice.rows
    if rows is None or notice.code not in (N.UPLOAD_DONE, N.UPLOAD_WARNING):
        return detail.format(file=file)
    facts = translate("words.notices", "%n row(s) imported", "", rows)
    skipped = notice.skipped
    if skipped:
        facts = translate("words.notices", "{rows}, %n left out", "", skipped).format(rows=facts)
    return translate("words.notices", "{file}: {facts}.").format(file=file, facts=facts)
