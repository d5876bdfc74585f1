"""Each endpoint asks exactly what the contract says and reads what comes back."""

from __future__ import annotations

import asyncio
import tracemalloc
from collections.abc import Awaitable
from pathlib import Path
from uuid import UUID

import pytest

from yearadmin.contract.enums import IngestionMethod, TargetType
from yearadmin.contract.jobs import DispatchConfig, DispatchRequest
from yearadmin.contract.problems import ProblemCode, ProblemError
from yearadmin.remote.api import Api
from yearadmin.remote.era import Era

from .lines import SIGNED_IN, Line, ScriptedServer, answer, events, said, silence

YEAR = {"year": 2026, "configuration_completed": None}
ID = "7d0e0000-0000-4000-8000-000000000001"
USER = {"id": 1, "email": "a@example.org", "permissions": {"backoffice.configuration": ["view", "edit"]}}
STORED = [{"name": "f.csv", "path": "tmp/1/f.csv", "size": 3, "is_file": True, "children": []}]


async def code_of(action: Awaitable[object]) -> ProblemCode:
    with pytest.raises(ProblemError) as caught:
        await action
    return caught.value.problem.code


async def test_signing_in_as_a_role_keeps_the_cookies_and_follows_no_redirect(server: ScriptedServer, api: Api) -> None:
    elsewhere = f"http://127.0.0.1:{server.port}/home"
    server.on("GET /v1/auth/login-test", answer(302, headers={"Location": elsewhere, **SIGNED_IN}))
    server.on("GET /v1/session", said(USER))
    await api.login_test("calco2.backoffice.admin")
    assert (await api.session()).can_edit_configuration
    assert [item.path for item in server.seen] == ["/v1/auth/login-test", "/v1/session"]
    assert server.seen[0].query == {"role": "calco2.backoffice.admin"}
    assert server.seen[1].headers["cookie"] == "auth_token=a1; refresh_token=r1"


@pytest.mark.parametrize("status", [403, 404])
async def test_a_server_without_test_sign_in_says_it_is_not_offered(
    server: ScriptedServer, api: Api, status: int
) -> None:
    server.on("GET /v1/auth/login-test", said({"detail": "no"}, status))
    assert await code_of(api.login_test("x")) is ProblemCode.FORBIDDEN


async def test_a_sign_in_page_is_not_a_sign_in(server: ScriptedServer, api: Api) -> None:
    server.on("GET /v1/auth/login-test", answer(302, headers={"Location": "/sso"}), answer(404, "<p>", "text/html"))
    assert await code_of(api.login_test("x")) is ProblemCode.NOT_THE_SERVER
    assert await code_of(api.login_test("x")) is ProblemCode.NOT_THE_SERVER


async def test_the_generation_of_the_server_is_found_by_its_session_and_remembered(
    server: ScriptedServer, api: Api
) -> None:
    server.on("GET /v1/auth/me", said({"id": 2, "email": "m", "permissions": {}}))
    eras = [api.era]
    assert (await api.session()).id == 2
    assert (await api.session()).id == 2
    eras.append(api.era)
    assert eras == [Era.UNKNOWN, Era.MAY]
    assert server.count("GET /v1/session") == 1


async def test_not_being_signed_in_tells_the_generation_too(server: ScriptedServer, api: Api) -> None:
    server.on("GET /v1/session", said({"detail": "who?"}, 401))
    assert await code_of(api.session()) is ProblemCode.NOT_SIGNED_IN
    assert api.era is Era.JULY


async def test_signing_out_forgets_the_cookies_even_when_the_server_fails(
    server: ScriptedServer, signed_in: Api
) -> None:
    server.on("DELETE /v1/session", answer(500, "oops", "text/plain"))
    server.on("GET /v1/session", said({"detail": "who?"}, 401))
    with pytest.raises(ProblemError):
        await signed_in.sign_out()
    server.seen.clear()
    assert await code_of(signed_in.session()) is ProblemCode.NOT_SIGNED_IN
    assert "cookie" not in server.seen[0].headers


async def test_signing_out_of_a_server_of_may_uses_its_own_path(server: ScriptedServer, signed_in: Api) -> None:
    server.on("POST /v1/auth/logout", said({"message": "bye"}))
    await signed_in.sign_out()
    assert server.count("POST /v1/auth/logout") == 1


async def test_years_are_asked_with_the_slash_and_kept_as_they_came(server: ScriptedServer, api: Api) -> None:
    server.on("GET /v1/year-configuration/", said([YEAR, {"year": 2025, "is_started": True}]))
    got = await api.list_years()
    assert [(item.year, item.is_started, str(item.provisioned)) for item in got.value] == [
        (2026, False, "no"),
        (2025, True, "unknown"),
    ]
    assert got.raw.startswith('[{"year": 2026')


async def test_a_year_is_created_closed_and_opened_by_the_smallest_patch(server: ScriptedServer, api: Api) -> None:
    server.on("POST /v1/year-configuration/2026", said({**YEAR, "pipeline_id": ID}, 201))
    server.on("PATCH /v1/year-configuration/2026", said({**YEAR, "is_started": True}))
    assert (await api.create_year(2026)).value.pipeline_id == UUID(ID)
    assert (await api.patch_year(2026, {"is_started": True})).value.is_started
    assert [item.json for item in server.seen] == [{"is_started": False}, {"is_started": True}]


