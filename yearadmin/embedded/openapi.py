"""The description of the API (``/openapi.json``): what each endpoint is for, and every answer it may give.

Built on what the framework knows of parameters and bodies; decides nothing about a request.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI, Request
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse, Response

from yearadmin.contract.enums import PipelineStatus
from yearadmin.embedded.auth import ACCESS_COOKIE, REFRESH_COOKIE
from yearadmin.embedded.openapi_shapes import ANYTHING, SHAPES, TEXT, UUID, Shape, many, ref

_ABOUT = """Configures reporting years of a CO₂ calculator and fills them from CSV files.

Sign in first: everything but the health of the service needs the cookie `auth_token`. Paths with a slash at their end
are different from those without. Work that takes longer is a job in a pipeline; follow it as an event stream."""
_WHY = {
    400: "The request asks for something that can't be.",
    401: "Not signed in, or the session is over.",
    403: "The caller's roles do not allow it.",
    404: "There is no such thing.",
    409: "It is not in a state in which this can be done.",
    413: "The body is larger than 1 MiB.",
    415: "That is no CSV file.",
    422: "The request is not of the right form.",
    429: "Too many attempts; `Retry-After` says how many seconds to wait.",
    503: "Something this needs can't be reached at the moment.",
}
_PARAMETERS = {
    "year": "a reporting year",
    "pipeline_id": "the pipeline, as the answer that started the work named it",
    "job_id": "the job, as the answer that started the work named it",
    "module_type_id": "the module: 1 headcount … 8 process emissions",
    "data_entry_type_id": "the submodule (section 4)",
    "data_entry_type": "the submodule (section 4)",
    "kind": "the class of the factor",
    "entry_id": "the entry, as the list names it",
    "modules": "ids of modules, separated by commas",
    "path": "a path below the files' root",
    "limit": "how many at most",
    "offset": "how many to leave out at the beginning",
    "only_stale": "only what is older than its factors",
    "older_than_minutes": "how old sums may be, in minutes",
    "page_size": "entries per page",
    "d": "as a download, with its name",
    "role": "the name of the role; any other name signs in without rights",
    "date_from": "the earliest moment, UTC when it has no offset",
    "date_to": "the latest moment, UTC when it has no offset",
}


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of one operation: its answer's shape, its media type, its status, and how it may be refused."""

    summary: str
    shape: Shape | None = None
    refusals: tuple[int, ...] = (401, 403)
    status: int = 200
    media: str = "application/json"


