"""What differs between two states of a year, or between two years, fact by fact.

Pure: reads contract models, asks nobody, and makes no sentence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from yearadmin.contract.jobs import JobSummary
    from yearadmin.contract.years import Goal, ModuleConfig, ReductionObjectives, SubmoduleConfig, YearConfiguration

Value = str | int | float | bool | None


class Area(StrEnum):
    """What a fact is about."""

    YEAR = "year"  # open or closed, provisioned or not
    SETTING = "setting"
    UPLOAD = "upload"
    READINESS = "readiness"
    REDUCTION_FILE = "reduction_file"
    GOAL = "goal"


class Fact(StrEnum):
    """Which fact."""

    IS_OPEN = "is_open"
    PROVISIONED = "provisioned"  # yes, no or unknown (contract section 11.2)
    ENABLED = "enabled"
    UNCERTAINTY = "uncertainty"
    THRESHOLD = "threshold"  # kg CO₂-eq
    INPUTS_DEACTIVATED = "inputs_deactivated"
    INCOMPLETE = "incomplete"
    MISSING = "missing"  # the server's reasons, in alphabetical order
    NEEDS_RECALCULATION = "needs_recalculation"
    FILE = "file"
    STATE = "state"
    RESULT = "result"
    ROWS = "rows"
    SKIPPED = "skipped"  # rows
    JOB = "job"
    MESSAGE = "message"
    UPLOADED_AT = "uploaded_at"
    PERCENTAGE = "percentage"  # a share from 0 to 1


class Change(StrEnum):
    """How a fact differs; what is not there is told apart from what is there and empty."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a fact belongs: a module and submodule by id, and the part of it.

    ``part`` is the kind of slot for uploads (``factor``), the file's key for reduction files, and
    ``<target year>/<reference year>`` for goals.
    """

    area: Area
    module: int | None
    submodule: int | None
    part: str
    fact: Fact


@dataclass(frozen=True, slots=True)
class Difference:
    """One fact that differs; ``old`` is None when it was added, ``new`` when it was removed."""

    place: Place
    change: Change
    old: Value
    new: Value


def compare(old: YearConfiguration | None, new: YearConfiguration | None) -> tuple[Difference, ...]:
    """Every fact in which ``new`` differs from ``old``, in the order of the panels; None is a year that is not there.

    Between two different years, what can't be the same (job ids, messages, upload times) is left out.
    """
    before, after = facts(old), facts(new)
    across = old is not None and new is not None and old.year != new.year
    found = []
    for place in sorted({**before, **after}, key=_order):
        if across and place.fact in (Fact.JOB, Fact.MESSAGE, Fact.UPLOADED_AT):
            continue
        if place not in before:
            found.append(Difference(place, Change.ADDED, None, after[place]))
        elif place not in after:
            found.append(Difference(place, Change.REMOVED, before[place], None))
        elif before[place] != after[place]:
            found.append(Difference(place, Change.CHANGED, before[place], after[place]))
    return tuple(found)


def facts(config: YearConfiguration | None) -> dict[Place, Value]:
    """Everything an operator can see of a year, as facts with their places."""
    return dict(_facts(config)) if config is not None else {}


Found = Iterator[tuple[Place, Value]]


def _order(place: Place) -> tuple[bool, bool, int, int, int, str, int]:
    # The year itself, then modules by number with what is common to each first, then the reduction objectives.
    return (
        place.module is None and place.area is not Area.YEAR,
        place.area is not Area.YEAR,
        -1 if place.module is None else place.module,
        -1 if place.submodule is None else place.submodule,
        list(Area).index(place.area),
        place.part,
        list(Fact).index(place.fact),
    )


def _facts(config: YearConfiguration) -> Found:
    yield Place(Area.YEAR, None, None, "", Fact.IS_OPEN), config.is_started
    yield Place(Area.YEAR, None, None, "", Fact.PROVISIONED), str(config.provisioned)
    for key, module in config.config.modules.items():
        if key.isdecimal():
            yield from _module(int(key), module)
    for entry in config.recalculation_status:
        for kind in entry.data_entry_types:
            place = Place(Area.READINESS, entry.module_type_id, kind.data_entry_type_id, "", Fact.NEEDS_RECALCULATION)
            yield place, kind.needs_recalculation
    yield from _reduction(config.config.reduction_objectives)


def _module(number: int, module: ModuleConfig) -> Found:
    yield Place(Area.SETTING, number, None, "", Fact.ENABLED), module.enabled
    yield Place(Area.SETTING, number, None, "", Fact.UNCERTAINTY), module.uncertainty_tag
    yield Place(Area.READINESS, number, None, "", Fact.INCOMPLETE), module.incomplete
    yield from _upload(number, None, "data", module.latest_common_data_job)
    yield from _upload(number, None, "factor", module.latest_common_factor_job)
    for key, submodule in module.submodules.items():
        if key.isdecimal():
            yield from _submodule(number, int(key), submodule)


def _submodule(module: int, number: int, submodule: SubmoduleConfig) -> Found:
    yield Place(Area.SETTING, module, number, "", Fact.ENABLED), submodule.enabled
    yield Place(Area.SETTING, module, number, "", Fact.THRESHOLD), submodule.threshold
    yield Place(Area.SETTING, module, number, "", Fact.INPUTS_DEACTIVATED), submodule.inputs_deactivated
    yield Place(Area.READINESS, module, number, "", Fact.INCOMPLETE), submodule.incomplete
    yield Place(Area.READINESS, module, number, "", Fact.MISSING), ", ".join(sorted(submodule.incomplete_reasons))
    yield from _upload(module, number, "factor", submodule.latest_factor_job)
    yield from _upload(module, number, "reference", submodule.latest_reference_job)
    yield from _upload(module, number, "data", submodule.latest_data_job)
    yield from _upload(module, number, "api", submodule.latest_api_data_job)


def _upload(module: int, submodule: int | None, kind: str, job: JobSummary | None) -> Found:
    if job is None:
        return
    meta = job.meta or {}
    stats = meta.get("stats")
    counts: dict[str, object] = {**meta, **(stats if isinstance(stats, dict) else {})}
    values: dict[Fact, Value] = {
        Fact.JOB: job.job_id,
        Fact.FILE: _file_name(meta),
        Fact.STATE: None if job.state is None else job.state.name.lower(),
        Fact.RESULT: None if job.result is None else job.result.name.lower(),
        Fact.ROWS: _count(counts.get("rows_processed")),
        Fact.SKIPPED: _count(counts.get("rows_skipped")),
        Fact.MESSAGE: job.status_message,
    }
    for fact, value in values.items():
        yield Place(Area.UPLOAD, module, submodule, kind, fact), value


def _file_name(meta: dict[str, object]) -> str | None:
    """The name of the file as it was uploaded; the server keeps it as the end of a path (contract section 7.4)."""
    config = meta.get("config")
    sent = config.get("file_path") if isinstance(config, dict) else None
    for path in (meta.get("processed_file_path"), sent):
        if isinstance(path, str) and path:
            return path.rpartition("/")[2]
    return None


def _count(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _reduction(objectives: ReductionObjectives) -> Found:
    for key, file in objectives.files.items():
        at = None if file.uploaded_at is None else file.uploaded_at.isoformat()
        yield Place(Area.REDUCTION_FILE, None, None, key, Fact.FILE), file.filename
        yield Place(Area.REDUCTION_FILE, None, None, key, Fact.ROWS), file.rows_processed
        yield Place(Area.REDUCTION_FILE, None, None, key, Fact.UPLOADED_AT), at
    seen: dict[str, int] = {}
    for goal in objectives.goals:
        part = _goal(goal)
        seen[part] = seen.get(part, 0) + 1
        # The same goal may be listed twice; the second is a fact of its own.
        named = part if seen[part] == 1 else f"{part} ({seen[part]})"
        yield Place(Area.GOAL, None, None, named, Fact.PERCENTAGE), goal.reduction_percentage


def _goal(goal: Goal) -> str:
    return f"{goal.target_year or '?'}/{goal.reference_year or '?'}"
