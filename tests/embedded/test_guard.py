"""Requests that mean harm: wrong names, too much of everything, and those that never come to an end."""

from __future__ import annotations

import base64
import json
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import jwt
import pytest

from tests.backend_process import BackendProcess

from .backends import Backend

KIB, MIB = 1024, 1024 * 1024
JSON = {"Content-Type": "application/json"}


@pytest.fixture(scope="module")
def hasty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    """A backend that waits only half a second for a request to go on."""
    process = BackendProcess()
    folder = tmp_path_factory.mktemp("hasty")
    process.start(folder, "--request-patience", "0.5")
    made = Backend(process, folder)
    yield made
    made.close()
    process.stop()
    assert process.errors == ""


def line_to(backend: Backend) -> socket.socket:
    where = urlsplit(backend.process.base_url)
    assert where.hostname
    return socket.create_connection((where.hostname, where.port or 0), timeout=20)


def rest_of(line: socket.socket) -> bytes:
    """Everything until the other side closes."""
    got = b""
    try:
        while piece := line.recv(65536):
            got += piece
    except ConnectionResetError:
        pass
    return got


def say(backend: Backend, *lines: str) -> bytes:
    """Send a request as it is written here; the whole answer."""
    with line_to(backend) as line:
        line.sendall("\r\n".join([*lines, "Connection: close", "", ""]).encode("latin-1"))
        return rest_of(line)


def cookies(backend: Backend) -> str:
    return "; ".join(f"{name}={value}" for name, value in backend.client().cookies.items())


# --- names


@pytest.mark.parametrize(
    "host",
    ["evil.example.org", "evil.example.org:80", "127.0.0.1.evil.example.org", "localhost@evil", "127.0.0.1:80:90", ""],
)
def test_a_name_that_is_not_ours_is_400_whatever_is_asked(backend: Backend, host: str) -> None:
    for path in ("/v1/session", "/v1/auth/login-test?role=calco2.backoffice.admin", "/openapi.json", "/"):
        answer = say(backend, f"GET {path} HTTP/1.1", f"Host: {host}")
        assert answer.startswith(b"HTTP/1.1 400"), answer[:200]
        assert b"set-cookie" not in answer.lower()


def test_two_names_are_refused_too(backend: Backend) -> None:
    answer = say(backend, "GET /v1/session HTTP/1.1", "Host: 127.0.0.1", "Host: evil.example.org")
    assert answer.startswith(b"HTTP/1.1 400")


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8123", "localhost:1", "LOCALHOST", "[::1]:9"])
def test_the_names_of_this_computer_are_ours(backend: Backend, host: str) -> None:
    assert say(backend, "GET /v1/session HTTP/1.1", f"Host: {host}").startswith(b"HTTP/1.1 401")


def test_whether_it_lives_may_be_asked_by_any_name(backend: Backend) -> None:
    assert say(backend, "GET /healthz HTTP/1.1", "Host: 10.0.0.7:8000").startswith(b"HTTP/1.1 200")


def test_plain_http_promises_no_https(backend: Backend) -> None:
    headers = backend.client().get("/session").headers
    assert "strict-transport-security" not in headers
    assert headers["x-content-type-options"] == "nosniff"


# --- size


def test_a_body_over_one_mib_is_413_and_one_below_is_read(backend: Backend) -> None:
    client, words = backend.client(), {"is_started": False, "note": "x" * (MIB - 100)}
    below = client.patch("/year-configuration/9990", content=json.dumps(words), headers=JSON)
    assert below.status_code == 404
    for over in (MIB + 1, 20 * MIB, 60 * MIB):
        try:
            answer = client.patch("/year-configuration/9990", content=b"[" * over, headers=JSON)
        except httpx.WriteError:  # it did not stop even then
            assert over > 32 * MIB
            continue
        assert answer.status_code == 413
        assert isinstance(answer.json()["detail"], str)