_YEARS = many(ref("YearSummary"))
_STREAM = "text/event-stream"
TOLD: dict[tuple[str, str], Told] = {
    ("GET", "/"): Told("What answers here", ref("Banner"), ()),
    ("GET", "/healthz"): Told("Does it answer?", ref("Health"), ()),
    ("GET", "/ready"): Told("Can it do its work?", ref("Readiness"), ()),
    ("GET", "/session"): Told("Who am I?", ref("User"), (401,)),
    ("POST", "/session"): Told("Renew the session", ref("Message"), (401,)),
    ("DELETE", "/session"): Told("Sign out", ref("Message"), ()),
    ("GET", "/auth/login-test"): Told("Sign in as a test user", None, (), 302),
    ("GET", "/auth/login"): Told("Begin the institution's sign-on", None, (503,), 302),
    ("GET", "/auth/callback"): Told("End the institution's sign-on", None, (400, 401, 503), 302),
    ("POST", "/auth/local"): Told("Sign in with the one-time token", ref("Message"), (400, 401, 413, 429)),
    ("GET", "/year-configuration/"): Told("List the years", _YEARS, (401,)),
    ("GET", "/year-configuration/{year}"): Told("Read a year", ref("Year"), (401, 404)),
    ("POST", "/year-configuration/{year}"): Told("Create a year", ref("Year"), (400, 401, 403, 409, 413), 201),
    ("PATCH", "/year-configuration/{year}"): Told("Change a year", ref("Year"), (400, 401, 403, 404, 413)),
    ("POST", "/year-configuration/{year}/upload"): Told(
        "Store a reduction objective file", ref("ReductionFile"), (400, 401, 403, 404, 415, 422)
    ),
    ("GET", "/factors/{data_entry_type}/class-subclass-map"): Told(
        "List classes and subclasses of factors", {"type": "object", "additionalProperties": many(TEXT)}, (401, 404)
    ),
    ("GET", "/factors/{data_entry_type}/classes/{kind}/values"): Told(
        "Read the values of a class's factor", ANYTHING, (401, 404)
    ),
    ("GET", "/sync/pipelines"): Told("List pipelines", ref("PipelinePage")),
    ("GET", "/sync/pipelines/{pipeline_id}"): Told("Look at a pipeline", ref("Pipeline"), (401, 403, 404)),
    ("GET", "/sync/pipelines/{pipeline_id}/stream"): Told(
        "Follow a pipeline", ref("Event"), (401, 403, 404), 200, _STREAM
    ),
    ("POST", "/sync/pipelines/{pipeline_id}/abort"): Told("Stop a pipeline", ref("Aborted"), (401, 403, 404, 409)),
    ("GET", "/sync/jobs/{job_id}/stream"): Told("Follow a job", ref("Event"), (401, 403), 200, _STREAM),
    ("GET", "/sync/jobs/year/{year}"): Told("List the jobs of a year", many(ref("SyncJob"))),
    ("GET", "/sync/jobs/year/{year}/latest"): Told("List the current jobs of a year", many(ref("SyncJob"))),
    ("GET", "/sync/jobs/by-status"): Told("List jobs by what they do", many(ref("StoredJob"))),
    ("POST", "/sync/jobs/{job_id}/recover"): Told("Take a job from a lost worker", ref("SyncJob"), (401, 403, 409)),
    ("GET", "/sync/workers"): Told("List the workers", many(ref("Worker"))),
    ("GET", "/sync/health/stale-stats"): Told("List sums that can't be relied on", many(ref("StaleSum"))),
    ("GET", "/sync/active-pipelines"): Told(
        "Find each module's unfinished pipeline", {"type": "object", "additionalProperties": UUID}, (400, 401, 403)
    ),
    ("GET", "/sync/active-pipelines/year/{year}"): Told("List a year's unfinished pipelines", many(UUID)),
    ("GET", "/sync/recalculation-status"): Told("Find what needs a recalculation", many(ref("Recalculation"))),
    ("POST", "/sync/units"): Told("Import the units of a year again", ref("JobStarted"), (400, 401, 403, 413)),
    ("POST", "/sync/dispatch"): Told("Start an ingestion", ref("JobStarted"), (400, 401, 403, 404, 409, 413, 503)),
    ("POST", "/sync/factors/{module_type_id}/{data_entry_type_id}"): Told(
        "Compute factors", ref("JobStarted"), (400, 401, 403, 413)
    ),
    ("POST", "/sync/recalculate-emissions/{module_type_id}/{data_entry_type_id}"): Told(
        "Recalculate a submodule", ref("JobStarted"), (400, 401, 403)
    ),
    ("POST", "/sync/recalculate-emissions/{module_type_id}"): Told(
        "Recalculate a module", ref("JobStarted"), (400, 401, 403)
    ),
    ("POST", "/files/temp-upload"): Told("Send CSV files", many(ref("FileNode")), (400, 401, 403, 415, 422)),
    ("GET", "/files/"): Told("List a folder", many(ref("FileNode")), (400, 401, 403)),
    ("GET", "/files/{path}"): Told(
        "Read a file", {"type": "string", "format": "binary"}, (400, 401, 403, 404), 200, "*/*"
    ),
    ("DELETE", "/files/{path}"): Told("Remove an upload", None, (400, 401, 403), 204),
    ("GET", "/factors/stale"): Told("List factors no longer uploaded", many(ref("StaleFactor"))),
    ("GET", "/backoffice/years"): Told("List the years with reports", ref("ReportedYears")),
    ("GET", "/audit/activity"): Told("Read the audit trail", ref("AuditPage")),
    ("GET", "/audit/activity/{entry_id}"): Told("Read one audit entry", ref("AuditDetail"), (401, 403, 404)),
    ("GET", "/audit/stats"): Told("Count the audit trail", ref("AuditStats")),
    ("GET", "/audit/export"): Told("Export the audit trail", TEXT, (401, 403), 200, "text/csv"),
}
_FILE = {"type": "string", "contentMediaType": "text/csv", "format": "binary"}
_FORMS: dict[tuple[str, str], dict[str, Shape]] = {  # what the framework does not see: these routes read it themselves
    ("POST", "/files/temp-upload"): {
        "files": {
            "type": "array",
            "items": _FILE,
            "minItems": 1,
            "description": "CSV files of at most 100 MiB each; all of them are kept, or none",
        }
    },
    ("POST", "/year-configuration/{year}/upload"): {
        "file": {**_FILE, "description": "a CSV file of at most 10 MiB"},
        "category": {"type": "string", "enum": ["footprint", "population", "scenarios"]},
    },
}


