"""Signing in and who may do what, against the real backend."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable

import httpx
import jwt
import pytest

from .backends import ADMIN, METIER, PRINCIPAL, STANDARD, Backend

NOBODY = None
KNOWN = "00000000-0000-4000-8000-000000000000"


def test_signing_in_sets_both_cookies_as_the_server_does(backend: Backend) -> None:
    with httpx.Client(base_url=backend.process.base_url) as client:
        answer = client.get("/auth/login-test", params={"role": ADMIN})
    cookies = answer.headers.get_list("set-cookie")
    ages = {"auth_token": "28800", "refresh_token": "86400"}
    assert [cookie.split("=")[0] for cookie in cookies] == list(ages)
    for cookie in cookies:
        assert f"Max-Age={ages[cookie.split('=')[0]]}" in cookie
        assert all(part in cookie for part in ("HttpOnly", "Path=/", "SameSite=lax"))


def test_a_name_that_is_no_role_signs_in_without_rights(backend: Backend) -> None:
    user = backend.client("somebody").get("/session").json()
    assert user["permissions"] == {}
    assert "roles_raw" not in user


def test_a_renewed_session_has_new_cookies(backend: Backend) -> None:
    with httpx.Client(base_url=backend.process.base_url) as client:
        client.get("/auth/login-test", params={"role": ADMIN})
        answer = client.post("/session")
        assert answer.status_code == 200
        assert len(answer.headers.get_list("set-cookie")) == 2
        assert client.get("/session").status_code == 200


def test_signing_out_clears_the_cookies_and_succeeds_without_any(backend: Backend) -> None:
    with httpx.Client(base_url=backend.process.base_url) as client:
        assert client.delete("/session").status_code == 200
        client.get("/auth/login-test", params={"role": ADMIN})
        assert client.delete("/session").status_code == 200
        assert client.get("/session").status_code == 401
        assert client.post("/session").status_code == 401


def _signed(backend: Backend, **claims: object) -> str:
    secret = (backend.data_dir / "signing.key").read_bytes()
    whole = {"sub": "1", "institutional_id": "TEST-1078173294", "provider": "2", "type": "access", "exp": 4102444800}
    return jwt.encode({**whole, **claims}, secret, algorithm="HS256")


def _unsigned() -> str:
    parts = ({"alg": "none"}, {"institutional_id": "TEST-1078173294", "provider": "2", "type": "access"})
    return ".".join(base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts) + "."


FORGED: dict[str, Callable[[Backend], str]] = {
    "random text": lambda backend: "not-a-token",
    "unsigned": lambda backend: _unsigned(),
    "signed by somebody else": lambda backend: jwt.encode({"type": "access", "exp": 4102444800}, "x" * 64, "HS256"),
    "expired": lambda backend: _signed(backend, exp=1),
    "without an end": lambda backend: jwt.encode(
        {"institutional_id": "TEST-1078173294", "provider": "2", "type": "access"},
        (backend.data_dir / "signing.key").read_bytes(),
        "HS256",
    ),
    "a refresh token": lambda backend: _signed(backend, type="refresh"),
    "of nobody": lambda backend: _signed(backend, institutional_id="TEST-0"),
    "of no provider": lambda backend: _signed(backend, provider="7"),
    "with a number for a name": lambda backend: _signed(backend, institutional_id=5),
}


@pytest.mark.parametrize("kind", FORGED)
@pytest.mark.parametrize("path", ["/session", "/year-configuration/"])
def test_a_token_that_is_not_good_is_401_everywhere(backend: Backend, kind: str, path: str) -> None:
    token = FORGED[kind](backend)
    with httpx.Client(base_url=backend.process.base_url, cookies={"auth_token": token}) as client:
        answer = client.get(path)
    assert answer.status_code == 401
    assert isinstance(answer.json()["detail"], str)
    assert token not in answer.text


def test_an_access_token_does_not_renew(backend: Backend) -> None:
    with httpx.Client(base_url=backend.process.base_url, cookies={"refresh_token": _signed(backend)}) as client:
        assert client.post("/session").status_code == 401


def test_a_bearer_header_is_ignored(backend: Backend) -> None:
    header = {"Authorization": f"Bearer {_signed(backend)}"}
    with httpx.Client(base_url=backend.process.base_url, headers=header) as client:
        assert client.get("/session").status_code == 401


# Method, path, body, and the roles that pass the gate (contract section 2.2).
CONFIGURATION, FOLLOWERS, UPLOADERS = {ADMIN}, {ADMIN, PRINCIPAL}, {ADMIN, PRINCIPAL}
EVERYBODY = {ADMIN, METIER, PRINCIPAL, STANDARD}
GATES = [
    ("GET", "/session", None, EVERYBODY),
    ("GET", "/year-configuration/", None, EVERYBODY),
    ("GET", "/year-configuration/1", None, EVERYBODY),
    ("PATCH", "/year-configuration/1", {}, CONFIGURATION),
    ("POST", "/year-configuration/abc", None, CONFIGURATION),
    ("POST", "/sync/units", {"target_year": "x"}, CONFIGURATION),
    ("POST", "/sync/factors/1/1", {"ingestion_method": 3, "target_type": 1, "year": 1}, CONFIGURATION),
    ("POST", "/sync/recalculate-emissions/8?year=1", None, CONFIGURATION),
    ("GET", "/sync/active-pipelines?year=1&modules=1", None, FOLLOWERS),
    ("GET", "/sync/active-pipelines/year/1", None, FOLLOWERS),
    ("GET", "/sync/recalculation-status?year=1", None, FOLLOWERS),
    ("GET", f"/sync/pipelines/{KNOWN}", None, FOLLOWERS),
    ("GET", f"/sync/pipelines/{KNOWN}/stream", None, FOLLOWERS),
    ("GET", "/sync/jobs/99999/stream", None, FOLLOWERS),
    ("GET", "/sync/jobs/year/1", None, FOLLOWERS),
    ("GET", "/sync/jobs/year/1/latest", None, FOLLOWERS),
    ("GET", "/sync/health/stale-stats", None, FOLLOWERS),
    ("GET", "/sync/pipelines", None, CONFIGURATION),
    ("GET", "/sync/jobs/by-status", None, CONFIGURATION),
    ("GET", "/sync/workers", None, CONFIGURATION),
    ("POST", f"/sync/pipelines/{KNOWN}/abort", None, CONFIGURATION),
    ("POST", "/sync/jobs/99999/recover", None, CONFIGURATION),
    ("GET", "/files/", None, CONFIGURATION),
    ("GET", "/files/tmp/none.csv", None, CONFIGURATION),
    ("DELETE", "/files/tmp/none.csv", None, CONFIGURATION),
    ("GET", "/factors/stale?year=1", None, CONFIGURATION),
    ("GET", "/audit/activity", None, CONFIGURATION),
    ("GET", "/audit/stats", None, CONFIGURATION),
    ("GET", "/audit/export", None, CONFIGURATION),
    ("GET", "/backoffice/years", None, {ADMIN, METIER}),
]


@pytest.mark.parametrize(("method", "path", "body", "allowed"), GATES, ids=[f"{gate[0]} {gate[1]}" for gate in GATES])
def test_each_gate_lets_its_roles_pass_and_no_other(
    backend: Backend, method: str, path: str, body: object, allowed: set[str]
) -> None:
    for role in EVERYBODY:
        status = backend.client(role).request(method, path, json=body).status_code
        assert (status != 403) == (role in allowed), (role, status)
        assert status != 500
    assert backend.client(NOBODY).request(method, path, json=body).status_code == 401


def test_uploading_needs_configuration_or_a_module_of_ones_own(backend: Backend) -> None:
    for role in EVERYBODY:
        answer = backend.client(role).post("/files/temp-upload", files={"files": ("a.csv", b"a,b\n", "text/csv")})
        assert answer.status_code == (200 if role in UPLOADERS else 403)
    assert backend.client(NOBODY).post("/files/temp-upload", files={"files": ("a.csv", b"a")}).status_code == 401