def test_a_large_body_is_413_also_in_pieces_and_under_any_name(backend: Backend) -> None:
    def pieces() -> Iterator[bytes]:
        for _ in range(20):
            yield b"x" * 64 * KIB

    for kind in ("application/json", "multipart/form-data; boundary=b", "text/plain"):
        answer = backend.client().post("/sync/dispatch", content=pieces(), headers={"Content-Type": kind})
        assert answer.status_code == 413, kind


def test_headers_over_16_kib_are_refused(backend: Backend) -> None:
    for size in (17 * KIB, 200 * KIB):
        answer = say(backend, "GET /v1/session HTTP/1.1", "Host: localhost", f"X-Much: {'x' * size}")
        assert answer.split(b" ")[1] in (b"400", b"431"), answer[:200]
    many = [f"X-{number}: {'x' * 100}" for number in range(1000)]
    answer = say(backend, "GET /v1/session HTTP/1.1", "Host: localhost", *many)
    assert answer.split(b" ")[1] in (b"400", b"431")


def test_an_address_over_8_kib_is_refused(backend: Backend) -> None:
    answer = backend.client().get("/sync/pipelines", params={"modules": "1" * 9000})
    assert answer.status_code == 414


def test_a_cookie_of_any_size_is_no_session(backend: Backend) -> None:
    for size in (5 * KIB, 10 * KIB):
        answer = httpx.get(backend.process.base_url + "/session", headers={"Cookie": f"auth_token={'a' * size}"})
        assert answer.status_code == 401


def test_what_is_no_http_is_answered_in_the_wires_own_shape(fresh: Callable[..., Backend]) -> None:
    backend = fresh()
    for nonsense in (b"\x16\x03\x01\x02\x00\x01\xfc\x03\x03\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/9\r\n\r\n"):
        with line_to(backend) as line:
            line.sendall(nonsense)
            answer = rest_of(line)
        assert answer.startswith(b"HTTP/1.1 400")
        assert json.loads(answer.partition(b"\r\n\r\n")[2])["detail"]


# --- time


def took(work: Callable[[], bytes]) -> tuple[bytes, float]:
    began = time.monotonic()
    return work(), time.monotonic() - began


@pytest.mark.parametrize("start", [b"", b"GET /v1/session HT", b"GET /v1/session HTTP/1.1\r\nHost: localhost\r\nX-A: "])
def test_headers_that_never_end_are_ended(hasty: Backend, start: bytes) -> None:
    with line_to(hasty) as line:
        line.sendall(start)
        answer, seconds = took(lambda: rest_of(line))
    assert seconds < 5
    assert answer == b"" or answer.startswith(b"HTTP/1.1 408")


def test_headers_that_drip_are_ended_all_the_same(hasty: Backend) -> None:
    with line_to(hasty) as line:
        line.sendall(b"GET /v1/session HTTP/1.1\r\nHost: localhost\r\n")
        began = time.monotonic()
        try:
            while time.monotonic() - began < 5:
                line.sendall(b"X-A: b\r\n")
                time.sleep(0.05)
        except OSError:
            pass
        assert 0.3 < time.monotonic() - began < 4


def test_the_second_request_on_a_line_has_to_come_to_an_end_too(hasty: Backend) -> None:
    with line_to(hasty) as line:
        line.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\nGET /hea")
        answer, seconds = took(lambda: rest_of(line))
    assert answer.startswith(b"HTTP/1.1 200")
    assert seconds < 5


def test_a_line_that_is_only_kept_open_is_not_ended(hasty: Backend) -> None:
    with httpx.Client(base_url=hasty.process.base_url) as client:
        assert client.get("/session").status_code == 401
        time.sleep(1.2)
        assert client.get("/session").status_code == 401


def _upload(backend: Backend, path: str, kind: str, length: int, begin: bytes) -> socket.socket:
    line = line_to(backend)
    head = [
        f"POST /v1{path} HTTP/1.1",
        "Host: localhost",
        f"Cookie: {cookies(backend)}",
        f"Content-Type: {kind}",
        f"Content-Length: {length}",
    ]
    line.sendall("\r\n".join([*head, "", ""]).encode() + begin)
    return line


