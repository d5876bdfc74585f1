"""What one run of the backend was told, and where it keeps things in its data directory.

Only names and values; opens nothing.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from yearadmin.embedded.exposure import Exposure

MAX_UPLOAD_BYTES = 100 * 1024 * 1024  # one file (contract section 5.3)
ACCESS_SECONDS = 8 * 3600  # life of ``auth_token`` (contract section 1.2)
REFRESH_SECONDS = 24 * 3600  # life of ``refresh_token``


JULY, MAY = "2026-07", "2026-05"  # versions of the production server this one can answer as


@dataclass(frozen=True, slots=True)
class Settings:
    """One run: where data lies, which unit directory is read, and how the demonstration behaves."""

    data_dir: Path
    units_file: Path
    demo: bool = False  # offers ``login-test``
    pace: float = 0.0  # seconds added to each step of each job
    era: str = JULY
    exposure: Exposure = field(default_factory=Exposure)
    database_url: str = ""  # a PostgreSQL database instead of the file, without a password
    database_password_file: Path | None = None
    workers: int = 1  # processes that run jobs
    shared_files: Path | None = None  # where files are kept instead of the data directory

    @property
    def database_file(self) -> Path:
        """The one database."""
        return self.data_dir / "backend.sqlite"

    @property
    def files_dir(self) -> Path:
        """The root of every path the wire shows (contract section 5.3)."""
        return self.shared_files or self.data_dir / "files"


def signing_secret(data_dir: Path) -> bytes:
    """The key that signs this data directory's sessions; made at random once, readable by its owner alone."""
    path = data_dir / "signing.key"
    try:
        kept = path.read_bytes()
    except FileNotFoundError:
        kept = b""
    if len(kept) < 32:
        kept = secrets.token_bytes(64)
        fresh = path.with_suffix(".new")
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(kept)
        fresh.replace(path)
    return kept
