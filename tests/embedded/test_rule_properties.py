"""The backend's rules under anything that can happen, held against the contract (sections 5.1.4, 6.3 and 8.1)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from yearadmin.contract.enums import JobResult, JobState, JobType
from yearadmin.embedded import years
from yearadmin.embedded.injected import with_injected
from yearadmin.embedded.jobs import Job
from yearadmin.embedded.pipelines import Pipeline

from .test_rules import OBJECTS, job

# --- merging


@given(OBJECTS, OBJECTS, OBJECTS)
def test_changes_one_after_the_other_are_as_good_as_their_merge_at_once(
    stored: dict[str, Any], first: dict[str, Any], second: dict[str, Any]
) -> None:
    one_by_one = years.merged(years.merged(stored, first), second)
    at_once = years.merged(stored, years.merged(first, second))
    assert _without_shadows(one_by_one, first, second) == _without_shadows(at_once, first, second)


def _without_shadows(result: Any, first: Any, second: Any) -> Any:
    """Leave out what the first change made a value and the second an object again: there the order decides."""
    if not (isinstance(result, dict) and isinstance(first, dict) and isinstance(second, dict)):
        return result
    shown = {}
    for key, value in result.items():
        turned = key in first and not isinstance(first[key], dict) and isinstance(second.get(key), dict)
        if not turned:
            shown[key] = _without_shadows(value, first.get(key, {}), second.get(key, {}))
    return shown


@given(OBJECTS, OBJECTS)
def test_merging_changes_neither_of_the_two(stored: dict[str, Any], change: dict[str, Any]) -> None:
    before = repr(stored), repr(change)
    years.merged(stored, change)
    assert (repr(stored), repr(change)) == before


@given(st.dictionaries(st.sampled_from(["1", "4", "8"]), st.booleans(), min_size=1), st.sampled_from(["1", "4", "8"]))
def test_switching_a_module_touches_no_other(switched: dict[str, bool], other: str) -> None:
    default = years.default_config()
    change = {"modules": {key: {"enabled": value} for key, value in switched.items()}}
    result = years.merged(default, years.cleaned(change))
    for key, module in result["modules"].items():
        assert module["enabled"] is switched.get(key, True)
        assert module["submodules"] == default["modules"][key]["submodules"]
    assert result["reduction_objectives"] == default["reduction_objectives"]


# --- completeness, from the contract's table and pseudo-code alone

FACTOR = {1: (1, 2), 2: (20, 21), 3: (30, 31, 32), 4: (), 5: (67,), 6: (70, 71), 7: (40, 41), 8: (50,)}
REFERENCE = {2: (20, 21), 3: (30,)}
ALL = FACTOR | {4: (10, 11, 12), 5: tuple(range(60, 68))}
PLACES = [(module, det) for module, dets in ALL.items() for det in (*dets, None)]


@st.composite
def uploads(draw: st.DrawFn) -> list[Job]:
    """Any current jobs: data, factors and references, of any method, in any state."""
    found = []
    for _ in range(draw(st.integers(0, 25))):
        module, det = draw(st.sampled_from(PLACES))
        how = draw(st.sampled_from([(state, None) for state in (JobState.QUEUED, JobState.RUNNING)]
                                   + [(JobState.FINISHED, result) for result in JobResult]))  # fmt: skip
        fields = {"target_type": draw(st.sampled_from([0, 1, 3])), "ingestion_method": draw(st.sampled_from([0, 1, 3]))}
        found.append(job(JobType.CSV_INGEST, how, module_type_id=module, data_entry_type_id=det, **fields))
    return found


@st.composite
def switches(draw: st.DrawFn) -> dict[str, Any]:
    """A year with any modules and submodules switched off, or with no word about it."""
    modules: dict[str, Any] = {}
    word = st.sampled_from([{}, {"enabled": True}, {"enabled": False}])
    for module, dets in ALL.items():
        modules[str(module)] = {**draw(word), "submodules": {str(det): draw(word) for det in dets}}
    return {"modules": modules}


@given(uploads(), switches())
@settings(max_examples=60)
def test_what_is_incomplete_is_what_the_contract_says(found: list[Job], config: dict[str, Any]) -> None:
    there = {(item.module_type_id, item.data_entry_type_id, item.target_type) for item in found}
    answered = with_injected(config, found)["modules"]
    for module, dets in ALL.items():
        shown, wanted = answered[str(module)], config["modules"][str(module)]
        common = (module, None, 1) in there
        lacking = []
        for det in dets:
            reasons = []
            if det in FACTOR[module] and (module, det, 1) not in there and not common:
                reasons.append("missing_factor")
            if det in REFERENCE.get(module, ()) and (module, det, 3) not in there:
                reasons.append("missing_reference")
            sub = shown["submodules"][str(det)]
            assert sub["incomplete_reasons"] == reasons
            assert sub["incomplete"] is bool(reasons)
            if reasons and wanted["submodules"][str(det)].get("enabled", True):
                lacking.append(det)
        expected = bool(lacking) or (module in (4, 5) and not common)
        assert shown["incomplete"] is (expected and wanted.get("enabled", True))


@given(uploads(), uploads())
@settings(max_examples=40)
def test_one_upload_more_never_makes_a_year_less_complete(found: list[Job], more: list[Job]) -> None:
    before = with_injected(years.default_config(), found)["modules"]
    after = with_injected(years.default_config(), [*found, *more])["modules"]
    for key, module in after.items():
        assert before[key]["incomplete"] or not module["incomplete"]


# --- progress

HOW = st.sampled_from(
    [(state, None) for state in (JobState.NOT_STARTED, JobState.QUEUED, JobState.RUNNING)]
    + [(JobState.FINISHED, result) for result in JobResult]
)
KINDS = st.sampled_from([JobType.CSV_INGEST, JobType.EMISSION_RECALC, JobType.AGGREGATION])


@st.composite
def pipelines(draw: st.DrawFn) -> Pipeline:
    """Any jobs after any first one."""
    root = draw(st.sampled_from([JobType.CSV_INGEST, JobType.FACTOR_INGEST, JobType.UNIT_SYNC]))
    items = [(root, draw(HOW)), *draw(st.lists(st.tuples(KINDS, HOW), max_size=8))]
    expected = draw(st.none() | st.integers(0, 4))
    return Pipeline("p", root, None, expected, tuple(job(*item) for item in items))


def _ended(jobs: Sequence[Job]) -> list[Job]:
    return [item for item in jobs if item.state == JobState.FINISHED]


@given(pipelines())
def test_how_far_a_pipeline_is_follows_from_its_jobs_alone(pipeline: Pipeline) -> None:
    root, rest = pipeline.jobs[0], pipeline.jobs
    recalculations = [item for item in rest if item.job_type == JobType.EMISSION_RECALC]
    aggregations = [item for item in rest if item.job_type == JobType.AGGREGATION]
    errors = [item for item in _ended(rest) if item.result == JobResult.ERROR]
    expected = pipeline.expected_recalculations
    wanted = len(recalculations) if expected is None else expected
    if root.state != JobState.FINISHED:
        phase = 1
    elif len(_ended(recalculations)) < wanted:
        phase = 2
    else:
        phase = 3
    complete = phase == 3 and len(_ended(aggregations)) == len(aggregations)
    assert pipeline.phase == phase
    if errors:
        assert pipeline.due_status == ("FAILED" if root in errors else "PARTIAL")
    else:
        assert pipeline.due_status == ("SUCCESS" if complete else "NOT_STARTED")
    orphaned = Pipeline(None, pipeline.kind, None, expected, pipeline.jobs).progress()
    assert orphaned["done"] is (complete or bool(errors))
    assert orphaned["has_error"] is bool(errors)
    assert (orphaned["phases_total"], orphaned["status"], orphaned["kind"]) == (3, None, pipeline.kind)
    assert orphaned["phase_label"] == {1: "data", 2: "emissions", 3: "aggregation"}[phase]


@given(pipelines(), st.data())
def test_a_job_that_ends_never_takes_a_pipeline_back(pipeline: Pipeline, data: st.DataObject) -> None:
    from dataclasses import replace

    open_jobs = [item for item in pipeline.jobs if item.state != JobState.FINISHED]
    if not open_jobs:
        assert pipeline.done or pipeline.phase >= 2
        return
    chosen = data.draw(st.sampled_from(open_jobs))
    ended = replace(chosen, state=JobState.FINISHED, result=data.draw(st.sampled_from(list(JobResult))))
    later = replace(pipeline, jobs=tuple(ended if item is chosen else item for item in pipeline.jobs))
    assert later.phase >= pipeline.phase
    assert later.done >= pipeline.done
    assert later.has_failed_job >= pipeline.has_failed_job
