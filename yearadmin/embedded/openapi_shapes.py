"""The shapes of the wire's answers as JSON Schemas (contract sections 1.4, 3, 5 and 6), for the description of the API.

Describes what the routes write; nothing is checked or written with it at run time.
"""

from __future__ import annotations

from typing import Any

from yearadmin.contract.enums import EntityType, IngestionMethod, JobResult, JobState, TargetType, UserProvider

Shape = dict[str, Any]


def ref(name: str) -> Shape:
    """A shape by its name."""
    return {"$ref": f"#/components/schemas/{name}"}


def many(of: Shape) -> Shape:
    """A list."""
    return {"type": "array", "items": of}


def maybe(of: Shape) -> Shape:
    """The shape or null."""
    return {"anyOf": [of, {"type": "null"}]}


def one(description: str, fields: dict[str, Shape], *, absent: tuple[str, ...] = ()) -> Shape:
    """An object that has all ``fields``; those in ``absent`` may be left out."""
    required = [name for name in fields if name not in absent]
    return {"type": "object", "description": description, "properties": fields, "required": required}


def said(shape: Shape, description: str) -> Shape:
    """The shape with a description."""
    return {**shape, "description": description}


def numbers(kind: Any, description: str) -> Shape:
    """An enumeration sent as a number."""
    named = ", ".join(f"{int(item)} {item.name}" for item in kind)
    return {"type": "integer", "enum": [int(item) for item in kind], "description": f"{description}: {named}"}


def names(kind: Any, description: str) -> Shape:
    """An enumeration sent by its name."""
    return {"type": "string", "enum": [item.name for item in kind], "description": description}


TEXT: Shape = {"type": "string"}
WHOLE: Shape = {"type": "integer"}
YES_NO: Shape = {"type": "boolean"}
ANYTHING: Shape = {"type": "object", "additionalProperties": True}
UUID: Shape = {"type": "string", "format": "uuid"}
NAIVE: Shape = {"type": "string", "description": "a moment in UTC, without an offset"}
MOMENT: Shape = {"type": "string", "description": "a moment in UTC"}

_STATE, _RESULT = numbers(JobState, "how far the job is"), numbers(JobResult, "how it ended")
_TARGET, _METHOD = numbers(TargetType, "what is filled"), numbers(IngestionMethod, "where it comes from")
_SCOPE = {
    "module_type_id": said(maybe(WHOLE), "the module, null for a year-level job"),
    "data_entry_type_id": said(maybe(WHOLE), "the submodule, null for a file common to several"),
    "year": maybe(WHOLE),
}
_JOB = {
    **_SCOPE,
    "target_type": maybe(_TARGET),
    "ingestion_method": maybe(_METHOD),
    "state": maybe(_STATE),
    "result": maybe(_RESULT),
    "status_message": maybe(TEXT),
    "meta": said(maybe(ANYTHING), "configuration, statistics, row errors and history of the job (section 7.4)"),
    "is_current": maybe(YES_NO),
    "locked_by": said(maybe(TEXT), "the worker that has it"),
}
_STORED = {
    "entity_type": maybe(numbers(EntityType, "what it belongs to")),
    "entity_id": maybe(WHOLE),
    "provider": maybe(numbers(UserProvider, "whose data it works on")),
    "locked_at": maybe(MOMENT),
    "started_at": maybe(MOMENT),
    "finished_at": maybe(MOMENT),
    "attempts": WHOLE,
    "max_attempts": WHOLE,
    "run_after": maybe(MOMENT),
    "pipeline_id": maybe(UUID),
    "job_type": maybe(TEXT),
}
_AUDIT = {
    "id": WHOLE,
    "entity_type": TEXT,
    "entity_id": WHOLE,
    "version": said(WHOLE, "counts the versions of the document from 1"),
    "change_type": said(TEXT, "CREATE, READ, UPDATE or DELETE"),
    "change_reason": maybe(TEXT),
    "changed_by": said(maybe(WHOLE), "id of the user"),
    "changed_by_display_name": maybe(TEXT),
    "changed_at": NAIVE,
    "handler_id": maybe(TEXT),
    "handled_ids": many(TEXT),
    "ip_address": maybe(TEXT),
    "route_path": maybe(TEXT),
    "message_summary": maybe(TEXT),
    "sync_status": maybe(TEXT),
    "sync_error": maybe(TEXT),
    "synced_at": maybe(NAIVE),
}

