"""Talking to an embedded backend in tests: signed-in clients, following streams, making files and years."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from tests.backend_process import BackendProcess
from tests.postgres import Cluster

ROOT = Path(__file__).resolve().parent.parent.parent
SAMPLE = ROOT / "resources" / "sample"
ADMIN, METIER = "calco2.backoffice.admin", "calco2.backoffice.metier"
PRINCIPAL, STANDARD = "calco2.user.principal", "calco2.user.standard"
PATIENCE = 30.0  # seconds

Event = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Database:
    """A database on the tests' own PostgreSQL server."""

    cluster: Cluster
    name: str

    @property
    def url(self) -> str:
        """Its address."""
        return self.cluster.url(self.name)

    def ask(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """Look into it."""
        return self.cluster.run(self.name, sql, *values)


class Backend:
    """A running backend with one client per role."""

    def __init__(self, process: BackendProcess, data_dir: Path, database: Database | None = None) -> None:
        self.process = process
        self.data_dir = data_dir
        self._database = database
        self._clients: dict[str, httpx.Client] = {}

    def client(self, role: str | None = ADMIN) -> httpx.Client:
        """A client signed in with that role, or with none."""
        key = role or ""
        if key not in self._clients:
            made = httpx.Client(base_url=self.process.base_url, timeout=PATIENCE)
            if role is not None:
                assert made.get("/auth/login-test", params={"role": role}).status_code == 302
            self._clients[key] = made
        return self._clients[key]

    def close(self) -> None:
        """Close every client."""
        for client in self._clients.values():
            client.close()
        self._clients.clear()

    def ask(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """Look into the database from outside."""
        if self._database is not None:
            return self._database.ask(sql, *values)
        with closing(sqlite3.connect(self.data_dir / "backend.sqlite", timeout=10)) as db:
            return db.execute(sql, values).fetchall()

    def damage(self) -> list[tuple[Any, ...]]:
        """What is wrong with the database's file; PostgreSQL keeps its references itself."""
        if self._database is not None:
            return []
        checked = self.ask("PRAGMA integrity_check") + self.ask("PRAGMA foreign_key_check")
        return [row for row in checked if row != ("ok",)]

    def year(self, year: int) -> None:
        """Create a year and wait until it is provisioned."""
        answer = self.client().post(f"/year-configuration/{year}")
        assert answer.status_code == 201, answer.text
        assert self.follow(answer.json()["pipeline_id"])[-1]["progress"]["status"] == "SUCCESS"

    def follow(self, pipeline_id: str) -> list[Event]:
        """Every event of a pipeline until its stream ends."""
        return list(events(self.client(), f"/sync/pipelines/{pipeline_id}/stream"))

    def follow_job(self, job_id: int) -> list[Event]:
        """Every message of a job until its stream ends."""
        return list(events(self.client(), f"/sync/jobs/{job_id}/stream"))

    def put(self, name: str, content: bytes | str) -> str:
        """Upload a file; its path on the server."""
        data = content.encode() if isinstance(content, str) else content
        answer = self.client().post("/files/temp-upload", files={"files": (name, data, "text/csv")})
        assert answer.status_code == 200, answer.text
        return str(answer.json()[0]["path"])

    def dispatch(self, year: int | None, target: int, path: str | None, **config: Any) -> httpx.Response:
        """Start an ingestion."""
        body = {"ingestion_method": 1, "target_type": target, "year": year, "config": config, "file_path": path}
        return self.client().post("/sync/dispatch", json=body)

    def ingest(self, year: int, target: int, name: str, content: bytes | str, **config: Any) -> Event:
        """Upload, dispatch and follow to the end; the last event."""
        answer = self.dispatch(year, target, self.put(name, content), **config)
        assert answer.status_code == 200, answer.text
        return self.follow(answer.json()["pipeline_id"])[-1]

    def sample(self, year: int, target: int, file: str, **config: Any) -> Event:
        """Ingest one of the sample files."""
        return self.ingest(year, target, Path(file).name, (SAMPLE / file).read_bytes(), **config)


def events(client: httpx.Client, path: str) -> Iterator[Event]:
    """The data of each event of a stream; pings are left out."""
    with client.stream("GET", path) as answer:
        assert answer.status_code == 200, answer.read()
        assert answer.headers["content-type"] == "text/event-stream; charset=utf-8"
        for line in answer.iter_lines():
            if line.startswith("data: ") and line != "data: {}":
                yield json.loads(line.removeprefix("data: "))