PART = (
    b'--b\r\nContent-Disposition: form-data; name="files"; filename="slow.csv"\r\nContent-Type: text/csv\r\n\r\na,b\n'
)
FORM = "multipart/form-data; boundary=b"


def left(backend: Backend) -> list[Path]:
    return sorted((backend.data_dir / "files").glob("tmp/*"))


def test_an_upload_that_stalls_is_ended_and_leaves_nothing(hasty: Backend) -> None:
    before = left(hasty)
    with _upload(hasty, "/files/temp-upload", FORM, MIB, PART) as line:
        answer, seconds = took(lambda: rest_of(line))
    assert answer.startswith(b"HTTP/1.1 408")
    assert seconds < 5
    end = time.monotonic() + 5
    while left(hasty) != before and time.monotonic() < end:
        time.sleep(0.02)
    assert left(hasty) == before


def test_an_upload_that_drips_is_ended_and_a_slow_one_goes_on(hasty: Backend) -> None:
    with _upload(hasty, "/files/temp-upload", FORM, MIB, PART) as line:
        began = time.monotonic()
        try:
            while time.monotonic() - began < 5:
                line.sendall(b"1,2\n")
                time.sleep(0.05)
        except OSError:
            pass
        assert time.monotonic() - began < 4
    whole = PART + b"1,2\n" * 4000 + b"\r\n--b--\r\n"
    with _upload(hasty, "/files/temp-upload", FORM, len(whole), b"") as line:
        for start in range(0, len(whole), 2000):
            line.sendall(whole[start : start + 2000])
            time.sleep(0.15)
        assert line.recv(65536).startswith(b"HTTP/1.1 200")


def test_a_stalled_body_nobody_reads_is_ended_too(hasty: Backend) -> None:
    for path, kind in (("/sync/dispatch", "application/json"), ("/nowhere/upload", FORM)):
        with _upload(hasty, path, kind, 1000, b"{") as line:
            _, seconds = took(lambda line=line: rest_of(line))
        assert seconds < 5


def test_a_reader_of_a_stream_is_not_taken_for_a_slow_sender(hasty: Backend) -> None:
    hasty.year(3001)
    started = hasty.client().post("/sync/units", json={"target_year": 3001}).json()
    hasty.follow_job(started["job_id"])
    with hasty.client().stream("GET", f"/sync/jobs/{started['job_id']}/stream") as answer:
        assert answer.status_code == 200
        time.sleep(1.2)
        assert list(answer.iter_lines())


# --- tokens


def _forged(backend: Backend) -> dict[str, str]:
    secret = (backend.data_dir / "signing.key").read_bytes()
    user = {"sub": "1", "institutional_id": "TEST-1078173294", "provider": "2", "type": "access", "exp": 4102444800}

    def plain(part: dict[str, object]) -> str:
        return base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=")

    good = jwt.encode(user, secret, "HS256")
    head, body, signature = good.split(".")
    return {
        "alg none": f"{plain({'alg': 'none', 'typ': 'JWT'})}.{plain(dict(user))}.",
        "alg None with a signature": f"{plain({'alg': 'None'})}.{plain(dict(user))}.{signature}",
        "HS512 by the right key": jwt.encode(user, secret, "HS512"),
        "HS384 by the right key": jwt.encode(user, secret, "HS384"),
        "another body": f"{head}.{plain({**user, 'institutional_id': 'local-administrator'})}.{signature}",
        "no signature": f"{head}.{body}.",
        "cut off": good[:-4],
        "a refresh token": jwt.encode({**user, "type": "refresh"}, secret, "HS256"),
        "no kind": jwt.encode({key: value for key, value in user.items() if key != "type"}, secret, "HS256"),
        "a legacy token": jwt.encode({"user_id": 1, "exp": 4102444800, "type": "access"}, secret, "HS256"),
        "expired": jwt.encode({**user, "exp": int(time.time()) - 1}, secret, "HS256"),
        "not yet": jwt.encode({**user, "nbf": 4102444800}, secret, "HS256"),
        "an end that is none": jwt.encode({**user, "exp": "never"}, secret, "HS256"),
        "a list": jwt.api_jws.encode(b"[1]", secret, "HS256"),
    }


