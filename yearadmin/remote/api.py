"""The server's endpoints as typed methods (contract section 5), in both of its generations.

Never decides what may be done and never remembers an answer: it asks, reads the answer into a model, or raises.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping, Sequence
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar
from urllib.parse import quote, urlsplit
from uuid import UUID

from pydantic import TypeAdapter, ValidationError

from yearadmin.contract.audit import YEAR_DOCUMENT, AuditDetail, AuditEntry, AuditPage
from yearadmin.contract.enums import UserProvider
from yearadmin.contract.files import FileNode
from yearadmin.contract.jobs import DispatchRequest, JobRow, JobStarted, PipelineSnapshot, UnitSyncRequest
from yearadmin.contract.problems import Problem, ProblemCode, ProblemError
from yearadmin.contract.session import CurrentUser
from yearadmin.contract.years import YearConfiguration, YearSummary
from yearadmin.remote.era import WHO_AM_I, Era, to_try
from yearadmin.remote.eventstream import EventDecoder, EventTooLargeError, ServerEvent
from yearadmin.remote.failures import Reply, failure_of
from yearadmin.remote.names import safe_file_name
from yearadmin.remote.transport import Transport
from yearadmin.remote.upload import FileBody
from yearadmin.remote.watchdog import Watchdog

if TYPE_CHECKING:
    from yearadmin.remote.secrets import Tokens

T = TypeVar("T")

_USER: TypeAdapter[CurrentUser] = TypeAdapter(CurrentUser)
_YEARS: TypeAdapter[tuple[YearSummary, ...]] = TypeAdapter(tuple[YearSummary, ...])
_YEAR: TypeAdapter[YearConfiguration] = TypeAdapter(YearConfiguration)
_STARTED: TypeAdapter[JobStarted] = TypeAdapter(JobStarted)
_IDS: TypeAdapter[tuple[UUID, ...]] = TypeAdapter(tuple[UUID, ...])
_IDS_BY_MODULE: TypeAdapter[dict[int, UUID]] = TypeAdapter(dict[int, UUID])
_PIPELINE: TypeAdapter[PipelineSnapshot] = TypeAdapter(PipelineSnapshot)
_JOB_ROWS: TypeAdapter[tuple[JobRow, ...]] = TypeAdapter(tuple[JobRow, ...])
_FILES: TypeAdapter[tuple[FileNode, ...]] = TypeAdapter(tuple[FileNode, ...])
_AUDIT: TypeAdapter[AuditPage] = TypeAdapter(AuditPage)
_VERSION: TypeAdapter[AuditDetail] = TypeAdapter(AuditDetail)
_HEALTH: TypeAdapter[dict[str, object]] = TypeAdapter(dict[str, object])

_NO_ANSWER = (ProblemCode.UNREACHABLE, ProblemCode.CERTIFICATE, ProblemCode.TIMED_OUT, ProblemCode.CANCELLED)


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """An answer worth keeping: the model, the JSON text it was read from, and when it came (UTC)."""

    value: T
    raw: str
    fetched_at: datetime


class Api:
    """One signed-in view of one server. Every method raises :class:`ProblemError` and nothing else."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    @property
    def era(self) -> Era:
        """The server's generation; UNKNOWN until the session was asked for (contract section 14)."""
        return self._transport.era

    # --- who

    async def session(self) -> CurrentUser:
        """Who is signed in (sections 1.4, 11.2). Raises NOT_SIGNED_IN."""
        return (await self.session_answer()).value

    async def session_answer(self) -> Answer[CurrentUser]:
        """Like :meth:`session`, with what the cache keeps."""
        eras = to_try(self.era)
        for era in eras:
            try:
                reply = await self._transport.get(WHO_AM_I[era])
            except ProblemError as error:
                if error.problem.code is ProblemCode.NOT_FOUND and era is not eras[-1]:
                    continue  # May has no /session, with or without a cookie
                if error.problem.code is ProblemCode.NOT_SIGNED_IN:
                    self._transport.era = era
                raise
            self._transport.era = era
            return _answer(reply, _USER)
        raise AssertionError("the last generation either answers or raises")

    async def login_test(self, role: str) -> None:
        """Sign in as the test user of ``role`` (section 1.3). Raises FORBIDDEN when the server does not offer it."""
        reply = await self._transport.sign_in("/auth/login-test", {"role": role})
        if reply.sets_session and reply.status < 400:
            return
        failure = failure_of(reply)
        if reply.status in (403, 404) and failure and failure.problem.code is not ProblemCode.NOT_THE_SERVER:
            raise reply.problem(ProblemCode.FORBIDDEN, failure.problem.server_words)
        raise failure or reply.problem(ProblemCode.NOT_THE_SERVER, reply.text)

    async def login_local(self, token: str) -> None:
        """Sign in with a one-time token of the embedded backend. Raises NOT_SIGNED_IN when it opens nothing."""
        reply = await self._transport.sign_in("/auth/local", body={"token": token})
        if reply.status == 200 and reply.sets_session:
            return
        if reply.status == 404:  # it takes no tokens
            raise reply.problem(ProblemCode.NOT_SIGNED_IN)
        raise failure_of(reply) or reply.problem(ProblemCode.NOT_THE_SERVER, reply.text)

    async def sign_out(self) -> None:
        """End the session on the server and forget its cookies here, these even when the server can't be reached."""
        try:
            if self.era is not Era.MAY:
                try:
                    await self._transport.send("DELETE", "/session")
                    return
                except ProblemError as error:
                    if self.era is Era.JULY or error.problem.status not in (404, 405):
                        raise
            await self._transport.send("POST", "/auth/logout")
        finally:
            self._transport.forget_session()

    def tokens(self) -> Tokens | None:
        """The cookies of the session held now; None without any."""
        return self._transport.tokens()

    def take(self, tokens: Tokens) -> None:
        """Use this session from now on, in place of any held; the server is not asked."""
        self._transport.take(tokens)

    # --- years

    async def list_years(self) -> Answer[tuple[YearSummary, ...]]:
        """Every year this user may see, newest first (5.1.1)."""
        return _answer(await self._transport.get("/year-configuration/"), _YEARS)

    async def get_year(self, year: int) -> Answer[YearConfiguration]:
        """One year (5.1.2). Raises NOT_FOUND when it is not configured, which is no error to the operator."""
        return _answer(await self._transport.get(f"/year-configuration/{year}"), _YEAR)

    async def create_year(self, year: int) -> Answer[YearConfiguration]:
        """Create a closed year and start its unit sync (5.1.3). Raises CONFLICT when it exists."""
        reply = await self._transport.send("POST", f"/year-configuration/{year}", body={"is_started": False})
        return _answer(reply, _YEAR)

    async def patch_year(self, year: int, body: Mapping[str, object]) -> Answer[YearConfiguration]:
        """Change what ``body`` names, and nothing else (5.1.4)."""
        return _answer(await self._transport.send("PATCH", f"/year-configuration/{year}", body=dict(body)), _YEAR)

    # --- who changed what

    async def audit_of_year(self, year: int, provider: UserProvider | None) -> tuple[AuditEntry, ...]:
        """The newest versions of a year's row (5.6), newest first; only some people may read them (FORBIDDEN).

        In July a year belongs to the ``provider`` of who asks; without one there is nothing to ask for.
        """
        if self.era is not Era.MAY and provider is None:
            return ()
        number = year if self.era is Era.MAY or provider is None else year * 10 + int(provider)
        wanted = {"entity_type": YEAR_DOCUMENT, "entity_id": str(number), "page_size": "10"}
        return _read(await self._transport.get("/audit/activity", params=wanted), _AUDIT).data

    async def audit_entry(self, entry_id: int) -> AuditDetail:
        """One version with what differed (5.6)."""
        return _read(await self._transport.get(f"/audit/activity/{entry_id}"), _VERSION)

    # --- jobs and pipelines

    async def sync_units(self, year: int) -> JobStarted:
        """Run the unit sync again (5.2.5); the answer has no pipeline: follow the job."""
        body = UnitSyncRequest(target_year=year).model_dump(mode="json")
        return _read(await self._transport.send("POST", "/sync/units", body=body), _STARTED)

    async def dispatch(self, request: DispatchRequest) -> JobStarted:
        """Start an ingestion (5.2.1). Raises CONFLICT before the year is provisioned, BUSY when the file is gone."""
        body = request.model_dump(mode="json", exclude={"config"})
        if request.config is not None:
            body["config"] = request.config.model_dump(mode="json", exclude_none=True)
        return _read(await self._transport.send("POST", "/sync/dispatch", body=body), _STARTED)

    async def active_year_pipelines(self, year: int) -> tuple[str, ...]:
        """Ids of the year-level pipelines that are not finished, newest first (5.2.7)."""
        reply = await self._transport.get(f"/sync/active-pipelines/year/{year}")
        return tuple(str(item) for item in _read(reply, _IDS))

    async def active_module_pipelines(self, year: int, modules: Sequence[int]) -> dict[int, str]:
        """The newest unfinished pipeline of each module that has one (5.2.6), in one request."""
        if not modules:
            return {}
        wanted = {"year": str(year), "modules": ",".join(str(module) for module in modules)}
        reply = await self._transport.get("/sync/active-pipelines", params=wanted)
        return {module: str(item) for module, item in _read(reply, _IDS_BY_MODULE).items()}

    async def pipeline(self, pipeline_id: str) -> PipelineSnapshot:
        """One look at a pipeline (5.2.10)."""
        return _read(await self._transport.get(f"/sync/pipelines/{quote(pipeline_id, safe='')}"), _PIPELINE)

    async def pipeline_of_job(self, job_id: int) -> str | None:
        """The pipeline of a dispatched job, once it has one: in May 2026 only the console's list tells (section 14)."""
        for active in (True, False):
            for row in await self.job_rows(active=active):
                if row.id == job_id and row.pipeline_id is not None:
                    return str(row.pipeline_id)
        return None

    async def job_rows(self, *, active: bool) -> tuple[JobRow, ...]:
        """The console's list of all jobs, those at work or those that have ended (5.2.15). Raises FORBIDDEN."""
        wanted = {"filter_type": "active" if active else "completed"}
        return _read(await self._transport.get("/sync/jobs/by-status", params=wanted), _JOB_ROWS)

    async def abort_pipeline(self, pipeline_id: str) -> None:
        """Stop a pipeline (5.2.12); in May 2026 its active jobs one by one. Raises CONFLICT when it has ended."""
        if self.era is not Era.MAY:
            await self._transport.send("POST", f"/sync/pipelines/{quote(pipeline_id, safe='')}/abort")
            return
        for job in (await self.pipeline(pipeline_id)).jobs:
            if job.is_active:
                await self._transport.send("POST", f"/sync/jobs/{job.job_id}/cancel")

    # --- files

    async def temp_upload(
        self,
        path: Path,
        name: str,
        on_progress: Callable[[int, int], None],
        *,
        skip: int = 0,
        on_left: Callable[[int, str], None] | None = None,
    ) -> FileNode:
        """Send a file to the server's temporary place (5.3) under ``name``, made acceptable to the server.

        ``on_progress`` hears (bytes sent, bytes in all) and starts again at 0 when the session had to be renewed.
        The first ``skip`` bytes are not sent; ``on_left`` hears size and SHA-256 of the others once they have left.
        Cancel the task to stop. Raises TOO_LARGE, NOT_CSV, FILE_MISSING.
        """
        body = FileBody(path, safe_file_name(name), on_progress, skip=skip, on_left=on_left)
        await body.measure()
        try:
            reply = await self._transport.upload("/files/temp-upload", body.pieces, body.length, body.content_type)
        except ProblemError as error:
            problem = replace(error.problem, subject=name)
            if problem.status == 400 and problem.code is ProblemCode.REFUSED:
                problem = replace(problem, code=ProblemCode.TOO_LARGE)  # the only 400 of this endpoint
            raise ProblemError(problem) from error
        nodes = _read(reply, _FILES)
        if not nodes:
            raise reply.problem(ProblemCode.UNREADABLE, reply.text)
        return nodes[0]

    # --- the server itself

    async def healthy(self) -> bool:
        """Whether the server answers at all (1.1); asks briefly, never raises."""
        return await self.trouble() is None

    async def trouble(self) -> Problem | None:
        """What keeps the server from answering at all (1.1), or None; asks briefly, never raises.

        ``/healthz`` lies beside the version prefix, which a proxy may move or not expose: then its session will do.
        """
        base = self._transport.base_url
        parts = urlsplit(base)
        beside = base.rpartition("/")[0] if parts.path.count("/") else base
        for url in dict.fromkeys((f"{beside}/healthz", f"{parts.scheme}://{parts.netloc}/healthz")):
            try:
                reply = await self._transport.ask("GET", url)
                if reply.status == 200 and _read(reply, _HEALTH).get("status") == "ok":
                    return None
            except ProblemError as error:
                if error.problem.code in _NO_ANSWER:
                    return error.problem
        for era in to_try(self.era):
            try:
                reply = await self._transport.ask("GET", base + WHO_AM_I[era])
            except ProblemError as error:
                return error.problem
            if reply.status in (200, 401) and reply.is_json:
                return None
            if reply.status != 404:
                return (failure_of(reply) or reply.problem(ProblemCode.NOT_THE_SERVER, reply.text)).problem
        return Problem(ProblemCode.NOT_THE_SERVER)

    async def stream(self, path: str, *, silence: float | None = None) -> AsyncGenerator[ServerEvent, None]:
        """The events of one stream, until it ends; see :meth:`open_stream`."""
        async with self.open_stream(path, silence=silence) as events:
            async for event in events:
                yield event

    @asynccontextmanager
    async def open_stream(
        self, path: str, *, silence: float | None = None
    ) -> AsyncIterator[AsyncGenerator[ServerEvent, None]]:
        """Open a stream (section 6): entered once the server has said it is one; then yields its events.

        Raises TIMED_OUT after ``silence`` seconds without a byte, STREAM_LOST when the connection breaks, UNREADABLE
        for an event beyond all measure.
        """
        async with self._transport.stream(path) as pieces, aclosing(_events(pieces, path, silence)) as events:
            yield events

    async def aclose(self) -> None:
        """Close every connection."""
        await self._transport.aclose()


