"""A look at an address says what is there before anybody signs in, and signs nobody in."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.backend_process import BackendProcess
from tests.remote.lines import ScriptedServer, answer, said
from yearadmin.contract.problems import ProblemCode
from yearadmin.remote.transport import TransportPace
from yearadmin.state.looking import Generation, SignIn, look
from yearadmin.words.servers import look_text

FAST = TransportPace(connect=2.0, read=1.0, health=1.0, first_retry=0.01)
TLS = Path(__file__).resolve().parent.parent / "data" / "tls"
UNSIGNED = said({"detail": "no cookie"}, 401)


@pytest.fixture(scope="module", params=["2026-07", "2026-05"])
def backend(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    with BackendProcess() as process:
        era = str(request.param)
        yield era, process.start(tmp_path_factory.mktemp("looked-at"), "--era", era)


async def test_both_generations_of_a_real_backend_are_told_apart(backend: tuple[str, str]) -> None:
    era, base = backend
    found = await look(base)
    assert found.generation is (Generation.JULY if era == "2026-07" else Generation.MAY)
    assert found.sign_ins == {SignIn.TEST_USER}
    told = look_text(found)
    assert told.good
    assert ("May 2026" in told.title) == (era == "2026-05")


async def test_an_address_without_its_prefix_is_completed(backend: tuple[str, str]) -> None:
    found = await look(backend[1].removesuffix("/v1") + "/")
    assert found.found
    assert found.base_url.endswith("/v1")
    assert found.base_url in look_text(found).detail


async def test_looking_signs_nobody_in_and_leaves_no_user_behind() -> None:
    async with ScriptedServer() as server:
        server.on("GET /v1/session", UNSIGNED)
        server.on("OPTIONS /v1/auth/login-test", said({"detail": "Method Not Allowed"}, 405))
        server.on("GET /v1/auth/login", answer(302, headers={"Location": "https://login.example.org/"}))
        found = await look(server.base, pace=FAST)
        assert found.sign_ins == {SignIn.TEST_USER, SignIn.INSTITUTION}
        assert {item.method for item in server.seen} == {"GET", "OPTIONS"}
        assert server.count("GET /v1/auth/login-test") == 0
        assert all("cookie" not in item.headers for item in server.seen)


@pytest.mark.parametrize("status", [403, 404])
async def test_a_server_without_test_users_offers_its_institution_alone(status: int) -> None:
    async with ScriptedServer() as server:
        server.on("GET /v1/auth/me", UNSIGNED)
        server.on("OPTIONS /v1/auth/login-test", said({"detail": "Method Not Allowed"}, 405))
        server.on("GET /v1/auth/login-test", said({"detail": "no"}, status))
        server.on("GET /v1/auth/login", answer(302, headers={"Location": "https://login.example.org/"}))
        found = await look(server.base, pace=FAST)
        assert found.generation is Generation.MAY
        assert found.sign_ins == {SignIn.INSTITUTION}
        assert "through your institution" in look_text(found).detail


@pytest.mark.parametrize(
    "page",
    [
        answer(200, "<html>Welcome</html>", "text/html"),
        answer(401, "<html>Log in</html>", "text/html"),
        answer(404, "<html>Not found</html>", "text/html"),
        said({"error": "token missing"}, 401),
        said(["a", "list"]),
        answer(302, headers={"Location": "/elsewhere"}),
        answer(200, "{not json", "application/json"),
        b"\x00\xff\xfe garbage \r\n\r\n",
    ],
    ids=["page", "login page", "404 page", "other API", "other JSON", "redirect", "broken", "garbage"],
)
async def test_what_is_not_the_calculator_is_said_not_to_be(page: bytes) -> None:
    async with ScriptedServer() as server:
        for path in ("/v1/session", "/v1/auth/me"):
            server.on(f"GET {path}", page)
        found = await look(server.base, pace=FAST)
        assert not found.found
        assert found.problem is not None
        assert found.problem.code is ProblemCode.NOT_THE_SERVER
        assert "not the calculator" in look_text(found).title


async def test_a_closed_port_is_told_and_tried_once() -> None:
    async with ScriptedServer() as server:
        base = server.base
    found = await look(base.removesuffix("/v1"), pace=FAST)
    assert found.problem is not None
    assert found.problem.code is ProblemCode.UNREACHABLE
    assert look_text(found).title == "No server answers at this address."


async def test_a_server_in_trouble_is_not_called_another_one() -> None:
    async with ScriptedServer() as server:
        server.on("GET /v1/session", said({"detail": "down for maintenance"}, 503))
        found = await look(server.base, pace=FAST)
        assert found.problem is not None
        assert found.problem.code is ProblemCode.BUSY
        assert not look_text(found).good


@pytest.mark.parametrize("address", ["", "host", "ftp://host", "https://", "https://user:pw@host", "http://[::1"])
async def test_no_address_is_no_server(address: str) -> None:
    found = await look(address, pace=FAST)
    assert not found.found
    assert not look_text(found).good


async def test_a_certificate_nobody_vouches_for_is_told_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SSL_CERT_FILE", "SSL_CERT_DIR"):
        monkeypatch.delenv(name, raising=False)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(TLS / "localhost.pem", TLS / "localhost.key")

    async def never(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    server = await asyncio.start_server(never, "127.0.0.1", 0, ssl=context)
    async with server:
        found = await look(f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1", pace=FAST)
    assert found.problem is not None
    assert found.problem.code is ProblemCode.CERTIFICATE
    assert "certificate is not trusted" in look_text(found).title
