"""Uploaded files as the wire shows them (contract section 5.3)."""

from __future__ import annotations

from yearadmin.contract.wire import WireModel


class FileNode(WireModel):
    """One stored file or folder; ``size`` is in bytes."""

    name: str
    path: str
    size: int | None = None
    mime_type: str | None = None
    is_file: bool = True
