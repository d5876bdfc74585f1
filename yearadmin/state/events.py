"""What can happen, as values: the only way the state changes.

Each event says one fact; none asks for anything to be done.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from yearadmin.contract.problems import Problem
from yearadmin.state.model import Notice, Origin, Upload, Wish

if TYPE_CHECKING:
    from yearadmin.contract.jobs import JobUpdate, PipelineSnapshot
    from yearadmin.contract.links import Link
    from yearadmin.contract.session import CurrentUser
    from yearadmin.contract.years import YearConfiguration, YearSummary
    from yearadmin.remote.secrets import Keeping
    from yearadmin.state.conflicts import Conflict


@dataclass(frozen=True, slots=True)
class Connected:
    """The server answers and the session is good."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Disconnected:
    """The server cannot be reached; ``next_try`` is when it will be asked again."""

    at: datetime
    next_try: datetime | None
    problem: Problem


@dataclass(frozen=True, slots=True)
class Closing:
    """The program is ending: an orderly end of streams is not a lost connection."""

    at: datetime


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who the server says we are."""

    user: CurrentUser
    at: datetime
    origin: Origin = Origin.SERVER


@dataclass(frozen=True, slots=True)
class SignedOut:
    """No valid session; everything else known stays readable."""

    at: datetime
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class SessionKept:
    """Where the session is kept for the next start; None when there is none to keep."""

    keeping: Keeping | None


@dataclass(frozen=True, slots=True)
class UserChanged:
    """Another person signed in: nothing of the former one's view remains."""

    user: CurrentUser
    at: datetime


@dataclass(frozen=True, slots=True)
class YearsLoaded:
    """The list of years."""

    items: tuple[YearSummary, ...]
    at: datetime
    origin: Origin = Origin.SERVER


@dataclass(frozen=True, slots=True)
class YearsFailed:
    """The list of years could not be had."""

    problem: Problem


@dataclass(frozen=True, slots=True)
class YearSelected:
    """The operator looks at this year now."""

    year: int


@dataclass(frozen=True, slots=True)
class YearLoading:
    """A request for the year is under way, or no longer is."""

    year: int
    loading: bool = True


@dataclass(frozen=True, slots=True)
class YearLoaded:
    """The year's configuration, whole."""

    year: int
    config: YearConfiguration
    at: datetime
    origin: Origin = Origin.SERVER


@dataclass(frozen=True, slots=True)
class YearMissing:
    """The server has no such year (404): an empty state."""

    year: int
    at: datetime


@dataclass(frozen=True, slots=True)
class YearFailed:
    """The year could not be loaded; what was known of it stays."""

    year: int
    problem: Problem


@dataclass(frozen=True, slots=True)
class YearPipelinesFound:
    """The active year-level pipelines of a year."""

    year: int
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ModulePipelinesFound:
    """The newest active pipeline of each module of a year."""

    year: int
    by_module: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class SetupJobStarted:
    """A repeated unit sync, known by its job id only."""

    year: int
    job_id: int


@dataclass(frozen=True, slots=True)
class PipelineFollowed:
    """Following a pipeline has begun."""

    id: str
    year: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class PipelineSeen:
    """A full picture of a pipeline."""

    id: str
    snapshot: PipelineSnapshot
    at: datetime


@dataclass(frozen=True, slots=True)
class PipelineLinkChanged:
    """The link to a pipeline's stream changed."""

    id: str
    link: Link


@dataclass(frozen=True, slots=True)
class PipelineRootSeen:
    """Details of a pipeline's first job, from the job's own stream."""

    id: str
    update: JobUpdate


@dataclass(frozen=True, slots=True)
class JobFollowed:
    """Following a job that has no pipeline id has begun."""

    id: int
    year: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class JobSeen:
    """The present state of a followed job."""

    id: int
    update: JobUpdate
    at: datetime


@dataclass(frozen=True, slots=True)
class JobLinkChanged:
    """The link to a job's stream changed."""

    id: int
    link: Link


@dataclass(frozen=True, slots=True)
class WishStarted:
    """A write on a year was sent."""

    year: int
    wish: Wish


@dataclass(frozen=True, slots=True)
class WishEnded:
    """The write ended, well or with a problem."""

    year: int
    wish: Wish
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class ConflictFound:
    """A save was held back: a colleague changed the same fields."""

    year: int
    conflict: Conflict


@dataclass(frozen=True, slots=True)
class ConflictSettled:
    """The operator has chosen, or will later."""

    year: int


@dataclass(frozen=True, slots=True)
class UploadChanged:
    """A new upload, or a new state of one (same ``key``)."""

    upload: Upload


@dataclass(frozen=True, slots=True)
class Noticed:
    """Something to tell; its id is given by the reducer. ``once`` suppresses a second telling under the same key."""

    notice: Notice
    once: str = ""


@dataclass(frozen=True, slots=True)
class NoticeDismissed:
    """The operator has read it."""

    id: int


Event = (
    Connected
    | Disconnected
    | Closing
    | SignedIn
    | SignedOut
    | SessionKept
    | UserChanged
    | YearsLoaded
    | YearsFailed
    | YearSelected
    | YearLoading
    | YearLoaded
    | YearMissing
    | YearFailed
    | YearPipelinesFound
    | ModulePipelinesFound
    | SetupJobStarted
    | PipelineFollowed
    | PipelineSeen
    | PipelineLinkChanged
    | PipelineRootSeen
    | JobFollowed
    | JobSeen
    | JobLinkChanged
    | WishStarted
    | WishEnded
    | ConflictFound
    | ConflictSettled
    | UploadChanged
    | Noticed
    | NoticeDismissed
)
