"""The audit trail (contract section 5.6): every write of an operator as a version of a document, chained by hashes.

Only ever adds; written in the transaction of the change it tells of.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select, update

from yearadmin.contract.enums import UserProvider
from yearadmin.embedded.engines import take_turns
from yearadmin.embedded.tables import audit_documents, now
from yearadmin.embedded.wire import naive

YEAR_CONFIGURATION = "year_configuration"
INGESTION_JOB = "DataIngestionJob"
_SEALED = (
    "entity_type",
    "entity_id",
    "version",
    "change_type",
    "changed_by",
    "changed_at",
    "data_snapshot",
    "previous_hash",
)


@dataclass(frozen=True, slots=True)
class Author:
    """Who changed something, and through which door."""

    user_id: int
    name: str
    institutional_id: str
    route_path: str
    ip_address: str = "127.0.0.1"


def year_entity_id(year: int, provider: UserProvider) -> int:
    """The document number of a year configuration."""
    return year * 10 + int(provider)


def record(
    connection: Connection,
    author: Author,
    *,
    entity_type: str,
    entity_id: int,
    change_type: str,
    reason: str,
    snapshot: dict[str, Any],
    diff: dict[str, Any] | None,
) -> None:
    """Add the next version of a document."""
    take_turns(connection, "audit", entity_type, entity_id)
    of_document = (audit_documents.c.entity_type == entity_type, audit_documents.c.entity_id == entity_id)
    query = select(audit_documents.c.version, audit_documents.c.current_hash).where(*of_document)
    before = connection.execute(query.order_by(audit_documents.c.version.desc()).limit(1)).first()
    connection.execute(update(audit_documents).where(*of_document).values(is_current=False))
    moment = now()
    version = before.version + 1 if before else 1
    previous = before.current_hash if before else None
    sealed = {
        "entity_type": entity_type,
        "entity_id": entity_id,
        "version": version,
        "change_type": change_type,
        "changed_by": author.user_id,
        "changed_at": naive(moment),
        "data_snapshot": snapshot,
        "previous_hash": previous,
    }
    current = _hash(sealed)
    values: dict[str, Any] = {
        **sealed,
        "changed_at": moment,
        "is_current": True,
        "change_reason": reason,
        "changed_by_display_name": author.name,
        "handler_id": author.institutional_id,
        "handled_ids": [],
        "ip_address": author.ip_address,
        "route_path": author.route_path,
        "data_diff": diff,
        "current_hash": current,
    }
    connection.execute(insert(audit_documents).values(**values))


def seal(row: Mapping[str, Any]) -> str:
    """The hash a stored version must have, by what it says and the hash before it."""
    return _hash({name: row[name] for name in _SEALED} | {"changed_at": naive(row["changed_at"])})


def _hash(sealed: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(sealed, sort_keys=True).encode()).hexdigest()