async def test_running_pipelines_of_all_modules_cost_one_request(server: ScriptedServer, api: Api) -> None:
    server.on("GET /v1/sync/active-pipelines", said({"8": ID}))
    server.on("GET /v1/sync/active-pipelines/year/2026", said([ID]))
    assert await api.active_module_pipelines(2026, range(1, 9)) == {8: ID}
    assert await api.active_module_pipelines(2026, []) == {}
    assert await api.active_year_pipelines(2026) == (ID,)
    assert server.seen[0].query == {"year": "2026", "modules": "1,2,3,4,5,6,7,8"}
    assert len(server.seen) == 2


async def test_a_dispatch_sends_numbers_and_leaves_out_what_is_not_set(server: ScriptedServer, api: Api) -> None:
    server.on("POST /v1/sync/dispatch", said({"job_id": 3, "state": 0, "message": "m", "pipeline_id": ID}))
    request = DispatchRequest(
        ingestion_method=IngestionMethod.CSV,
        target_type=TargetType.FACTORS,
        year=2026,
        config=DispatchConfig(module_type_id=4),
        file_path="tmp/1/f.csv",
    )
    started = await api.dispatch(request)
    assert (started.job_id, str(started.pipeline_id)) == (3, ID)
    assert server.seen[0].json == {
        "ingestion_method": 1,
        "target_type": 1,
        "year": 2026,
        "filters": {},
        "config": {"module_type_id": 4},
        "file_path": "tmp/1/f.csv",
    }


async def test_a_repaired_set_up_names_a_job_and_no_pipeline(server: ScriptedServer, api: Api) -> None:
    server.on("POST /v1/sync/units", said({"job_id": 9, "state": 0, "message": "m", "pipeline_id": None}))
    started = await api.sync_units(2026)
    assert (started.job_id, started.pipeline_id) == (9, None)
    assert server.seen[0].json == {"target_year": 2026}


async def test_a_pipeline_is_aborted_or_in_may_its_active_jobs_cancelled(server: ScriptedServer, api: Api) -> None:
    server.on(f"POST /v1/sync/pipelines/{ID}/abort", said({"aborted_job_ids": [1]}))
    await api.abort_pipeline(ID)
    server.on("GET /v1/auth/me", said(USER))
    await api.session()
    server.on(f"GET /v1/sync/pipelines/{ID}", said({"jobs": [{"job_id": 1, "state": 3}, {"job_id": 2, "state": 2}]}))
    server.on("POST /v1/sync/jobs/2/cancel", said({"job_id": 2}))
    await api.abort_pipeline(ID)
    assert [server.count(f"POST /v1/sync/{path}") for path in (f"pipelines/{ID}/abort", "jobs/2/cancel")] == [1, 1]


async def test_health_is_found_beside_the_version_or_at_the_root_or_by_the_session(
    server: ScriptedServer, api: Api
) -> None:
    server.on("GET /healthz", answer(200, "<html>", "text/html"))
    assert await api.healthy() is False
    server.on("GET /v1/session", said({"detail": "who?"}, 401))
    assert await api.healthy() is True
    server.on("GET /healthz", said({"status": "ok"}))
    server.on("GET /v1/session", silence)
    assert await api.healthy() is True
    server.on("GET /healthz", silence)
    assert await api.healthy() is False


async def test_a_file_arrives_under_a_name_the_server_takes(server: ScriptedServer, api: Api, tmp_path: Path) -> None:
    file = tmp_path / "f.csv"
    file.write_bytes("a,b\r\né,2\r\n".encode())
    server.on("POST /v1/files/temp-upload", said(STORED))
    heard: list[tuple[int, int]] = []
    node = await api.temp_upload(file, "été & co.csv", lambda sent, total: heard.append((sent, total)))
    assert node.path == "tmp/1/f.csv"
    assert heard == [(0, 11), (11, 11)]
    (seen,) = server.seen
    boundary = seen.headers["content-type"].removeprefix("multipart/form-data; boundary=")
    assert int(seen.headers["content-length"]) == seen.size
    assert "transfer-encoding" not in seen.headers
    disposition = 'Content-Disposition: form-data; name="files"; filename="été _ co.csv"'
    lines = f"--{boundary}\r\n{disposition}\r\nContent-Type: text/csv\r\n\r\na,b\r\né,2\r\n\r\n--{boundary}--\r\n"
    assert seen.body.decode() == lines


async def test_a_large_file_is_never_held_in_memory_and_its_progress_only_grows(
    server: ScriptedServer, api: Api, tmp_path: Path
) -> None:
    size = 48 * 1024 * 1024
    file = tmp_path / "large.csv"
    with file.open("wb") as sparse:
        sparse.truncate(size)
    server.on("POST /v1/files/temp-upload", said(STORED))
    server.on("GET /v1/year-configuration/", said([]))
    await api.list_years()  # the HTTP library is loaded before memory is counted
    heard: list[int] = []
    tracemalloc.start()
    try:
        await api.temp_upload(file, "large.csv", lambda sent, total: heard.append(sent))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 12 * 1024 * 1024
    assert heard == sorted(set(heard))
    assert heard[-1] == size
    assert server.seen[-1].size > size


