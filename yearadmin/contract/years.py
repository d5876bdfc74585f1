"""Year configurations as the wire shows them (contract sections 5.1 and 8).

Reading is tolerant (``config`` may be ``{}``, entries may not be objects); what is missing is None, never false.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, field_validator

from yearadmin.contract.enums import Provisioned, ReductionObjectiveType
from yearadmin.contract.jobs import JobSummary
from yearadmin.contract.wire import Items, Objects, UtcTime, WireModel


class _HasCompletion(WireModel):
    year: int
    is_started: bool = False
    configuration_completed: UtcTime = None
    updated_at: UtcTime = None

    @property
    def provisioned(self) -> Provisioned:
        """``configuration_completed`` as three values: an absent key is not the same as null (section 11.2)."""
        if "configuration_completed" not in self.model_fields_set:
            return Provisioned.UNKNOWN
        return Provisioned.NO if self.configuration_completed is None else Provisioned.YES


class YearSummary(_HasCompletion):
    """One item of ``GET /year-configuration/``."""


class SubmoduleConfig(WireModel):
    """Settings of one submodule and its injected ``latest_*`` jobs; ``threshold`` is in kg CO₂-eq."""

    enabled: bool = True
    threshold: float | None = None
    inputs_deactivated: bool = False
    latest_data_job: JobSummary | None = None
    latest_factor_job: JobSummary | None = None
    latest_reference_job: JobSummary | None = None
    latest_api_data_job: JobSummary | None = None
    incomplete: bool | None = None
    incomplete_reasons: Annotated[tuple[str, ...], Items] = ()

    @field_validator("threshold", mode="before")
    @classmethod
    def _number_or_none(cls, value: object) -> object:
        return value if isinstance(value, (int, float)) and not isinstance(value, bool) else None


class ModuleConfig(WireModel):
    """Settings of one module, its submodules by decimal id, and its common uploads."""

    enabled: bool = True
    uncertainty_tag: str | None = None
    submodules: Annotated[Mapping[str, SubmoduleConfig], Objects] = Field(default_factory=dict)
    latest_common_data_job: JobSummary | None = None
    latest_common_factor_job: JobSummary | None = None
    incomplete: bool | None = None


class ObjectiveFile(WireModel):
    """A reduction file that has landed."""

    path: str = ""
    filename: str = ""
    uploaded_at: UtcTime = None
    rows_processed: int | None = None


class Goal(WireModel):
    """A reduction goal; ``reduction_percentage`` is a share from 0 to 1."""

    target_year: int | None = None
    reduction_percentage: float | None = None
    reference_year: int | None = None


class ReductionObjectives(WireModel):
    """The reduction section of a year; row arrays are kept in the raw answer only."""

    files: Annotated[Mapping[str, ObjectiveFile], Objects] = Field(default_factory=dict)
    goals: Annotated[tuple[Goal, ...], Items] = ()

    def file(self, kind: ReductionObjectiveType) -> ObjectiveFile | None:
        """The landed file of that kind, or None."""
        return self.files.get(kind.key)


class YearConfig(WireModel):
    """``config`` of a year; may be empty on seeded rows."""

    modules: Annotated[Mapping[str, ModuleConfig], Objects] = Field(default_factory=dict)
    reduction_objectives: ReductionObjectives = Field(default_factory=ReductionObjectives)

    @field_validator("reduction_objectives", mode="before")
    @classmethod
    def _absent_is_empty(cls, value: object) -> object:
        return value if isinstance(value, (Mapping, ReductionObjectives)) else {}


class TypeRecalculation(WireModel):
    """Whether one submodule's emissions are older than its factors (section 5.2.8)."""

    module_type_id: int
    data_entry_type_id: int
    needs_recalculation: bool = False


class ModuleRecalculation(WireModel):
    """Recalculation status of one module."""

    module_type_id: int
    needs_recalculation: bool = False
    data_entry_types: Annotated[tuple[TypeRecalculation, ...], Items] = ()


class YearConfiguration(_HasCompletion):
    """The answer of GET, POST and PATCH ``/year-configuration/{year}``."""

    config: YearConfig = Field(default_factory=YearConfig)
    recalculation_status: Annotated[tuple[ModuleRecalculation, ...], Items] = ()
    pipeline_id: UUID | None = None

    @field_validator("config", mode="before")
    @classmethod
    def _config_object(cls, value: object) -> object:
        return value if isinstance(value, (Mapping, YearConfig)) else {}


class CreateYearRequest(WireModel):
    """Body of ``POST /year-configuration/{year}``; ``is_started`` is always sent (section 11.2)."""

    is_started: bool = False
    config: dict[str, Any] | None = None
