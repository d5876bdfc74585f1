"""What a year was and what changed in it, in words: places, facts, values, changes, and what became of files.

Never compares and never decides: it tells the differences and files it is given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from yearadmin.catalogue.modules import Slot, SlotKind, all_slots
from yearadmin.contract.enums import JobResult, JobState, Provisioned, ReductionObjectiveType
from yearadmin.contract.times import parse_utc
from yearadmin.state.history import Area, Change, Difference, Fact, FileResult, KeptState, Place, SentFile, Value
from yearadmin.words.digits import NO_BREAK
from yearadmin.words.format import date, date_time, kilograms, number, percent
from yearadmin.words.names import common_name, module_name, reduction_name, slot_path, slot_title, submodule_name
from yearadmin.words.translate import translate

_AREAS: Mapping[Area, Callable[[], str]] = {
    Area.YEAR: lambda: translate("words.history", "Year"),
    Area.SETTING: lambda: translate("words.history", "Settings"),
    Area.UPLOAD: lambda: translate("words.history", "Uploads"),
    Area.READINESS: lambda: translate("words.history", "Readiness"),
    Area.REDUCTION_FILE: lambda: translate("words.history", "Reduction files"),
    Area.GOAL: lambda: translate("words.history", "Goals"),
}

_FACTS: Mapping[Fact, Callable[[], str]] = {
    Fact.IS_OPEN: lambda: translate("words.history", "Open to users"),
    Fact.PROVISIONED: lambda: translate("words.history", "Set up"),
    Fact.ENABLED: lambda: translate("words.history", "Enabled"),
    Fact.UNCERTAINTY: lambda: translate("words.history", "Uncertainty"),
    Fact.THRESHOLD: lambda: translate("words.history", "Threshold"),
    Fact.INPUTS_DEACTIVATED: lambda: translate("words.history", "Inputs switched off"),
    Fact.INCOMPLETE: lambda: translate("words.history", "Incomplete"),
    Fact.MISSING: lambda: translate("words.history", "Missing"),
    Fact.NEEDS_RECALCULATION: lambda: translate("words.history", "Emissions need recalculation"),
    Fact.FILE: lambda: translate("words.history", "File"),
    Fact.STATE: lambda: translate("words.history", "Progress"),
    Fact.RESULT: lambda: translate("words.history", "Result"),
    Fact.ROWS: lambda: translate("words.history", "Rows read"),
    Fact.SKIPPED: lambda: translate("words.history", "Rows left out"),
    Fact.JOB: lambda: translate("words.history", "Job number"),
    Fact.MESSAGE: lambda: translate("words.history", "The server’s message"),
    Fact.UPLOADED_AT: lambda: translate("words.history", "Uploaded on"),
    Fact.PERCENTAGE: lambda: translate("words.history", "Reduction"),
}

_RESULTS: Mapping[FileResult, Callable[[], str]] = {
    FileResult.UNDER_WAY: lambda: translate("words.history", "Under way when last seen", "what became of a file"),
    FileResult.SUCCESS: lambda: translate("words.history", "Imported", "what became of a file"),
    FileResult.WARNING: lambda: translate("words.history", "Imported with warnings", "what became of a file"),
    FileResult.PARTIAL: lambda: translate("words.history", "Imported, not recalculated", "what became of a file"),
    FileResult.ERROR: lambda: translate("words.history", "Failed", "what became of a file"),
    FileResult.REFUSED: lambda: translate("words.history", "Not accepted", "what became of a file"),
    FileResult.CANCELLED: lambda: translate("words.history", "Cancelled", "what became of a file"),
    FileResult.UNKNOWN: lambda: translate("words.history", "Not known", "what became of a file"),
}

_JOB_RESULTS: Mapping[str, Callable[[], str]] = {
    JobResult.SUCCESS.name.lower(): lambda: translate("words.history", "imported", "result of a job"),
    JobResult.WARNING.name.lower(): lambda: translate("words.history", "imported with warnings", "result of a job"),
    JobResult.ERROR.name.lower(): lambda: translate("words.history", "failed", "result of a job"),
}

_JOB_STATES: Mapping[str, Callable[[], str]] = {
    JobState.NOT_STARTED.name.lower(): lambda: translate("words.history", "waiting", "state of a job"),
    JobState.QUEUED.name.lower(): lambda: translate("words.history", "waiting", "state of a job"),
    JobState.RUNNING.name.lower(): lambda: translate("words.history", "under way", "state of a job"),
    JobState.FINISHED.name.lower(): lambda: translate("words.history", "ended", "state of a job"),
}

_REASONS: Mapping[str, Callable[[], str]] = {
    "missing_factor": lambda: translate("words.history", "factors"),
    "missing_reference": lambda: translate("words.history", "references"),
}

_LEVELS: Mapping[str, Callable[[], str]] = {
    "none": lambda: translate("words.history", "none", "uncertainty"),
    "low": lambda: translate("words.history", "low", "uncertainty"),
    "medium": lambda: translate("words.history", "medium", "uncertainty"),
    "high": lambda: translate("words.history", "high", "uncertainty"),
}

_SLOTS = {slot.name: slot for slot in all_slots()}


def area_text(area: Area) -> str:
    """The name of a kind of facts."""
    return _AREAS[area]()


def fact_text(fact: Fact) -> str:
    """The name of a fact."""
    return _FACTS[fact]()


def result_text(result: FileResult) -> str:
    """What became of a file."""
    return _RESULTS[result]()


def file_place(file: SentFile) -> str:
    """Where a file was sent to."""
    slot = _SLOTS.get(file.slot)
    return slot_path(slot) if slot is not None else file.slot


def place_text(place: Place) -> str:
    """Where a fact belongs: "Professional travel › Plane › Factors"."""
    if place.area is Area.YEAR:
        return translate("words.history", "The year")
    if place.area is Area.GOAL:
        return f"{reduction_name()} › {_goal(place.part)}"
    if place.area is Area.REDUCTION_FILE:
        for kind in ReductionObjectiveType:
            if kind.key == place.part:
                return f"{reduction_name()} › {slot_title(Slot(None, int(kind), SlotKind.REDUCTION))}"
        return f"{reduction_name()} › {place.part}"
    parts = [] if place.module is None else [module_name(place.module)]
    if place.submodule is not None:
        parts.append(submodule_name(place.submodule))
    elif place.area is Area.UPLOAD:
        parts.append(common_name())
    if place.area is Area.UPLOAD:
        parts.append(_kind(place.part))
    return " › ".join(parts)


def _short_place(place: Place) -> str:
    """The same without the module where the submodule says enough."""
    if place.area is Area.UPLOAD and place.submodule is not None:
        return f"{submodule_name(place.submodule)} › {_kind(place.part)}"
    return place_text(place)


def _kind(part: str) -> str:
    if part == "api":
        return translate("words.history", "Data from a connected system")
    return slot_title(Slot(None, None, SlotKind(part))) if part in set(SlotKind) else part


def _goal(part: str) -> str:
    target, _, rest = part.partition("/")
    reference, _, number_ = rest.partition(" ")
    text = translate("words.history", "Goal for {target}, compared with {reference}").format(
        target=target, reference=reference
    )
    return f"{text} {number_}".rstrip()


def value_text(fact: Fact, value: Value) -> str:
    """The value of a fact; "—" where there is none."""
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return translate("words.history", "yes") if value else translate("words.history", "no")
    if isinstance(value, int | float):
        if fact is Fact.PERCENTAGE:
            return percent(float(value))
        if fact is Fact.THRESHOLD:
            return kilograms(value)
        return str(value) if fact is Fact.JOB else number(value)
    return _text_value(fact, value)


def _text_value(fact: Fact, value: str) -> str:
    if fact is Fact.MISSING:
        return ", ".join(_told(_REASONS, word) for word in value.split(", "))
    if fact is Fact.UPLOADED_AT:
        at = parse_utc(value)
        return value if at is None else date_time(at)
    if fact is Fact.PROVISIONED:
        words = {"yes": translate("words.history", "yes"), "no": translate("words.history", "no")}
        return words.get(value, translate("words.history", "not known"))
    kinds = {Fact.RESULT: _JOB_RESULTS, Fact.STATE: _JOB_STATES, Fact.UNCERTAINTY: _LEVELS}
    return _told(kinds.get(fact, {}), value)


def _told(words: Mapping[str, Callable[[], str]], value: str) -> str:
    known = words.get(value)
    return known() if known is not None else value


def difference_text(item: Difference) -> str:
    """One difference in one line: where, what, and both values where there are two."""
    new = value_text(item.place.fact, item.new)
    if item.change is Change.ADDED:
        pattern = translate("words.history", "{place}, {fact}: {new} (new)")
    elif item.change is Change.REMOVED:
        pattern = translate("words.history", "{place}, {fact}: {old} (no longer there)")
    else:
        pattern = translate("words.history", "{place}, {fact}: {old} → {new}")
    old = value_text(item.place.fact, item.old)
    return pattern.format(place=place_text(item.place), fact=fact_text(item.place.fact), old=old, new=new)


def summary(differences: Sequence[Difference]) -> str:
    """What changed, in a few words: the weightiest first, then how much of what."""
    parts = list(_weighty(differences))
    parts.extend(_uploads(differences))
    settings = sum(item.place.area is Area.SETTING for item in differences)
    if settings:
        parts.append(translate("words.history", "%n setting(s)", "", settings))
    goals = sum(item.place.area is Area.GOAL for item in differences)
    if goals:
        parts.append(translate("words.history", "%n goal(s)", "", goals))
    readiness = sum(item.place.area is Area.READINESS for item in differences)
    if readiness and not parts:
        parts.append(translate("words.history", "What is missing"))
    return " · ".join(parts) if parts else translate("words.history", "Nothing an operator sees")


def _weighty(differences: Iterable[Difference]) -> Iterable[str]:
    for item in differences:
        if item.place.fact is Fact.IS_OPEN:
            yield (
                translate("words.history", "Opened to users")
                if item.new
                else translate("words.history", "Closed to users")
            )
        elif item.place.fact is Fact.PROVISIONED:
            yield (
                translate("words.history", "Set-up finished")
                if item.new == Provisioned.YES
                else translate("words.history", "Set-up not finished")
            )


def _uploads(differences: Iterable[Difference]) -> Iterable[str]:
    """The one upload with how it ended, or how many."""
    places: dict[tuple[int | None, int | None, str], Place] = {}
    results: list[str] = []
    for item in differences:
        if item.place.area in (Area.UPLOAD, Area.REDUCTION_FILE):
            places[item.place.module, item.place.submodule, item.place.part] = item.place
            if item.place.fact is Fact.RESULT and item.new is not None:
                results.append(value_text(Fact.RESULT, item.new))
    count = len(places)
    if count == 1:
        place = _short_place(next(iter(places.values())))
        if results:
            yield translate("words.history", "{place}: {result}").format(place=place, result=results[0])
        else:
            yield place
    elif count:
        yield translate("words.history", "%n upload(s)", "", count)


def seen_text(state: KeptState) -> str:
    """From when to when a state was seen, to the second: states may follow each other closely."""
    first, last = state.first_seen, state.last_seen
    if date(first) != date(last):
        return f"{_exact(first)} – {_exact(last)}"
    if _clock(first) == _clock(last):
        return _exact(first)
    return translate("words.history", "{date}, {first} – {last}").format(
        date=date(first), first=_clock(first), last=_clock(last)
    )


def _clock(moment: datetime) -> str:
    return f"{moment.astimezone():%H:%M:%S}"


def _exact(moment: datetime) -> str:
    return translate("words.history", "{date}, {time}").format(date=date(moment), time=_clock(moment))


def as_it_was_text(year: int, state: KeptState) -> str:
    """The sentence over a year shown as it was: never to be taken for the present."""
    if _exact(state.first_seen) == _exact(state.last_seen):
        return translate("words.history", "{year} as it was on {when}").format(year=year, when=_exact(state.first_seen))
    return translate("words.history", "{year} as it was from {first} to {last}").format(
        year=year, first=_exact(state.first_seen), last=_exact(state.last_seen)
    )


def short_hash(sha256: str) -> str:
    """The beginning of a fingerprint: enough to compare by eye."""
    return f"{sha256[:8]}{NO_BREAK}…" if len(sha256) > 12 else sha256