async def test_a_cancelled_upload_stops_and_leaves_the_client_usable(
    server: ScriptedServer, api: Api, tmp_path: Path
) -> None:
    file = tmp_path / "large.csv"
    with file.open("wb") as sparse:
        sparse.truncate(200 * 1024 * 1024)
    server.on("GET /v1/year-configuration/", said([YEAR]))
    moving = asyncio.Event()

    def hear(sent: int, _: int) -> None:
        if sent:
            moving.set()

    upload = asyncio.create_task(api.temp_upload(file, "large.csv", hear))
    await asyncio.wait_for(moving.wait(), 5)
    upload.cancel()
    with pytest.raises(asyncio.CancelledError):
        await upload
    assert (await api.list_years()).value[0].year == 2026
    assert server.count("POST /v1/files/temp-upload") == 1
    assert server.seen[0].size < 200 * 1024 * 1024


async def test_a_file_that_is_gone_or_shrinks_is_told_by_its_name(
    server: ScriptedServer, api: Api, tmp_path: Path
) -> None:
    file = tmp_path / "f.csv"
    assert await code_of(api.temp_upload(file, "f.csv", lambda *_: None)) is ProblemCode.FILE_MISSING
    assert await code_of(api.temp_upload(tmp_path, "f.csv", lambda *_: None)) is ProblemCode.FILE_MISSING
    file.write_bytes(b"x" * 1_000_000)
    server.on("POST /v1/files/temp-upload", said(STORED))

    def shrink(sent: int, _: int) -> None:
        file.write_bytes(b"x")

    assert await code_of(api.temp_upload(file, "f.csv", shrink)) is ProblemCode.FILE_MISSING


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (400, ProblemCode.TOO_LARGE),
        (413, ProblemCode.TOO_LARGE),
        (415, ProblemCode.NOT_CSV),
        (422, ProblemCode.REFUSED),
    ],
)
async def test_a_refused_upload_says_why_and_which_file(
    server: ScriptedServer, api: Api, tmp_path: Path, status: int, code: ProblemCode
) -> None:
    file = tmp_path / "f.csv"
    file.write_bytes(b"x")
    server.on("POST /v1/files/temp-upload", said({"detail": "no"}, status))
    with pytest.raises(ProblemError) as caught:
        await api.temp_upload(file, "f&.csv", lambda *_: None)
    assert (caught.value.problem.code, caught.value.problem.subject) == (code, "f&.csv")


async def test_an_upload_refused_early_with_a_closed_connection_still_tells_why(
    server: ScriptedServer, api: Api, tmp_path: Path
) -> None:
    file = tmp_path / "f.csv"
    file.write_bytes(b"x" * 300_000)
    server.on("POST /v1/files/temp-upload", said({"detail": "expired"}, 401))
    assert await code_of(api.temp_upload(file, "f.csv", lambda *_: None)) is ProblemCode.NOT_SIGNED_IN


async def test_an_upload_starts_again_after_a_renewed_session(
    server: ScriptedServer, signed_in: Api, tmp_path: Path
) -> None:
    file = tmp_path / "f.csv"
    file.write_bytes(b"abc")
    server.on("POST /v1/files/temp-upload", said({"detail": "expired"}, 401), said(STORED))
    server.on("POST /v1/session", said({"message": "ok"}))
    heard: list[int] = []
    await signed_in.temp_upload(file, "f.csv", lambda sent, _: heard.append(sent))
    assert heard == [0, 3, 0, 3]


async def test_a_stream_gives_its_events_and_ends_with_it(server: ScriptedServer, api: Api) -> None:
    server.on("GET /v1/s", events(b"data: 1\n", b"\nevent: p\ndata: 2\n\nda", b"ta: 3"))
    got = [(item.event, item.data) async for item in api.stream("/s")]
    assert got == [("message", "1"), ("p", "2")]
    assert server.seen[0].headers["accept"] == "text/event-stream"


async def test_a_stream_of_another_kind_is_refused_before_it_is_read(server: ScriptedServer, api: Api) -> None:
    async def first_of(path: str) -> object:
        return await anext(api.stream(path))

    async def never(line: Line) -> None:
        await silence(line)

    server.on("GET /v1/html", answer(200, "<p>", "text/html"))
    server.on("GET /v1/json", said({"detail": "x"}))
    server.on("GET /v1/gone", said({"detail": "x"}, 404))
    server.on("GET /v1/never", never)
    codes = [await code_of(first_of(path)) for path in ("/html", "/json", "/gone", "/never")]
    expected = [ProblemCode.NOT_THE_SERVER, ProblemCode.NOT_THE_SERVER, ProblemCode.NOT_FOUND, ProblemCode.TIMED_OUT]
    assert codes == expected
