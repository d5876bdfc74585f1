"""All tables of the backend in one import: what migrations make and compare. Holds nothing of its own."""

from __future__ import annotations

from yearadmin.embedded import entry_tables, tables
from yearadmin.embedded.metadata import metadata

__all__ = ["entry_tables", "metadata", "tables"]
