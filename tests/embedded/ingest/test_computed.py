"""Computed factors of research facilities: sums from the emissions of the facility's own unit.

Goes through the database, as the job does.
"""

from __future__ import annotations

import pytest

from tests.embedded.ingest.desk import Desk
from tests.embedded.ingest.rows import data, factor, sheet
from yearadmin.contract.enums import JobResult
from yearadmin.embedded.ingest import IngestError


@pytest.fixture
def unit_with_emissions(desk: Desk) -> Desk:
    """Unit 10005 burns gas (20 kg) and buys a laser (250 kg); unit 10011 burns gas too."""
    desk.upload("factor", sheet(factor(31)), 3, 31)
    desk.upload("factor", sheet(factor(60)), 5, 60)
    desk.upload("data", sheet(data(31, "10005"), data(31, "10011")), 3, 31)
    desk.upload("data", sheet(data(60, "10005")), 5, 60)
    desk.recalculate(3)
    desk.recalculate(5)
    return desk


def test_a_facility_that_is_a_unit_is_charged_with_what_the_unit_emits(unit_with_emissions: Desk) -> None:
    """Its users' shares follow with the next recalculation; another facility keeps the sum of its file."""
    desk = unit_with_emissions
    rows = [factor(70, researchfacility_id="10005"), factor(70)]
    desk.upload("factor", sheet(*rows), 6, 70)
    outcome = desk.compute_factors(70)
    assert outcome.result is JobResult.WARNING
    assert outcome.message == "Sums of 1 facilities computed; 1 facilities are no unit and stay as they were."
    assert outcome.stats["row_errors"] == [{"row": 2, "reason": "researchfacility_id: there is no unit “RF1”"}]
    assert [values["kg_co2eq_sum"] for values in desk.factor_values(70)] == [270.0, 2000.0]
    assert [values["total_use"] for values in desk.factor_values(70)] == [100.0, 100.0]
    desk.upload("data", sheet(data(70, researchfacility_id="10005")), 6, 70)
    desk.recalculate(6)
    assert desk.emissions(70) == [5 * 270 / 100]


def test_an_animal_facility_gets_its_sums_part_by_part(unit_with_emissions: Desk) -> None:
    """Six of them; the shares stay."""
    desk = unit_with_emissions
    desk.upload("factor", sheet(factor(71, researchfacility_id="10005")), 6, 71)
    outcome = desk.compute_factors(71)
    assert (outcome.result, outcome.message) == (JobResult.SUCCESS, "Success")
    [values] = desk.factor_values(71)
    assert {name: kg for name, kg in values.items() if name.startswith("kg_co2eq_sum_")} == {
        "kg_co2eq_sum_processemissions": 0.0,
        "kg_co2eq_sum_building_energycombustions": 20.0,
        "kg_co2eq_sum_building_rooms": 0.0,
        "kg_co2eq_sum_purchases_common": 250.0,
        "kg_co2eq_sum_purchases_additional": 0.0,
        "kg_co2eq_sum_equipments": 0.0,
    }
    assert values["equipments_share"] == 0.5


@pytest.mark.parametrize("det", [None, 31, 999])
def test_other_factors_can_t_be_computed(desk: Desk, det: int | None) -> None:
    """Section 5.2.2."""
    with pytest.raises(IngestError, match="can't be computed"):
        desk.compute_factors(det)


def test_without_facilities_there_is_nothing_to_compute_and_no_fault(desk: Desk) -> None:
    """As the production server was seen to answer."""
    outcome = desk.compute_factors(70)
    assert (outcome.result, outcome.message) == (JobResult.SUCCESS, "Success")
    assert {key: outcome.stats[key] for key in ("updated", "skipped", "errors", "error_details")} == {
        "updated": 0,
        "skipped": 0,
        "errors": 0,
        "error_details": [],
    }
