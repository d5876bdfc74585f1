"""The audit trail as the wire shows it (contract section 5.6): who changed a document, when, and from what to what.

Reading is tolerant; only what tells a colleague's change apart is read.
"""

from __future__ import annotations

from typing import Annotated, Any

from yearadmin.contract.wire import Items, MaybeObject, UtcTime, WireModel

YEAR_DOCUMENT = "year_configuration"  # entity_type of a year's row


class AuditEntry(WireModel):
    """One version of a document."""

    id: int
    changed_by: int | None = None
    changed_by_display_name: str | None = None
    changed_at: UtcTime = None


class AuditDetail(AuditEntry):
    """One version with what differed: ``{part: {"old": …, "new": …}}`` for each top-level part; null on creation."""

    data_diff: Annotated[dict[str, Any] | None, MaybeObject] = None


class AuditPage(WireModel):
    """The answer of ``GET /audit/activity``, newest first."""

    data: Annotated[tuple[AuditEntry, ...], Items] = ()