def test_no_forged_token_opens_anything(backend: Backend) -> None:
    backend.client()  # so that the person they name is known
    for kind, token in _forged(backend).items():
        with httpx.Client(base_url=backend.process.base_url, cookies={"auth_token": token}) as client:
            for method, path in (
                ("GET", "/session"),
                ("GET", "/year-configuration/"),
                ("POST", "/year-configuration/9991"),
                ("GET", "/sync/pipelines/00000000-0000-4000-8000-000000000000/stream"),
                ("POST", "/files/temp-upload"),
            ):
                assert client.request(method, path).status_code == 401, (kind, path)
        if kind != "a refresh token":
            with httpx.Client(base_url=backend.process.base_url, cookies={"refresh_token": token}) as client:
                assert client.post("/session").status_code == 401, kind
    assert backend.client().get("/year-configuration/9991").status_code == 404


# --- files


BOMBS: dict[str, Callable[[], bytes]] = {
    "a million columns": lambda: ",".join(f"c{number}" for number in range(1_000_000)).encode() + b"\n1\n",
    "a cell of almost 100 MB": lambda: b"unit_institutional_id,sciper,fte\n13032," + b"x" * (99 * MIB) + b",1\n",
    "a quote that never closes": lambda: b'unit_institutional_id,sciper,fte\n13032,"' + b"x,\n" * (5 * MIB),
    "a row of a million cells": lambda: b"unit_institutional_id,sciper,fte\n" + b"1," * 1_000_000 + b"\n",
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_file_made_to_hurt_ends_in_an_error_and_hurts_nobody(
    backend: Backend, next_year: Callable[[], int], bomb: str
) -> None:
    year = next_year()
    backend.year(year)
    began = time.monotonic()
    event = backend.ingest(year, 0, "bomb.csv", BOMBS[bomb](), module_type_id=1, data_entry_type_id=1)
    assert time.monotonic() - began < 20
    assert event["progress"]["status"] == "FAILED"
    assert all(len(str(job["status_message"])) < 2000 for job in event["jobs"])
    assert backend.client().get("/session").status_code == 200
    shown = backend.client().get(f"/year-configuration/{year}")
    assert shown.status_code == 200
    assert len(shown.content) < 200_000


WAYS_OUT = [
    "../signing.key",
    "..%2fsigning.key",
    "tmp/../../signing.key",
    "tmp/%2e%2e/%2e%2e/backend.sqlite",
    "%2fetc%2fpasswd",
    "tmp/..%5c..%5csigning.key",
    "tmp//etc/passwd",
    "file:%2f%2f%2fetc%2fpasswd",
    "tmp/%c0%ae%c0%ae/x",
    "tmp/\u2025/x",
]


@pytest.mark.parametrize("path", WAYS_OUT)
def test_no_path_leads_out_of_the_files(backend: Backend, path: str) -> None:
    secret = (backend.data_dir / "signing.key").read_bytes()
    sent = "".join(letter if letter.isascii() else "%E2%80%A5" for letter in path)
    answer = say(backend, f"GET /v1/files/{sent} HTTP/1.1", "Host: localhost", f"Cookie: {cookies(backend)}")
    assert answer.split(b" ")[1] in (b"400", b"404")
    assert secret not in answer
    assert b"root:" not in answer
    listed = backend.client().get("/files/", params={"path": httpx.URL(f"http://x/?p={sent}").params["p"]})
    assert listed.status_code in (200, 400)
    assert listed.status_code == 400 or listed.json() == []
    dispatched = backend.dispatch(2026, 0, httpx.URL(f"http://x/?p={sent}").params["p"], module_type_id=1)
    assert 400 <= dispatched.status_code < 500
    assert (backend.data_dir / "signing.key").exists()
