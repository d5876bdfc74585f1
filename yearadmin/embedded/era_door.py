"""``--era 2026-05``: a door before the routes that lets them be asked, and answer, as in May 2026.

Holds no rule of that version: those are in ``era_may``. Reads and alters JSON and events; bytes of files pass through.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

from sqlalchemy import func, or_, select, update
from starlette.datastructures import MutableHeaders, QueryParams
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from yearadmin.contract.enums import JobState, JobType, UserProvider
from yearadmin.embedded import era_may as may
from yearadmin.embedded.context import Context
from yearadmin.embedded.tables import jobs, users

_PREFIX = re.compile(r"(/api)?/v1(?=/)")
_PIPELINE = re.compile(r"/sync/pipelines/([0-9a-fA-F-]{36})(/stream)?")
_JOB_STREAM = re.compile(r"/sync/jobs/(\d+)/stream")
_YEAR = re.compile(r"/year-configuration/-?\d+")
_AGAIN = 0.2  # seconds after which a stream looks again for jobs that had not ended

Change = Callable[[Any], Awaitable[Any]]


class EraDoor:
    """Stands before ``app``, the routes of this version."""

    def __init__(self, app: ASGIApp, context: Context) -> None:
        self._app = app
        self._database = context.database
        self._stopping = context.stopping
        self._demo = context.settings.demo

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        prefix = _PREFIX.match(scope["path"]) if scope["type"] == "http" else None
        if prefix is None:
            await self._app(scope, receive, send)
            return
        path = scope["path"][prefix.end() :]
        refusal = await self._refusal(scope, path)
        if refusal is not None:
            await _answer(send, *refusal)
        elif path in may.SESSION_PATHS:
            moved = {**scope, "method": may.SESSION_PATHS[path][1], "path": f"{prefix.group()}/session"}
            moved["raw_path"] = moved["path"].encode()
            await self._answering(moved, receive, send, "/session")
        elif path == "/auth/login-test":
            await self._sign_in(scope, receive, send)
        elif path == "/sync/dispatch" and scope["method"] == "POST":
            await self._dispatch(scope, receive, send)
        elif scope["method"] == "GET" and path.endswith("/stream"):
            await self._streaming(scope, receive, send, path)
        else:
            await self._answering(scope, receive, send, path)

    async def _refusal(self, scope: Scope, path: str) -> tuple[int, str] | None:
        if may.is_absent(path):
            return 404, "Not Found"
        if path in may.SESSION_PATHS and scope["method"] != may.SESSION_PATHS[path][0]:
            return 405, "Method Not Allowed"
        if path == "/auth/login-test" and not self._demo:
            return 403, "Signing in as a test user is not offered here."
        if may.is_for_back_office(path) or path.startswith("/audit/"):
            user = await self._who(scope)
            if user is not None and not may.is_back_office(user):
                return 403, "Permission denied"
            if user is not None and path.startswith("/audit/") and not may.is_superadmin(user):
                return 403, "Permission denied"
        found = _PIPELINE.fullmatch(path)
        if found and await self._who(scope) is not None and not await self._minted([found.group(1).lower()]):
            return 404, f"Pipeline {found.group(1)} was not found."
        return None

    async def _who(self, scope: Scope) -> Any:
        """The user as this version answers it; None for nobody, whom the route itself refuses."""
        asked = {**scope, "method": "GET", "path": "/v1/session", "raw_path": b"/v1/session", "query_string": b""}
        status, body = await self._ask(asked, _nothing)
        return json.loads(body) if status == 200 else None

    async def _ask(self, scope: Scope, receive: Receive) -> tuple[int, bytes]:
        status, parts = 0, bytearray()

        async def keep(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            else:
                parts.extend(message.get("body", b""))

        await self._app(scope, receive, keep)
        return status, bytes(parts)

    async def _minted(self, ids: list[str]) -> set[str]:
        """Which pipelines had an id by then: those of a year's creation, and others once a first child was chained."""
        query = (
            select(jobs.c.pipeline_id)
            .where(jobs.c.pipeline_id.in_(ids))
            .group_by(jobs.c.pipeline_id)
            .having(or_(func.count() > 1, func.min(jobs.c.job_type) == JobType.UNIT_SYNC.value))
        )
        async with self._database.reading() as connection:
            return set((await connection.execute(query)).scalars())

    async def _sign_in(self, scope: Scope, receive: Receive, send: Send) -> None:
        role = QueryParams(scope["query_string"]).get("role", "")

        async def with_roles(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 302:
                of_role = (users.c.email == f"testuser_{role}@example.org", users.c.provider == int(UserProvider.TEST))
                async with self._database.writing() as connection:
                    await connection.execute(update(users).where(*of_role).values(roles_raw=may.test_roles(role)))
            await send(message)

        await self._app(scope, receive, with_roles)

    async def _dispatch(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = bytearray()
        more = True
        while more:
            message = await receive()
            if message["type"] != "http.request":
                return
            body.extend(message.get("body", b""))
            more = message.get("more_body", False)
        try:
            asked = json.loads(bytes(body))
        except ValueError:
            asked, altered = None, bytes(body)
        else:
            altered = json.dumps(may.dispatch(asked)).encode()
        if may.wants_references(asked) and may.is_back_office(await self._who(scope) or {}):
            await _answer(send, 400, "References can’t be loaded by this server.")
            return
        headers = MutableHeaders(raw=list(scope["headers"]))
        headers["content-length"] = str(len(altered))
        sent = False

        async def again() -> Message:
            nonlocal sent
            if sent:
                return await receive()
            sent = True
            return {"type": "http.request", "body": altered, "more_body": False}

        await self._answering({**scope, "headers": headers.raw}, again, send, "/sync/dispatch")

    async def _answering(self, scope: Scope, receive: Receive, send: Send, path: str) -> None:
        """Let the routes answer, and alter the answer when it is JSON of a success."""
        start: Message = {}
        parts = bytearray()

        async def alter(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
                headers = MutableHeaders(raw=message["headers"])
                if path.startswith("/files/"):
                    del headers["content-disposition"]
                if not _is_json(message):
                    await send(message)
                return
            if not _is_json(start):
                await send(message)
                return
            parts.extend(message.get("body", b""))
            if message.get("more_body"):
                return
            method = scope["method"]
            altered = await self._altered(method, path, json.loads(bytes(parts)))
            if _YEAR.fullmatch(path) or path.startswith("/sync/jobs/"):
                await self._count_children(altered)
            body = json.dumps(altered).encode()
            MutableHeaders(raw=start["headers"])["content-length"] = str(len(body))
            await send(start)
            await send({"type": "http.response.body", "body": body})

        await self._app(scope, receive, alter)

    async def _altered(self, method: str, path: str, body: Any) -> Any:
        if path == "/session":
            return may.user(body) if method == "GET" else body
        if path == "/year-configuration/":
            return [may.year_line(line) for line in body]
        if _YEAR.fullmatch(path):
            return may.year(body, created=method == "POST")
        if path == "/sync/active-pipelines":
            return {}  # only ever filtered by rights that the back office did not have
        if path.startswith("/audit/activity"):
            return may.audit_entries(body)
        if path == "/sync/jobs/by-status":
            ids = {job["pipeline_id"] for job in body if job["pipeline_id"]}
            return may.raw_jobs(body, await self._minted(list(ids)))
        if _PIPELINE.fullmatch(path):
            return may.pipeline(body)
        if isinstance(body, dict) and {"job_id", "pipeline_id"} <= body.keys():
            return may.started(body)
        return may.messages(body) if path.startswith("/sync/") else body

    async def _streaming(self, scope: Scope, receive: Receive, send: Send, path: str) -> None:
        """Events in May's form; a pipeline's stream goes on until every job it has is FINISHED."""
        job = _JOB_STREAM.fullmatch(path)
        opened = closed = gone = False
        last = ""

        async def listen() -> Message:
            nonlocal gone
            message = await receive()
            gone = gone or message["type"] == "http.disconnect"
            return message

        async def alter(message: Message) -> None:
            nonlocal opened, closed, last
            if message["type"] == "http.response.start":
                if not opened:
                    await send(message)
                opened = message["status"] == 200
                return
            if not opened:
                await send(message)
                return
            head, mark, data = message.get("body", b"").decode().partition("data: ")
            if mark and data.strip() != "{}":
                event = json.loads(data)
                event = await self._job_event(event) if job else _pipeline_event(event)
                closed = "stream_closed" in event
                data = f"{json.dumps(event)}\n\n"
            text = head + mark + data
            if text and text != last:
                await send({"type": "http.response.body", "body": text.encode(), "more_body": True})
            last = text or last

        while True:
            await self._app(scope, listen, alter)
            if closed or job or gone or not opened or self._stopping.is_set():
                break
            await asyncio.sleep(_AGAIN)
        if opened:
            await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _job_event(self, event: Any) -> Any:
        event = may.messages(event)
        await self._count_children(event)
        return event

    async def _count_children(self, body: Any) -> None:
        """Write into the meta of each finished upload told in an answer how many jobs it was followed by, if any."""
        uploads = dict(_finished_uploads(body))
        if not uploads:
            return
        children = (jobs.c.parent_id.in_(uploads), jobs.c.job_type == JobType.EMISSION_RECALC.value)
        query = select(jobs.c.parent_id, func.count()).where(*children).group_by(jobs.c.parent_id)
        async with self._database.reading() as connection:
            for job_id, chained in (await connection.execute(query)).all():
                uploads[job_id]["meta"] = {**(uploads[job_id].get("meta") or {}), "recalc_jobs_chained": chained}


def _finished_uploads(body: Any) -> Iterator[tuple[int, dict[str, Any]]]:
    """The jobs an answer tells of that may have been followed by recalculations, by their id."""
    if isinstance(body, dict):
        job_id = body.get("job_id", body.get("id"))
        if (
            isinstance(job_id, int)
            and body.get("state") == int(JobState.FINISHED)
            and body.get("target_type") in (0, 1)
        ):
            yield job_id, body
            return
    for item in body.values() if isinstance(body, dict) else body if isinstance(body, list) else ():
        yield from _finished_uploads(item)


def _pipeline_event(event: Any) -> Any:
    shown = may.pipeline(event)
    if any(job["state"] != int(JobState.FINISHED) for job in shown["jobs"]):
        shown.pop("stream_closed", None)
    return shown


async def _nothing() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}


def _is_json(start: Message) -> bool:
    kind = dict(start["headers"]).get(b"content-type", b"")
    return bool(kind == b"application/json" and 200 <= start["status"] < 300)


async def _answer(send: Send, status: int, words: str) -> None:
    body = json.dumps({"detail": words}).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