def describe(app: FastAPI) -> None:
    """Let the application describe itself by what is told here."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _described(get_openapi(title=app.title, version=app.version, routes=app.routes))
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


def _described(found: dict[str, Any]) -> dict[str, Any]:
    found["info"]["description"] = _ABOUT
    parts = found.setdefault("components", {})
    parts.setdefault("schemas", {}).update(SHAPES)
    parts["securitySchemes"] = {
        "session": {"type": "apiKey", "in": "cookie", "name": ACCESS_COOKIE, "description": "good for 8 hours"},
        "renewal": {"type": "apiKey", "in": "cookie", "name": REFRESH_COOKIE, "description": "good for 24 hours"},
    }
    for path, operations in found["paths"].items():
        for method, operation in operations.items():
            key = (method.upper(), path.removeprefix("/v1") if path.startswith("/v1/") else path)
            _tell(operation, key)
    for unused in ("HTTPValidationError", "ValidationError"):
        parts["schemas"].pop(unused, None)
    return found


def _tell(operation: dict[str, Any], key: tuple[str, str]) -> None:
    told = TOLD.get(key)
    answers = operation["responses"]
    if "422" in answers:
        answers["422"] = _refusal(422)
    for parameter in operation.get("parameters", ()):
        if parameter["name"] in _PARAMETERS:
            parameter.setdefault("description", _PARAMETERS[parameter["name"]])
        if (key[1], parameter["name"]) == ("/sync/pipelines", "state"):
            parameter["schema"] = {"type": "string", "enum": [item.value for item in PipelineStatus]}
    if told is None:
        return
    operation["summary"] = told.summary
    good: dict[str, Any] = {"description": f"{told.summary}: done."}
    if told.shape is not None:
        good["content"] = {told.media: {"schema": told.shape}}
    if key == ("GET", "/audit/export"):
        good["content"]["application/json"] = {"schema": many(ref("AuditEntry"))}
    kept = {status: answer for status, answer in answers.items() if status == "422"}
    operation["responses"] = {str(told.status): good, **kept}
    for status in told.refusals:
        operation["responses"][str(status)] = _refusal(status)
    if key == ("GET", "/ready"):
        operation["responses"]["503"] = {**good, "description": "It can't do its work."}
    if key in _FORMS:
        form = {"type": "object", "required": list(_FORMS[key]), "properties": _FORMS[key]}
        operation["requestBody"] = {"required": True, "content": {"multipart/form-data": {"schema": form}}}
    if key == ("POST", "/session"):
        operation["security"] = [{"renewal": []}]
    elif 401 in told.refusals and not key[1].startswith("/auth/"):
        operation["security"] = [{"session": []}]


async def answer_not_allowed(request: Request, error: Exception) -> Response:
    """Write a 405 that names every method of the path; the framework names those of the first route alone."""
    path = request.url.path.removeprefix("/api")
    paths = request.app.openapi()["paths"]
    allowed = {method.upper() for method in paths.get(path, ())}
    for template, operations in () if allowed else paths.items():
        if re.fullmatch(re.sub(r"\\\{\w+\\\}", _any_part, re.escape(template)), path):
            allowed |= {method.upper() for method in operations}
    headers = {"Allow": ", ".join(sorted(allowed))} if allowed else {}
    return JSONResponse({"detail": "Method Not Allowed"}, 405, headers)


def _any_part(name: re.Match[str]) -> str:
    return ".+" if name[0] in (r"\{path\}", r"\{kind\}") else "[^/]+"


def _refusal(status: int) -> dict[str, Any]:
    shape = ref("Invalid" if status == 422 else "Refusal")
    return {"description": _WHY[status], "content": {"application/json": {"schema": shape}}}
