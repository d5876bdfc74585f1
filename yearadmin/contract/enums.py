"""The enumerations of the wire (contract section 4), without pydantic so that they cost nothing to import.

Numbers and names are both legal on the wire; ``parse_enum`` reads either and never raises on an unknown value.
"""

from __future__ import annotations

from enum import IntEnum, StrEnum
from typing import TypeVar


class ModuleType(IntEnum):
    """The eight calculator modules; keys of ``config.modules`` are these numbers as decimal strings."""

    HEADCOUNT = 1
    PROFESSIONAL_TRAVEL = 2
    BUILDINGS = 3
    EQUIPMENT = 4
    PURCHASE = 5
    RESEARCH_FACILITIES = 6
    EXTERNAL_CLOUD_AND_AI = 7
    PROCESS_EMISSIONS = 8


class DataEntryType(IntEnum):
    """A submodule: one kind of data entry; keys of ``submodules`` are these numbers as decimal strings."""

    MEMBER = 1
    STUDENT = 2
    SCIENTIFIC = 10
    IT = 11
    OTHER = 12
    PLANE = 20
    TRAIN = 21
    BUILDING = 30
    ENERGY_COMBUSTION = 31
    BUILDING_EMBODIED_ENERGY = 32
    EXTERNAL_CLOUDS = 40
    EXTERNAL_AI = 41
    PROCESS_EMISSIONS = 50
    SCIENTIFIC_EQUIPMENT = 60
    IT_EQUIPMENT = 61
    CONSUMABLE_ACCESSORIES = 62
    BIOLOGICAL_CHEMICAL_GASEOUS_PRODUCT = 63
    SERVICES = 64
    VEHICLES = 65
    OTHER_PURCHASES = 66
    ADDITIONAL_PURCHASES = 67
    RESEARCH_FACILITIES = 70
    MICE_AND_FISH_ANIMAL_FACILITIES = 71


class TargetType(IntEnum):
    """What an ingestion writes."""

    DATA_ENTRIES = 0
    FACTORS = 1
    REDUCTION_OBJECTIVES = 2
    REFERENCE_DATA = 3


class IngestionMethod(IntEnum):
    """Where an ingestion gets its rows from."""

    API = 0
    CSV = 1
    MANUAL = 2
    COMPUTED = 3


class JobState(IntEnum):
    """Where a job stands; FINISHED is terminal, whether it succeeded or not."""

    NOT_STARTED = 0
    QUEUED = 1
    RUNNING = 2
    FINISHED = 3


class JobResult(IntEnum):
    """How a FINISHED job ended; null before."""

    SUCCESS = 0
    WARNING = 1
    ERROR = 2


class EntityType(IntEnum):
    """What a job is about."""

    MODULE_PER_YEAR = 1
    MODULE_UNIT_SPECIFIC = 2
    GLOBAL_PER_YEAR = 3


class ReductionObjectiveType(IntEnum):
    """The three reduction files; the lower-case name is the key in ``config.reduction_objectives``."""

    INSTITUTIONAL_FOOTPRINT = 0
    POPULATION_PROJECTIONS = 1
    UNIT_SCENARIOS = 2

    @property
    def key(self) -> str:
        """The key under ``config.reduction_objectives`` and ``…files``."""
        return self.name.lower()


class UserProvider(IntEnum):
    """Where a user comes from; year rows are kept per provider."""

    ACCRED = 0
    DEFAULT = 1
    TEST = 2


class PipelineStatus(StrEnum):
    """Stored status of a pipeline; a live one reads NOT_STARTED until it is terminal (section 6.3)."""

    NOT_STARTED = "NOT_STARTED"
    RUNNING = "RUNNING"
    SUCCESS = "SUCCESS"
    PARTIAL = "PARTIAL"
    FAILED = "FAILED"


class JobType(StrEnum):
    """What a job does; also the ``kind`` of the pipeline it is the root of."""

    UNIT_SYNC = "unit_sync"
    CSV_INGEST = "csv_ingest"
    API_INGEST = "api_ingest"
    FACTOR_INGEST = "factor_ingest"
    REFERENCE_INGEST = "reference_ingest"
    EMISSION_RECALC = "emission_recalc"
    MODULE_EMISSION_RECALC = "module_emission_recalc"
    AGGREGATION = "aggregation"


class IncompleteReason(StrEnum):
    """Why a submodule is incomplete (section 8.1)."""

    MISSING_FACTOR = "missing_factor"
    MISSING_REFERENCE = "missing_reference"


class RoleName(StrEnum):
    """The four roles of the July 2026 server (section 2.1)."""

    USER_STANDARD = "calco2.user.standard"
    USER_PRINCIPAL = "calco2.user.principal"
    BACKOFFICE_METIER = "calco2.backoffice.metier"
    BACKOFFICE_ADMIN = "calco2.backoffice.admin"


class UnitSyncPhase(StrEnum):
    """The four phases of a unit_sync job, in order (section 9)."""

    FETCH_UNITS = "fetch_units"
    UPSERT_UNITS_AND_USERS = "upsert_units_and_users"
    CREATE_CARBON_REPORTS = "create_carbon_reports"
    ENSURE_MODULES = "ensure_modules"


class Provisioned(StrEnum):
    """Whether a unit_sync has completed for the year, as far as the server says."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"  # a server of before 20 May 2026 does not send the key: never block on it


E_ = TypeVar("E_", bound=IntEnum)


def parse_enum(kind: type[E_], value: object) -> E_ | None:
    """Read an enum sent as a number, a numeric string or a name; None when null or unknown (sections 4 and 11)."""
    if isinstance(value, str):
        name = value.strip().upper()
        if name in kind.__members__:
            return kind[name]
        value = int(name) if name.lstrip("-").isdigit() else None
    if isinstance(value, int) and not isinstance(value, bool):
        try:
            return kind(value)
        except ValueError:
            return None
    return None
