"""What colleagues changed, in words: the fields, their values, by whom and when, and what became of one's own save.

Never decides which of two values is right.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from yearadmin.contract.enums import RoleName
from yearadmin.state.conflicts import FieldChange, GoalValues, Path, Value
from yearadmin.state.model import Notice, NoticeCode, Wish
from yearadmin.words.format import at_time, kilograms, number, percent
from yearadmin.words.names import module_name, person_name, submodule_name
from yearadmin.words.told import Told
from yearadmin.words.translate import translate

Parts = tuple[str, str, str]  # title, what happened, what to do next
N = NoticeCode

_SETTINGS: Mapping[str, Callable[[], str]] = {
    "enabled": lambda: translate("words.conflicts", "Enabled"),
    "uncertainty_tag": lambda: translate("words.conflicts", "Uncertainty"),
    "threshold": lambda: translate("words.conflicts", "Threshold"),
    "inputs_deactivated": lambda: translate("words.conflicts", "Entry by users switched off"),
    "is_started": lambda: translate("words.conflicts", "Open to users"),
    "goals": lambda: translate("words.conflicts", "Reduction goals"),
}

_TOLD: Mapping[NoticeCode, Callable[[], Parts]] = {
    N.OPENED_BY_OTHER: lambda: (
        translate("words.conflicts", "Year {year} is open already"),
        translate("words.conflicts", "It was opened to users meanwhile, {by}. Nothing was sent a second time."),
        "",
    ),
    N.CLOSED_BY_OTHER: lambda: (
        translate("words.conflicts", "Year {year} is closed already"),
        translate("words.conflicts", "It was closed to users meanwhile, {by}. Nothing was sent a second time."),
        "",
    ),
    N.GOALS_SAVED_BY_OTHER: lambda: (
        translate("words.conflicts", "These goals of {year} are saved already"),
        translate("words.conflicts", "The same goals were saved meanwhile, {by}. Nothing was sent a second time."),
        "",
    ),
    N.ALSO_CHANGED: lambda: (
        translate("words.conflicts", "More has changed in {year}"),
        translate("words.conflicts", "While you saved, this was changed too: {changes}."),
        translate("words.conflicts", "You see the new state; what you saved is not affected."),
    ),
    N.OTHER_REPLACED: lambda: (
        translate("words.conflicts", "Your save replaced another one in {year}"),
        translate("words.conflicts", "In the same moment this was set: {changes}. Yours came last and counts."),
        translate("words.conflicts", "Agree on which of the two is right; the other one can be entered again."),
    ),
}


def field_name(path: Path) -> str:
    """What a setting is called, with the module and submodule it belongs to."""
    known = _SETTINGS.get(path[-1])
    parts = [known() if known else path[-1]]
    if len(path) > 3 and path[1] == "modules" and path[2].isdecimal():
        if len(path) > 5 and path[4].isdecimal():
            parts.insert(0, submodule_name(int(path[4])))
        parts.insert(0, module_name(int(path[2])))
    return " › ".join(parts)


def value_lines(path: Path, value: Value) -> tuple[str, ...]:
    """A value of a setting, one line for each goal of a list."""
    if isinstance(value, tuple):
        return tuple(goal_text(goal) for goal in value) or (translate("words.conflicts", "no goal"),)
    if value is None:
        return (translate("words.conflicts", "nothing"),)
    if isinstance(value, bool):
        return (translate("words.conflicts", "yes") if value else translate("words.conflicts", "no"),)
    if isinstance(value, str):
        return (value,)
    return (kilograms(value) if path[-1] == "threshold" else number(value),)


def goal_text(goal: GoalValues) -> str:
    """One reduction goal on one line; a part that is missing shows as a dash."""
    target, share, reference = goal
    return translate("words.conflicts", "by {target}: {percent} less than in {reference}").format(
        target="–" if target is None else int(target),
        percent="–" if share is None else percent(share),
        reference="–" if reference is None else int(reference),
    )


def by_text(change: FieldChange, now: datetime) -> str:
    """By whom and when, as far as it is known (``now`` is UTC)."""
    if change.is_own:
        text = translate("words.conflicts", "by you in another window")
    elif change.who:
        text = translate("words.conflicts", "by {name}").format(name=person_name(change.who, RoleName))
    else:
        text = translate("words.conflicts", "by a colleague")
    return text if change.at is None else f"{text} {at_time(change.at, now)}"


def conflict_title(year: int, wish: Wish) -> str:
    """What the question is about."""
    if wish is Wish.SAVE_GOALS:
        return translate("words.conflicts", "The goals of {year} were changed meanwhile").format(year=year)
    return translate("words.conflicts", "Year {year} was changed meanwhile").format(year=year)


def conflict_lines(fields: tuple[FieldChange, ...], now: datetime) -> tuple[str, ...]:
    """The conflict for a terminal: each field with the three values."""
    lines = []
    for field in fields:
        lines.append(f"{field_name(field.path)}: {by_text(field, now)}")
        for label, value in (
            (translate("words.conflicts", "You saw"), field.seen),
            (translate("words.conflicts", "Now on the server"), field.now),
            (translate("words.conflicts", "You want"), field.wanted),
        ):
            lines.append(f"  {label}: {'; '.join(value_lines(field.path, value))}")
    return tuple(lines)


def tells(code: NoticeCode) -> bool:
    """Whether :func:`tell_colleagues` has the words for it."""
    return code in _TOLD


def tell_colleagues(notice: Notice) -> Told:
    """A notice about what a colleague did."""
    title, detail, remedy = _TOLD[notice.code]()
    now = datetime.now(UTC)
    by = by_text(notice.changes[0], now) if notice.changes else translate("words.conflicts", "by a colleague")
    changes = ", ".join(_one_line(change, now) for change in notice.changes)
    return Told(title.format(year=notice.year), detail.format(by=by, changes=changes), remedy)


def _one_line(change: FieldChange, now: datetime) -> str:
    value = "; ".join(value_lines(change.path, change.now))
    text = translate("words.conflicts", "{field}: {value} ({by})")
    return text.format(field=field_name(change.path), value=value, by=by_text(change, now))
