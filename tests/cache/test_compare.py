"""Two times or two years side by side: every fact that differs is named once, with what it was and what it is."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from yearadmin.cache.compare import Area, Change, Difference, Fact, Place, Value, compare, facts
from yearadmin.cache.export import (
    CSV_COLUMNS,
    differences_csv,
    differences_json,
    history_csv,
    history_json,
    parse_year,
)
from yearadmin.cache.files import SentFile
from yearadmin.cache.history import KeptState, KeptText, Seen
from yearadmin.contract.years import YearConfiguration

DATA = Path(__file__).parent.parent / "data"
NOON = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)


def recorded(folder: str, number: str) -> YearConfiguration:
    (path,) = (DATA / folder).glob(f"{number}_*")
    return YearConfiguration.model_validate(json.loads(path.read_text(encoding="utf-8"))["response"]["body"])


def submodule(**fields: object) -> dict[str, object]:
    return {"enabled": True, "threshold": None, **fields}


def year(
    number: int = 2026, *, sub: dict[str, object] | None = None, reduction: object = None, **fields: object
) -> YearConfiguration:
    module = {"enabled": True, "uncertainty_tag": "medium", "submodules": {"20": sub or submodule()}}
    config = {"modules": {"2": module}, "reduction_objectives": reduction or {}}
    return YearConfiguration.model_validate({"year": number, "is_started": False, "config": config, **fields})


def factor_job(number: int, result: int = 0, **meta: object) -> dict[str, object]:
    return {"job_id": number, "state": 3, "result": result, "status_message": "Success", "meta": meta}


def place(area: Area, fact: Fact, module: int | None = None, sub: int | None = None, part: str = "") -> Place:
    return Place(area, module, sub, part, fact)


def changed(at: Place, old: Value, new: Value) -> Difference:
    return Difference(at, Change.CHANGED, old, new)


def test_a_state_does_not_differ_from_itself() -> None:
    for folder, number in (("recordings", "281"), ("recordings", "037"), ("recordings-2026-05", "211")):
        config = recorded(folder, number)
        assert len(facts(config)) > 10
        assert compare(config, config) == ()


def test_opening_and_provisioning_are_told() -> None:
    new = year(is_started=True, configuration_completed="2026-07-01T08:00:00Z")
    assert compare(year(configuration_completed=None), new) == (
        changed(place(Area.YEAR, Fact.IS_OPEN), False, True),
        changed(place(Area.YEAR, Fact.PROVISIONED), "no", "yes"),
    )
    (provisioned,) = compare(year(), year(configuration_completed=None))
    assert (provisioned.old, provisioned.new) == ("unknown", "no")


def test_changed_settings_are_told_with_their_place() -> None:
    new = year(sub=submodule(enabled=False, threshold=2.5, inputs_deactivated=True))
    assert compare(year(), new) == (
        changed(place(Area.SETTING, Fact.ENABLED, 2, 20), True, False),
        changed(place(Area.SETTING, Fact.THRESHOLD, 2, 20), None, 2.5),
        changed(place(Area.SETTING, Fact.INPUTS_DEACTIVATED, 2, 20), False, True),
    )


def test_a_new_upload_is_told_with_its_file_and_rows() -> None:
    job = factor_job(41, rows_processed=9, rows_skipped=1, processed_file_path="processed/41/planes.csv")
    found = compare(year(), year(sub=submodule(latest_factor_job=job)))
    assert {item.change for item in found} == {Change.ADDED}
    assert {(item.place.part, item.place.fact): item.new for item in found} == {
        ("factor", Fact.JOB): 41,
        ("factor", Fact.FILE): "planes.csv",
        ("factor", Fact.STATE): "finished",
        ("factor", Fact.RESULT): "success",
        ("factor", Fact.ROWS): 9,
        ("factor", Fact.SKIPPED): 1,
        ("factor", Fact.MESSAGE): "Success",
    }
    assert {item.change for item in compare(year(sub=submodule(latest_factor_job=job)), year())} == {Change.REMOVED}


def test_readiness_flags_are_told() -> None:
    old = year(sub=submodule(incomplete=True, incomplete_reasons=["missing_reference", "missing_factor"]))
    new = year(
        sub=submodule(incomplete=False, incomplete_reasons=[]),
        recalculation_status=[
            {
                "module_type_id": 2,
                "needs_recalculation": True,
                "data_entry_types": [
                    {"module_type_id": 2, "data_entry_type_id": 20, "needs_recalculation": True},
                ],
            }
        ],
    )
    assert compare(old, new) == (
        changed(place(Area.READINESS, Fact.INCOMPLETE, 2, 20), True, False),
        changed(place(Area.READINESS, Fact.MISSING, 2, 20), "missing_factor, missing_reference", ""),
        Difference(place(Area.READINESS, Fact.NEEDS_RECALCULATION, 2, 20), Change.ADDED, None, True),
    )


def goals(*items: tuple[int, float]) -> dict[str, object]:
    return {
        "goals": [{"target_year": at, "reduction_percentage": share, "reference_year": 2019} for at, share in items]
    }


def test_goals_and_reduction_files_are_told_whatever_their_order() -> None:
    assert (
        compare(year(reduction=goals((2030, 0.4), (2040, 0.6))), year(reduction=goals((2040, 0.6), (2030, 0.4)))) == ()
    )
    file = {"path": "p", "filename": "fp.csv", "uploaded_at": "2026-07-01T08:00:00", "rows_processed": 12}
    new = year(reduction={**goals((2030, 0.5), (2050, 1.0), (2050, 1.0)), "files": {"institutional_footprint": file}})
    found = compare(year(reduction=goals((2030, 0.4), (2040, 0.6))), new)
    told = [(item.place.part, item.place.fact, item.change, item.old, item.new) for item in found]
    assert told == [
        ("institutional_footprint", Fact.FILE, Change.ADDED, None, "fp.csv"),
        ("institutional_footprint", Fact.ROWS, Change.ADDED, None, 12),
        ("institutional_footprint", Fact.UPLOADED_AT, Change.ADDED, None, "2026-07-01T08:00:00+00:00"),
        ("2030/2019", Fact.PERCENTAGE, Change.CHANGED, 0.4, 0.5),
        ("2040/2019", Fact.PERCENTAGE, Change.REMOVED, 0.6, None),
        ("2050/2019", Fact.PERCENTAGE, Change.ADDED, None, 1.0),
        ("2050/2019 (2)", Fact.PERCENTAGE, Change.ADDED, None, 1.0),
    ]


def test_two_years_are_compared_without_what_can_never_be_the_same() -> None:
    old = year(2025, sub=submodule(latest_factor_job=factor_job(1, rows_processed=9)))
    new = year(2026, sub=submodule(latest_factor_job=factor_job(2, rows_processed=8)))
    assert [(item.place.fact, item.old, item.new) for item in compare(old, new)] == [(Fact.ROWS, 9, 8)]


def test_a_year_that_was_not_there_is_all_additions() -> None:
    config = recorded("recordings", "281")
    assert {item.change for item in compare(None, config)} == {Change.ADDED}
    assert len(compare(config, None)) == len(facts(config))
    assert compare(None, None) == ()


def test_every_fact_of_a_recorded_year_is_found_when_it_changes() -> None:
    before, after = (recorded("recordings", number).model_copy(update={"year": 2026}) for number in ("037", "281"))
    told = {item.place for item in compare(before, after)}
    assert told == {
        at for at in facts(before) | facts(after) if facts(before).get(at, "absent") != facts(after).get(at, "absent")
    }
    assert Area.UPLOAD in {at.area for at in told}


def kept(number: int, raw: str) -> KeptText:
    first = NOON + timedelta(hours=number)
    return KeptText(KeptState(number, Seen.YEAR, "2026", 2026, first, first + timedelta(minutes=5)), raw)


def raw_year(**fields: object) -> str:
    return json.dumps({"year": 2026, "is_started": False, "config": {}, **fields})


def test_a_history_is_exported_whole_as_json() -> None:
    file = SentFile("k", 2026, "4.10.factor", "é.csv", 12, "ab" * 32, NOON, "operator@example.org")
    text = history_json(
        "https://a.example.org",
        2026,
        [kept(1, raw_year()), kept(2, "odd\udcff")],
        files=[file],
        pipelines=[kept(3, "{}")],
    )
    document = json.loads(text.encode("utf-8"))
    assert document["states"][0] == {
        "first_seen": "2026-07-01T13:00:00Z",
        "last_seen": "2026-07-01T13:05:00Z",
        "answer": {"year": 2026, "is_started": False, "config": {}},
    }
    assert document["files"][0]["name"] == "é.csv"
    assert document["files"][0]["sent_at"] == "2026-07-01T12:00:00Z"
    assert document["files"][0]["result"] == "under_way"
    assert len(document["pipelines"]) == 1
    assert document["states"][1]["answer"].startswith("odd")


def test_a_history_is_exported_as_a_table_of_changes() -> None:
    text = history_csv([kept(1, raw_year()), kept(2, "no JSON"), kept(3, raw_year(is_started=True))])
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["change"] for row in rows] == ["added", "added", "changed"]
    assert rows[-1] == dict(
        zip(
            CSV_COLUMNS,
            (
                "2026-07-01T15:00:00Z",
                "2026-07-01T15:05:00Z",
                "2026",
                "changed",
                "year",
                "",
                "",
                "",
                "is_open",
                "no",
                "yes",
            ),
            strict=True,
        )
    )


@pytest.mark.parametrize("name", ['=HYPERLINK("x")', "+1", "-1", "@sum", "\tx"])
def test_a_table_never_holds_what_a_spreadsheet_would_run(name: str) -> None:
    job = factor_job(1, processed_file_path=f"processed/1/{name}")
    found = compare(year(), year(sub=submodule(latest_factor_job=job)))
    cells = [cell for row in csv.reader(io.StringIO(differences_csv(found), newline="")) for cell in row]
    assert f"'{name}" in cells
    assert name not in cells
    assert name in [item["new"] for item in json.loads(differences_json(found))]


def test_numbers_below_zero_stay_numbers_in_a_table() -> None:
    found = compare(year(), year(sub=submodule(threshold=-2.5)))
    assert "-2.5" in differences_csv(found)
    assert "'-2.5" not in differences_csv(found)


@pytest.mark.parametrize("raw", ["", "[]", "no JSON", '{"year": "x"}'])
def test_an_answer_that_is_no_year_is_told_apart(raw: str) -> None:
    assert parse_year(raw) is None
