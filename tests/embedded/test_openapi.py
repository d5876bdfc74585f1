"""What the backend says about itself is written for readers, and is true."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.backend_process import BackendProcess
from tests.issuer import Issuer

from .backends import ADMIN, ROOT, Backend

CONFIG = Path(__file__).with_name("schemathesis.toml")
# Seconds for generated requests, each with a number of examples: those in chains of answers must not wait for a rest.
PHASES = {"coverage,fuzzing": (30, 2), "stateful": (15, 15)}
LINKS = 5  # the fewest kinds of steps from one answer to the next request that count as having tried them
JSON = "application/json"
# The tool finds links by comparing names, and so takes the id of a pipeline for a year once in a while. Only where it
# follows links: elsewhere a year that fits the description must never be refused.
GUESSED_LINKS = """
[[operations]]
include-name-regex = "GET /v1/.*\\\\{{year\\\\}}"
[operations.checks.positive_data_acceptance]
expected-statuses = ["2xx", "401", "403", "404", "422"]
"""


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    """A backend with few units, so that what the requests start is soon done."""
    folder = tmp_path_factory.mktemp("described")
    lines = (ROOT / "resources" / "units.csv").read_text(encoding="utf-8").splitlines()
    (folder / "units.csv").write_text("\n".join(lines[:8]) + "\n", encoding="utf-8")
    process = BackendProcess()
    process.start(folder / "data", "--units", str(folder / "units.csv"))
    made = Backend(process, folder / "data")
    yield made
    made.close()
    process.stop()
    assert process.errors == ""


def spec_of(backend: Backend) -> dict[str, Any]:
    answer = httpx.get(backend.process.base_url.removesuffix("/v1") + "/openapi.json")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def operations(spec: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in spec["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path}", operation


def unresolved(node: Any, known: set[str]) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str) and node["$ref"].rpartition("/")[2] not in known:
            yield node["$ref"]
        for value in node.values():
            yield from unresolved(value, known)
    elif isinstance(node, list):
        for value in node:
            yield from unresolved(value, known)


def test_every_operation_is_told_in_words_with_all_its_answers(described: Backend) -> None:
    spec = spec_of(described)
    assert spec["info"]["description"]
    for name, operation in operations(spec):
        assert operation["tags"], name
        # The framework's own summary is the function's name.
        assert operation["summary"] != operation["operationId"].split("_v1_")[0].replace("_", " ").title(), name
        assert operation["description"].endswith((".", ")")), name
        for status, answer in operation["responses"].items():
            assert answer["description"], (name, status)
            if status not in ("204", "302"):
                assert all(media["schema"] for media in answer["content"].values()), (name, status)
        for parameter in operation.get("parameters", ()):
            if parameter["in"] == "path":
                assert parameter.get("description"), (name, parameter["name"])
    assert list(unresolved(spec, set(spec["components"]["schemas"]))) == []


def test_the_sign_on_is_told_where_there_is_one(tmp_path: Path) -> None:
    with Issuer() as issuer, BackendProcess() as process:
        config = issuer.write_config(tmp_path / "sign-on.toml")
        process.start(tmp_path / "data", "--oidc-config", str(config), demo=False)
        spec = spec_of(Backend(process, tmp_path))
        assert set(spec["paths"]["/v1/auth/callback"]["get"]["responses"]) == {"302", "400", "401", "422", "503"}
        assert "/v1/auth/login-test" not in spec["paths"]
        assert "/v1/auth/local" not in spec["paths"]


@pytest.mark.parametrize(
    ("path", "methods"),
    [
        ("/session", "DELETE, GET, POST"),
        ("/year-configuration/2026", "GET, PATCH, POST"),
        ("/files/tmp/1/a.csv", "DELETE, GET"),
        ("/files/temp-upload", "POST"),
    ],
)
def test_a_method_that_is_none_is_told_which_there_are(described: Backend, path: str, methods: str) -> None:
    for prefix in ("/v1", "/api/v1"):
        answer = httpx.put(described.process.base_url.removesuffix("/v1") + prefix + path)
        assert (answer.status_code, answer.headers["allow"]) == (405, methods)


@pytest.mark.timeout(120)
@pytest.mark.parametrize("phases", PHASES)
def test_whatever_is_asked_is_answered_as_told(described: Backend, tmp_path: Path, phases: str) -> None:
    """Every operation with generated requests, good and bad, alone and one after the other; all checks."""
    client = described.client(ADMIN)
    config = tmp_path / "schemathesis.toml"
    text = CONFIG.read_text(encoding="utf-8") + (GUESSED_LINKS if phases == "stateful" else "")
    config.write_text(
        text.format(session=client.cookies["auth_token"], renewal=client.cookies["refresh_token"]), encoding="utf-8"
    )
    root = described.process.base_url.removesuffix("/v1")
    command = [sys.executable, "-m", "schemathesis.cli", "--config-file", str(config), "run", f"{root}/openapi.json"]
    seconds, examples = PHASES[phases]
    bounds = ["--max-examples", str(examples), "--max-time", str(seconds), "--max-redirects", "0"]
    bounds += ["--checks", "all", "--phases", phases]
    done = subprocess.run([*command, *bounds], capture_output=True, text=True, timeout=100, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    for phase in phases.title().split(","):
        assert f"✅ {phase}" in done.stdout, done.stdout[-3000:]
    if phases == "stateful":
        links = re.search(r"API Links:\s+(\d+) covered", done.stdout)
        assert links is not None, done.stdout
        assert int(links.group(1)) >= LINKS
    else:
        spec = spec_of(described)
        assert f"Tested: {len(list(operations(spec)))}" in done.stdout  # none was left out