SHAPES: dict[str, Shape] = {
    "Refusal": one(
        "Why something was refused, for people; programs go by the status.", {"detail": said(TEXT, "one sentence")}
    ),
    "Invalid": one(
        "What of the request is not as it has to be: one sentence, or an item for each fault.",
        {
            "detail": {
                "anyOf": [
                    TEXT,
                    many(
                        one(
                            "One fault.",
                            {"type": TEXT, "loc": many({"type": ["string", "integer"]}), "msg": TEXT},
                        )
                    ),
                ]
            }
        },
    ),
    "Message": one("It was done.", {"message": TEXT}),
    "Banner": one("What answers here.", {"name": TEXT, "version": TEXT, "status": TEXT, "docs": TEXT}),
    "Health": one("It answers.", {"status": TEXT}),
    "Readiness": one(
        "Whether it can do its work.",
        {"status": TEXT, "database": TEXT, "role_provider": TEXT, "details": ANYTHING},
    ),
    "User": one(
        "The signed-in user; what is null is left out.",
        {
            "id": WHOLE,
            "email": TEXT,
            "display_name": TEXT,
            "institutional_id": said(TEXT, "the number or name the institution knows the user by"),
            "provider": numbers(UserProvider, "whose user it is"),
            "last_login": NAIVE,
            "roles_raw": many(one("A role and what it is held on.", {"role": TEXT, "on": ANYTHING})),
            "is_user_test": YES_NO,
            "permissions": {
                "type": "object",
                "description": "what may be done with what: permission key to actions (section 2.1)",
                "additionalProperties": many(TEXT),
            },
        },
        absent=("display_name", "last_login", "roles_raw", "is_user_test"),
    ),
    "YearSummary": one(
        "One line of the list of years.",
        {
            "year": WHOLE,
            "is_started": said(YES_NO, "whether users see the year"),
            "configuration_completed": said(maybe(MOMENT), "since when its units are there; null while they are not"),
            "updated_at": maybe(NAIVE),
        },
    ),
    "Year": one(
        "One year's configuration with what is computed for each answer: latest jobs and what is incomplete.",
        {
            "year": WHOLE,
            "is_started": said(YES_NO, "whether users see the year"),
            "configuration_completed": maybe(MOMENT),
            "config": said(ANYTHING, "modules, submodules and reduction objectives (section 8.2)"),
            "updated_at": maybe(NAIVE),
        },
    ),
    "JobStarted": one(
        "The job that will do the work.",
        {
            "job_id": WHOLE,
            "state": _STATE,
            "message": TEXT,
            "progress": {"type": "null"},
            "pipeline_id": said(maybe(UUID), "what to follow; null for a unit sync, whose job is followed instead"),
        },
    ),
    "PipelineJob": one(
        "A job of a pipeline.",
        {
            "job_id": WHOLE,
            "job_type": maybe(TEXT),
            "state": maybe(names(JobState, "how far it is")),
            "result": maybe(names(JobResult, "how it ended")),
            "status_message": maybe(TEXT),
        },
    ),
    "Progress": one(
        "How far a pipeline is (section 6.3).",
        {
            "phase": WHOLE,
            "phases_total": WHOLE,
            "done": said(YES_NO, "whether it has ended"),
            "has_error": YES_NO,
            "status": TEXT,
        },
    ),
    "Pipeline": one(
        "A pipeline with all its jobs.",
        {"pipeline_id": UUID, "jobs": many(ref("PipelineJob")), "progress": ref("Progress")},
    ),
    "PipelinePage": one(
        "One page of the console's list.",
        {"items": many(ANYTHING), "total": WHOLE, "limit": WHOLE, "offset": WHOLE},
    ),
    "Aborted": one("What was stopped.", {"pipeline_id": UUID, "aborted_job_ids": many(WHOLE), "aborted_by": TEXT}),
    "SyncJob": one("A job as lists of a year show it.", {"job_id": WHOLE, **_JOB}),
    "StoredJob": one("A job as it is stored.", {"id": WHOLE, **_JOB, **_STORED}),
    "Event": one("One event.", {"event": TEXT, "data": said(TEXT, "JSON")}, absent=("event",)),
    "ReductionFile": one(
        "The file as the year's configuration names it from now on.",
        {
            "success": YES_NO,
            "message": TEXT,
            "file": one(
                "The file.",
                {
                    "path": TEXT,
                    "filename": TEXT,
                    "uploaded_at": MOMENT,
                    "rows_processed": said(maybe(WHOLE), "null for a file that is no CSV"),
                },
            ),
        },
    ),
    "Recalculation": one(
        "A module and, for each of its types, whether its emissions are older than its factors.",
        {
            "module_type_id": WHOLE,
            "needs_recalculation": YES_NO,
            "data_entry_types": many(one("One type.", {"data_entry_type_id": WHOLE, "needs_recalculation": YES_NO})),
        },
        absent=("needs_recalculation",),
    ),
    "Worker": one(
        "A worker process heard of within the last minute.",
        {
            "pod_id": TEXT,
            "git_sha": maybe(TEXT),
            "app_version": maybe(TEXT),
            "started_at": MOMENT,
            "last_heartbeat_at": MOMENT,
            "heartbeat_age_seconds": WHOLE,
            "claimed_job_count": WHOLE,
        },
    ),
    "StaleSum": one(
        "A module and year whose sums can't be relied on.",
        {
            "module_type_id": WHOLE,
            "year": WHOLE,
            "last_finished_aggregation_at": maybe(MOMENT),
            "why_stale": TEXT,
            "last_aggregation_job_id": maybe(WHOLE),
        },
    ),
    "StaleFactor": one(
        "A factor the latest upload for its type no longer lists.",
        {
            "id": WHOLE,
            "data_entry_type_id": WHOLE,
            "emission_type_id": maybe(WHOLE),
            "year": maybe(WHOLE),
            "classification": ANYTHING,
            "last_seen_job_id": maybe(WHOLE),
        },
    ),
    "ReportedYears": one("The years that have reports.", {"years": many(TEXT), "latest": TEXT}),
    "FileNode": one(
        "A file or folder below the files' root; what is null is left out.",
        {
            "name": TEXT,
            "path": said(TEXT, "what a dispatch takes as file_path"),
            "size": said(WHOLE, "bytes"),
            "mime_type": TEXT,
            "is_file": YES_NO,
            "children": many(ref("FileNode")),
        },
        absent=("size", "mime_type"),
    ),
    "AuditEntry": one("One version of a document.", _AUDIT),
    "AuditDetail": one(
        "One version with what was stored and what differed.",
        {**_AUDIT, "data_snapshot": maybe(ANYTHING), "data_diff": maybe(ANYTHING)},
    ),
    "AuditPage": one(
        "One page of the audit trail.",
        {
            "data": many(ref("AuditEntry")),
            "pagination": one("Where it lies.", {"page": WHOLE, "page_size": WHOLE, "total": WHOLE}),
        },
    ),
    "AuditStats": one(
        "How many entries of each kind.",
        {"total_entries": WHOLE, "creates": WHOLE, "reads": WHOLE, "updates": WHOLE, "deletes": WHOLE},
    ),
}