async def _events(pieces: AsyncIterator[bytes], path: str, silence: float | None) -> AsyncGenerator[ServerEvent, None]:
    decoder, watchdog = EventDecoder(), Watchdog(silence)
    label = f"GET {path}"
    try:
        while True:
            try:
                piece = await watchdog.next_of(pieces)
            except StopAsyncIteration:
                return
            except TimeoutError as error:
                raise ProblemError(Problem(ProblemCode.TIMED_OUT, request=label)) from error
            try:
                events = decoder.feed(piece)
            except EventTooLargeError as error:
                raise ProblemError(Problem(ProblemCode.UNREADABLE, request=label, server_words=str(error))) from error
            for event in events:
                yield event
    finally:
        watchdog.stop()


def _read(reply: Reply, kind: TypeAdapter[T]) -> T:
    """The answer's body as a model. Raises UNREADABLE, keeping the body."""
    try:
        return kind.validate_json(reply.text)
    except ValidationError as error:
        errors = tuple(f"{'.'.join(map(str, item['loc']))}: {item['msg']}" for item in error.errors()[:20])
        raise reply.problem(ProblemCode.UNREADABLE, reply.text, errors) from error


def _answer(reply: Reply, kind: TypeAdapter[T]) -> Answer[T]:
    return Answer(_read(reply, kind), reply.text, reply.received_at)
