"""The one frozen state of the program: what is known, since when, and from where.

Holds facts only. What may be done, what is missing and what a slot shows are computed from it, never stored.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from yearadmin.catalogue.modules import Slot
from yearadmin.contract.problems import Problem

if TYPE_CHECKING:
    from yearadmin.contract.jobs import JobUpdate, PipelineSnapshot
    from yearadmin.contract.links import Link
    from yearadmin.contract.session import CurrentUser
    from yearadmin.contract.years import YearConfiguration, YearSummary
    from yearadmin.remote.secrets import Keeping
    from yearadmin.state.conflicts import Conflict, FieldChange


class Origin(StrEnum):
    """Where a fact comes from; a cached one is never presented as live."""

    NOWHERE = "nowhere"
    CACHE = "cache"
    SERVER = "server"


class ConnectionPhase(StrEnum):
    """How the program stands with its server."""

    STARTING = "starting"
    LIVE = "live"
    OFFLINE = "offline"
    SIGNED_OUT = "signed_out"
    CLOSING = "closing"


@dataclass(frozen=True, slots=True)
class Connection:
    """The link to the server; ``since`` is when this phase began, ``next_try`` when the next attempt is due (UTC)."""

    server: str = ""
    phase: ConnectionPhase = ConnectionPhase.STARTING
    since: datetime | None = None
    next_try: datetime | None = None
    problem: Problem | None = None
    demo: bool = False


@dataclass(frozen=True, slots=True)
class Years:
    """The list of years as last received."""

    items: tuple[YearSummary, ...] = ()
    fetched_at: datetime | None = None
    origin: Origin = Origin.NOWHERE
    problem: Problem | None = None


class LoadPhase(StrEnum):
    """Whether a year's configuration is known. MISSING is the server's 404: an empty state, not an error."""

    UNKNOWN = "unknown"
    LOADING = "loading"
    PRESENT = "present"
    MISSING = "missing"
    FAILED = "failed"


class Wish(StrEnum):
    """A write an operator can ask for on a year."""

    CREATE = "create"
    RETRY_SETUP = "retry_setup"
    OPEN = "open"
    CLOSE = "close"
    SAVE_GOALS = "save_goals"


@dataclass(frozen=True, slots=True)
class YearScope:
    """All that is known of one year. ``loading`` is true while a request for it is under way.

    ``year_pipelines`` is None until the server has said which year-level pipelines are active.
    """

    year: int
    phase: LoadPhase = LoadPhase.UNKNOWN
    loading: bool = False
    config: YearConfiguration | None = None
    fetched_at: datetime | None = None
    origin: Origin = Origin.NOWHERE
    problem: Problem | None = None
    year_pipelines: tuple[str, ...] | None = None
    module_pipelines: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))
    setup_job: int | None = None  # from POST /sync/units, which has no pipeline id
    busy: frozenset[Wish] = frozenset()
    failed_wish: tuple[Wish, Problem] | None = None
    conflict: Conflict | None = None  # a save held back until the operator has chosen


@dataclass(frozen=True, slots=True)
class FollowedPipeline:
    """A pipeline being followed, or followed to its end. ``root_update`` holds the root job's own details."""

    id: str
    year: int | None
    snapshot: PipelineSnapshot | None = None
    link: Link | None = None
    root_update: JobUpdate | None = None
    known_since: datetime | None = None
    seen_at: datetime | None = None
    witnessed: bool = False  # seen running by this run of the program: its end is news
    ended_at: datetime | None = None  # when its end was seen first


@dataclass(frozen=True, slots=True)
class FollowedJob:
    """A job without a pipeline id, followed through its own stream."""

    id: int
    year: int | None
    update: JobUpdate | None = None
    link: Link | None = None
    known_since: datetime | None = None
    seen_at: datetime | None = None
    ended_at: datetime | None = None  # when its end was seen first


