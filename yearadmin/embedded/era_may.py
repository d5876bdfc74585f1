"""What the version of May 2026 answered otherwise (contract sections 11 and 14), as rules over this version's answers.

Pure: one function or table per difference. Not imitated: its faults (500s, tokens that never expire, files it could not
read), its wider rights for plain users, and the columns of its files; files of July are taken.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from yearadmin.contract.enums import JobResult, JobState
from yearadmin.embedded import permissions as july

Json = dict[str, Any]

SUPERADMIN = "calco2.superadmin"

# Where the session lived, and which verb it took: what this version calls it.
SESSION_PATHS = {
    "/auth/me": ("GET", "GET"),
    "/auth/refresh": ("POST", "POST"),
    "/auth/logout": ("POST", "DELETE"),
}
# Routes that came later.
_LATER = re.compile(r"/session|/sync/pipelines/?|/sync/workers|/sync/pipelines/[^/]+/abort")
# Followed by the back office alone; whoever was signed in could follow a single job.
_BACK_OFFICE = re.compile(r"/sync/(?!jobs/\d+/stream$|dispatch$).*")

_HIDDEN = "hidden"  # marks the role of this version that lets a role of May through the gates
_SCOPE = {"institutional_id": None, "affiliation": "testaffiliation"}
_MANAGER = {
    "backoffice.reporting": ["view", "export"],
    "backoffice.users": ["view", "edit", "export"],
    "backoffice.data_management": ["view", "edit", "export", "sync"],
    "backoffice.documentation": ["view", "edit"],
}
_SHOWN: dict[str, dict[str, list[str]]] = {
    SUPERADMIN: {**_MANAGER, "backoffice.ui_texts": ["view", "edit"], "system.users": ["edit"]},
    july.METIER: _MANAGER,
}
_COUNTED = re.compile(r"(WARNING|ERROR): \d+ inserted, \d+ skipped")
_OF_YEARS = ("configuration_completed", "incomplete", "incomplete_reasons")
_LATEST = re.compile(r"latest_\w+_job")


def is_absent(path: str) -> bool:
    """Whether the path had no route in May."""
    return _LATER.fullmatch(path) is not None


def is_for_back_office(path: str) -> bool:
    """Whether only roles with ``backoffice.data_management`` were let in."""
    return _BACK_OFFICE.fullmatch(path) is not None


def test_roles(role: str) -> list[Json]:
    """What is stored with the test user of a role: the role as May shows it, and what it may do here."""
    scopes: dict[str, Json] = {
        SUPERADMIN: {"scope": "global"},
        july.METIER: _SCOPE,
        july.PRINCIPAL: {**_SCOPE, "institutional_id": july.TEST_UNIT},
        july.STANDARD: {**_SCOPE, "institutional_id": july.TEST_UNIT},
    }
    if role not in scopes:
        return []
    own = july.ADMIN if role in _SHOWN else role
    granted = [{**item, _HIDDEN: True} for item in july.test_roles(own)]
    return [{"role": role, "on": scopes[role]}, *granted]


def is_back_office(user: Json) -> bool:
    """Whether a user as ``GET /session`` answers it may manage data."""
    return july.holds(user.get("permissions", {}), july.CONFIGURATION, "view")


def is_superadmin(user: Json) -> bool:
    """Whether a user as ``GET /session`` answers it reads the audit trail."""
    return any(role.get("role") == SUPERADMIN for role in user.get("roles_raw", []))


def user(body: Json) -> Json:
    """The signed-in user with the roles and keys of May."""
    roles = [role for role in body.get("roles_raw", []) if _HIDDEN not in role]
    shown = next((_SHOWN[role["role"]] for role in roles if role.get("role") in _SHOWN), None)
    if shown is None:
        shown = {key: held for key, held in body["permissions"].items() if key.startswith("modules.")}
        if any(role.get("role") == july.PRINCIPAL for role in roles):
            shown["backoffice.users"] = ["edit"]
    body = {**body, "permissions": shown}
    body.pop("roles_raw", None)
    return {**({"roles_raw": roles} if roles else {}), **body}


def year_line(body: Json) -> Json:
    """A line of the list of years."""
    return {key: value for key, value in body.items() if key != "configuration_completed"}


def year(body: Json, *, created: bool) -> Json:
    """A year; the answer to its creation had nothing injected."""
    whole: Json = _without(body, re.compile("|".join(_OF_YEARS)))
    if created:
        whole["config"] = _without(whole["config"], _LATEST)
    told: Json = messages(whole)
    return told


def _without(value: Any, keys: re.Pattern[str]) -> Any:
    if isinstance(value, dict):
        return {key: _without(item, keys) for key, item in value.items() if not keys.fullmatch(key)}
    if isinstance(value, list):
        return [_without(item, keys) for item in value]
    return value


def started(body: Json) -> Json:
    """The answer of everything that starts a job: without its pipeline."""
    return {key: value for key, value in body.items() if key != "pipeline_id"}


def pipeline(body: Json) -> Json:
    """A pipeline: numbers for states, no progress, and in events no data entry type."""
    jobs = [_job(job) for job in body["jobs"]]
    return {**{key: value for key, value in body.items() if key != "progress"}, "jobs": jobs}


def _job(job: Json) -> Json:
    shown: Json = messages(job)
    if "id" in shown:  # as events have it
        shown.pop("data_entry_type_id", None)
    for key, kind in (("state", JobState), ("result", JobResult)):
        if shown.get(key) is not None:
            shown[key] = int(kind[shown[key]])
    return shown


def messages(value: Any) -> Any:
    """Jobs told ``Success`` whatever became of single rows, and nothing of phases."""
    if isinstance(value, dict):
        shown = {key: messages(item) for key, item in value.items() if key != "phases"}
        text = shown.get("status_message")
        if isinstance(text, str) and _COUNTED.fullmatch(text):
            shown["status_message"] = "Success"
        return shown
    if isinstance(value, list):
        return [messages(item) for item in value]
    return value


def raw_jobs(body: list[Json], minted: set[str]) -> list[Json]:
    """Rows of jobs: a pipeline id only once there was one."""
    return [
        {**messages(job), "pipeline_id": job["pipeline_id"] if job["pipeline_id"] in minted else None} for job in body
    ]


def audit_entries(body: Json) -> Json:
    """The audit trail: year configurations were numbered by their year alone."""
    if "data" not in body:
        return _audit_entry(body)
    return {**body, "data": [_audit_entry(item) for item in body["data"]]}


def _audit_entry(item: Json) -> Json:
    if item.get("entity_type") != "year_configuration":
        return item
    return {**item, "entity_id": item["entity_id"] // 10}


def dispatch(body: Any) -> Any:
    """What a dispatch asked for: copies were unknown."""
    config = body.get("config") if isinstance(body, Mapping) else None
    if not isinstance(config, Mapping):
        return body
    return {**body, "config": {key: value for key, value in config.items() if key != "source_job_id"}}


def wants_references(body: Any) -> bool:
    """Whether a dispatch is for references, which could not be loaded."""
    return isinstance(body, Mapping) and str(body.get("target_type")) == "3"
