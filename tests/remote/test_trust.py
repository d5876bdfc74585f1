"""Whom the client trusts and what it goes through: certificates always checked, proxies never for this computer."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from yearadmin.cache.store import Cache
from yearadmin.contract.problems import Problem, ProblemCode, ProblemError
from yearadmin.remote.api import Api
from yearadmin.remote.transport import Transport
from yearadmin.remote.wire import is_this_machine
from yearadmin.state.core import Core, ServerChoice
from yearadmin.state.model import ConnectionPhase
from yearadmin.words.told import tell_problem

from .conftest import FAST
from .lines import said

TLS = Path(__file__).resolve().parent.parent / "data" / "tls"
AUTHORITY = TLS / "localhost.pem"  # self-signed, for 127.0.0.1 and localhost, valid for a hundred years


@pytest.fixture
async def secure() -> AsyncIterator[str]:
    """The base URL of a server with a certificate nobody has heard of."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(AUTHORITY, TLS / "localhost.key")

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(said([], headers={"Connection": "close"}))
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
    yield f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    server.close()
    await server.wait_closed()


async def read(base_url: str, authority: Path | None = None) -> Problem | None:
    """What keeps the list of years from being read."""
    api = Api(Transport(base_url, pace=FAST, authority=authority))
    try:
        await api.list_years()
    except ProblemError as error:
        return error.problem
    finally:
        await api.aclose()
    return None


@pytest.fixture(autouse=True)
def no_authority_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SSL_CERT_FILE", "SSL_CERT_DIR", "NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)


async def test_a_certificate_nobody_vouches_for_is_refused_under_its_own_name(secure: str) -> None:
    problem = await read(secure)
    assert problem is not None
    assert problem.code is ProblemCode.CERTIFICATE
    assert "self-signed" in problem.server_words.replace("self signed", "self-signed")
    assert not problem.may_have_acted
    told = tell_problem(problem)
    assert "identity" in told.title
    assert "nothing was sent" in told.detail
    api = Api(Transport(secure, pace=FAST))
    trouble = await api.trouble()
    await api.aclose()
    assert trouble is not None
    assert trouble.code is ProblemCode.CERTIFICATE


async def test_the_profiles_authority_is_trusted(secure: str) -> None:
    assert await read(secure, AUTHORITY) is None


async def test_a_certificate_for_another_name_is_refused_though_its_authority_is_trusted(secure: str) -> None:
    problem = await read(secure.replace("127.0.0.1", "127.0.0.2"), AUTHORITY)
    assert problem is not None
    assert problem.code in (ProblemCode.CERTIFICATE, ProblemCode.UNREACHABLE)


async def test_the_environments_authorities_are_trusted(
    secure: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(AUTHORITY))
    assert await read(secure) is None
    monkeypatch.delenv("SSL_CERT_FILE")
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path))  # an empty directory: nobody is trusted
    problem = await read(secure)
    assert problem is not None
    assert problem.code is ProblemCode.CERTIFICATE


@pytest.mark.parametrize("text", [None, "no certificate at all"])
async def test_an_authority_that_cannot_be_read_is_said_and_nothing_is_sent(
    secure: str, tmp_path: Path, text: str | None
) -> None:
    path = tmp_path / "authority.pem"
    if text is not None:
        path.write_text(text, encoding="ascii")
    problem = await read(secure, path)
    assert problem is not None
    assert (problem.code, problem.subject) == (ProblemCode.CERTIFICATE, "authority.pem")


async def test_a_proxy_is_used_for_other_computers_and_never_for_this_one(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append((await reader.readuntil(b"\r\n\r\n")).split(b"\r\n")[0])
        writer.write(said([], headers={"Connection": "close"}))
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{port}")
    try:
        assert await read("http://calculator.example/v1") is None
        assert asked == [b"GET http://calculator.example/v1/year-configuration/ HTTP/1.1"]
        assert await read(f"http://127.0.0.1:{port}/v1") is None
        assert asked[1] == b"GET /v1/year-configuration/ HTTP/1.1"
    finally:
        server.close()
        await server.wait_closed()


async def test_a_proxys_address_that_is_none_is_a_clear_problem_without_its_password(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "gopher://me:secret@proxy.example:70")
    problem = await read("http://calculator.example/v1")
    assert problem is not None
    assert problem.code is ProblemCode.UNREACHABLE
    assert "PROXY" in problem.subject
    assert "secret" not in str(problem)


@pytest.mark.parametrize(
    ("host", "is_ours"),
    [("localhost", True), ("127.0.0.1", True), ("127.8.0.1", True), ("::1", True), ("10.0.0.1", False), ("a.b", False)],
)
def test_this_computer_is_known_by_its_names(host: str, is_ours: bool) -> None:
    assert is_this_machine(host) is is_ours


async def test_the_engine_trusts_the_authority_of_its_server(secure: str, tmp_path: Path) -> None:
    for authority, expected in ((None, ProblemCode.CERTIFICATE), (AUTHORITY, ProblemCode.UNREADABLE)):
        core = Core(ServerChoice(secure, authority=authority), Cache(tmp_path / "cache.sqlite"), this_year=2026)
        await core.start()
        try:
            assert await core.connected() is ConnectionPhase.OFFLINE
            problem = core.store.state.connection.problem
            assert problem is not None
            assert problem.code is expected
        finally:
            await core.close()