class UploadStage(StrEnum):
    """Where an upload of this program stands; the work on the server is read from its pipeline or job."""

    WAITING = "waiting"
    SENDING = "sending"
    STARTING = "starting"
    FOLLOWING = "following"
    REFUSED = "refused"  # it never became a job: the problem says why
    UNCERTAIN = "uncertain"  # the answer to the dispatch was lost and the server could not be asked yet
    CANCELLED = "cancelled"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Upload:
    """One file on its way to a slot; ``size`` and ``sent`` are in bytes."""

    key: str
    year: int
    slot: Slot
    file_name: str
    size: int
    started_at: datetime
    stage: UploadStage = UploadStage.WAITING
    sent: int = 0
    job_id: int | None = None
    pipeline_id: str | None = None
    problem: Problem | None = None
    ended_at: datetime | None = None

    @property
    def is_active(self) -> bool:
        """Still being sent, started or worked on."""
        return self.stage in (
            UploadStage.WAITING,
            UploadStage.SENDING,
            UploadStage.STARTING,
            UploadStage.FOLLOWING,
            UploadStage.UNCERTAIN,
        )


class NoticeKind(StrEnum):
    """How a notice is marked."""

    SUCCESS = "success"
    INFO = "info"
    WARNING = "warning"
    FAILURE = "failure"


class NoticeCode(StrEnum):
    """What a notice tells."""

    YEAR_CREATED = "year_created"
    YEAR_EXISTS = "year_exists"  # a colleague was quicker
    YEAR_CREATED_ANSWER_LOST = "year_created_answer_lost"
    YEAR_READY = "year_ready"
    SETUP_FAILED = "setup_failed"
    SETUP_RESTARTED = "setup_restarted"
    YEAR_OPENED = "year_opened"
    YEAR_CLOSED = "year_closed"
    GOALS_SAVED = "goals_saved"
    OPENED_BY_OTHER = "opened_by_other"  # what was wished had been done by a colleague meanwhile
    CLOSED_BY_OTHER = "closed_by_other"
    GOALS_SAVED_BY_OTHER = "goals_saved_by_other"
    ALSO_CHANGED = "also_changed"  # the answer of a save showed a colleague's changes elsewhere
    OTHER_REPLACED = "other_replaced"  # a colleague's change came in between and was overwritten by a save
    NO_LONGER_POSSIBLE = "no_longer_possible"  # the year read again no longer permits what was wished
    UPLOAD_DONE = "upload_done"
    UPLOAD_WARNING = "upload_warning"
    UPLOAD_PARTIAL = "upload_partial"
    UPLOAD_FAILED = "upload_failed"
    UPLOAD_REFUSED = "upload_refused"
    UPLOAD_UNKNOWN = "upload_unknown"
    PIPELINE_INTERRUPTED = "pipeline_interrupted"
    WISH_FAILED = "wish_failed"
    CACHE_SET_ASIDE = "cache_set_aside"
    CACHE_IN_MEMORY = "cache_in_memory"
    INTERNAL_ERROR = "internal_error"


@dataclass(frozen=True, slots=True)
class Notice:
    """Something told once. ``words`` are the server's own, or a file name, as the code requires."""

    id: int
    code: NoticeCode
    kind: NoticeKind
    at: datetime
    year: int | None = None
    slot: Slot | None = None
    subject: str = ""
    words: str = ""
    rows: int | None = None
    skipped: int | None = None
    problem: Problem | None = None
    wish: Wish | None = None
    changes: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class AppState:
    """Everything the program knows at one moment."""

    this_year: int
    connection: Connection = Connection()
    user: CurrentUser | None = None
    user_origin: Origin = Origin.NOWHERE
    keeping: Keeping | None = None  # where the session is kept for the next start; None when there is none to keep
    years: Years = Years()
    selected: int | None = None
    scopes: Mapping[int, YearScope] = field(default_factory=lambda: MappingProxyType({}))
    pipelines: Mapping[str, FollowedPipeline] = field(default_factory=lambda: MappingProxyType({}))
    jobs: Mapping[int, FollowedJob] = field(default_factory=lambda: MappingProxyType({}))
    uploads: tuple[Upload, ...] = ()
    notices: tuple[Notice, ...] = ()
    notice_count: int = 0
    told: tuple[str, ...] = ()  # what is told once only, the newest last

    def scope(self, year: int) -> YearScope:
        """What is known of a year; an empty scope when nothing is."""
        return self.scopes.get(year) or YearScope(year)

    def with_scope(self, scope: YearScope) -> AppState:
        """The state with that scope in place of the former one."""
        return replace(self, scopes=MappingProxyType({**self.scopes, scope.year: scope}))

    @property
    def is_live(self) -> bool:
        """Connected and signed in: what is shown is the server's present word."""
        return self.connection.phase is ConnectionPhase.LIVE
