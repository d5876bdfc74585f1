"""What a save touches, and what to do when the row is no longer as the operator saw it: pure functions over values.

Sends nothing and asks nobody; the keys the server injects into a year can't be named here, so they are never sent back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from yearadmin.contract.years import Goal, YearConfiguration
    from yearadmin.state.model import Wish

Path = tuple[str, ...]  # from the body of a PATCH down to one field (contract section 5.1.4)
GoalValues = tuple[float | None, float | None, float | None]  # target year, share from 0 to 1, reference year
Value = bool | int | float | str | tuple[GoalValues, ...] | None
Fields = Mapping[Path, Value]

IS_STARTED: Path = ("is_started",)
GOALS: Path = ("config", "reduction_objectives", "goals")
_OF_A_MODULE = ("enabled", "uncertainty_tag")
_OF_A_SUBMODULE = ("enabled", "threshold", "inputs_deactivated")
_GOAL_KEYS = ("target_year", "reduction_percentage", "reference_year")


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field: what the operator saw, what the server holds now, and what the operator wants.

    ``who`` changed it and when (``at``, UTC), as far as the audit trail could be read; ``is_own`` when that was the
    operator in another window.
    """

    path: Path
    seen: Value
    now: Value
    wanted: Value
    who: str = ""
    at: datetime | None = None
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class Conflict:
    """A save that was held back: a colleague changed the same fields. ``wanted`` is the whole save."""

    wish: Wish
    fields: tuple[FieldChange, ...]
    wanted: tuple[tuple[Path, Value], ...]


class Verdict(StrEnum):
    """What is to be done with a save after the row was read again."""

    NOTHING = "nothing"  # it is as wanted, and was when the operator looked
    ADOPT = "adopt"  # a colleague has done the same meanwhile
    SEND = "send"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Decision:
    """The verdict, and the fields it is about: those to send, those in conflict, or those adopted."""

    verdict: Verdict
    fields: tuple[FieldChange, ...] = ()


def decide(seen: Fields, wanted: Fields, now: YearConfiguration) -> Decision:
    """Compare field by field what was seen, what is wanted and what the server holds; other fields do not count."""
    changes = [FieldChange(path, seen.get(path), value_at(now, path), value) for path, value in wanted.items()]
    open_ = tuple(change for change in changes if change.now != change.wanted)
    if not open_:
        adopted = tuple(change for change in changes if change.now != change.seen)
        return Decision(Verdict.ADOPT if adopted else Verdict.NOTHING, adopted)
    against = tuple(change for change in open_ if change.now != change.seen)
    return Decision(Verdict.CONFLICT, against) if against else Decision(Verdict.SEND, open_)


def changes_between(
    before: YearConfiguration, after: YearConfiguration, but: Iterable[Path]
) -> tuple[FieldChange, ...]:
    """Every setting that differs, those in ``but`` left out."""
    left_out = set(but)
    paths = dict.fromkeys((*settings_of(before), *settings_of(after)))
    return tuple(
        FieldChange(path, value_at(before, path), value_at(after, path), value_at(after, path))
        for path in paths
        if path not in left_out and value_at(before, path) != value_at(after, path)
    )


def settings_of(config: YearConfiguration) -> tuple[Path, ...]:
    """Every field of a year that an operator can set."""
    paths = [IS_STARTED, GOALS]
    for number, module in config.config.modules.items():
        here = ("config", "modules", number)
        paths += [(*here, name) for name in _OF_A_MODULE]
        paths += [(*here, "submodules", sub, name) for sub in module.submodules for name in _OF_A_SUBMODULE]
    return tuple(paths)


def is_setting(path: Path) -> bool:
    """Whether a field may be sent at all."""
    match path:
        case ("is_started",) | ("config", "reduction_objectives", "goals"):
            return True
        case ("config", "modules", module, name):
            return module.isdecimal() and name in _OF_A_MODULE
        case ("config", "modules", module, "submodules", sub, name):
            return module.isdecimal() and sub.isdecimal() and name in _OF_A_SUBMODULE
        case _:
            return False


def body_of(fields: Iterable[FieldChange]) -> dict[str, object]:
    """The smallest PATCH that makes them so (section 5.1.4). Raises ValueError for a field that is no setting."""
    body: dict[str, object] = {}
    for field in fields:
        if not is_setting(field.path):
            raise ValueError(f"never sent: {'.'.join(field.path)}")
        here = body
        for name in field.path[:-1]:
            inner = here.setdefault(name, {})
            assert isinstance(inner, dict)
            here = inner
        here[field.path[-1]] = _wire(field.wanted)
    return body


def value_at(config: YearConfiguration, path: Path) -> Value:
    """What a year holds at that place; None when there is nothing."""
    return _walk(config, path)


def diff_at(diff: Mapping[str, object], path: Path) -> tuple[Value, Value] | None:
    """What an audit entry says the field was and became (section 5.6); None when it did not touch it."""
    part = diff.get(path[0])
    if not isinstance(part, Mapping):
        return None
    old, new = _walk(part.get("old"), path[1:]), _walk(part.get("new"), path[1:])
    return None if old == new else (old, new)


def goal_values(goals: Iterable[Goal]) -> tuple[GoalValues, ...]:
    """Goals as a value to compare."""
    return tuple((goal.target_year, goal.reduction_percentage, goal.reference_year) for goal in goals)


def _walk(start: object, path: Path) -> Value:
    here = start
    for name in path:
        here = here.get(name) if isinstance(here, Mapping) else getattr(here, name, None)
    return _plain(here)


def _plain(value: object) -> Value:
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    return tuple(_goal(item) for item in value) if isinstance(value, (list, tuple)) else None


def _goal(item: object) -> GoalValues:
    found = [item.get(key) if isinstance(item, Mapping) else getattr(item, key, None) for key in _GOAL_KEYS]
    target, share, reference = (value if isinstance(value, (int, float)) else None for value in found)
    return target, share, reference


def _wire(value: Value) -> object:
    return [dict(zip(_GOAL_KEYS, goal, strict=True)) for goal in value] if isinstance(value, tuple) else value
