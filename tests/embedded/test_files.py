"""Uploads and stored files: what is kept, under which names, and what never gets past the door."""

from __future__ import annotations

import http.client
from urllib.parse import urlsplit

import httpx
import pytest

from .backends import Backend

MIB = 1024 * 1024


def send(backend: Backend, *files: tuple[str, bytes, str]) -> httpx.Response:
    return backend.client().post("/files/temp-upload", files=[("files", file) for file in files])


def raw(backend: Backend, body: bytes, kind: str = "multipart/form-data; boundary=b") -> httpx.Response:
    return backend.client().post("/files/temp-upload", content=body, headers={"content-type": kind})


def part(name: str, content: bytes = b"a,b\n", kind: str | None = "text/csv") -> bytes:
    typed = f"Content-Type: {kind}\r\n" if kind is not None else ""
    head = f'--b\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n{typed}\r\n'
    return head.encode() + content + b"\r\n"


def test_files_of_one_request_lie_side_by_side(backend: Backend) -> None:
    answer = send(backend, ("a.csv", b"a,b\n", "text/csv"), ("été (1).csv", b"a,b\n1,2\n", "text/csv"))
    assert answer.status_code == 200
    first, second = answer.json()
    assert first["path"].rpartition("/")[0] == second["path"].rpartition("/")[0]
    assert set(first) == {"name", "path", "size", "mime_type", "is_file", "children"}
    assert (second["name"], second["size"], second["mime_type"]) == ("été (1).csv", 8, "text/csv")
    got = backend.client().get(f"/files/{second['path']}")
    assert got.content == b"a,b\n1,2\n"
    assert got.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "name",
    [
        "a&b.csv",
        "a,b.csv",
        "a+b.csv",
        "a%2Fb.csv",
        "a..csv/../x.csv",
        "..",
        ".csv",
        "",
        "a\x00.csv",
        "a" * 250 + ".csv",
    ],
)
def test_a_name_that_is_not_allowed_is_400_and_not_500(backend: Backend, name: str) -> None:
    answer = raw(backend, part(name) + b"--b--\r\n")
    assert answer.status_code == 400
    assert isinstance(answer.json()["detail"], str)


@pytest.mark.parametrize("name", ["donnée d'été (1).csv", "UPPER.CSV", "a - b [2].csv", "数据.csv"])
def test_names_people_use_are_kept(backend: Backend, name: str) -> None:
    answer = raw(backend, part(name) + b"--b--\r\n")
    assert answer.status_code == 200, answer.text
    assert answer.json()[0]["name"] == name


def test_a_folder_in_a_name_is_dropped(backend: Backend) -> None:
    for name in ("folder/a.csv", "C:\\\\folder\\\\a.csv"):
        assert raw(backend, part(name) + b"--b--\r\n").json()[0]["name"] == "a.csv"


@pytest.mark.parametrize(
    ("name", "kind"),
    [("a.xlsx", "text/csv"), ("a", "text/csv"), ("a.csv.exe", ""), ("a.csv", "image/png"), ("a.csv", "text/html")],
)
def test_what_is_not_csv_is_415(backend: Backend, name: str, kind: str) -> None:
    assert send(backend, (name, b"a", kind)).status_code == 415


@pytest.mark.parametrize(
    "kind", ["text/csv; charset=utf-8", "APPLICATION/CSV", "text/plain", "application/octet-stream", None]
)
def test_the_types_browsers_send_for_csv_are_taken(backend: Backend, kind: str | None) -> None:
    assert raw(backend, part("a.csv", kind=kind) + b"--b--\r\n").status_code == 200


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "multipart/form-data; boundary=b"),
        (b"--b--\r\n", "multipart/form-data; boundary=b"),
        (
            b'--b\r\nContent-Disposition: form-data; name="other"\r\n\r\nx\r\n--b--\r\n',
            "multipart/form-data; boundary=b",
        ),
        (b"{}", "application/json"),
        (b"x", "multipart/form-data"),
        (b"garbage without end", "multipart/form-data; boundary=b"),
        (part("a.csv"), "multipart/form-data; boundary=b"),
    ],
)
def test_a_form_without_files_is_422(backend: Backend, body: bytes, kind: str) -> None:
    answer = raw(backend, body, kind)
    assert answer.status_code == 422, answer.text


def test_nothing_of_a_refused_upload_stays(backend: Backend) -> None:
    before = sorted((backend.data_dir / "files" / "tmp").iterdir())
    assert send(backend, ("a.csv", b"a", "text/csv"), ("b.xlsx", b"a", "text/csv")).status_code == 415
    assert send(backend, ("a.csv", b"a", "text/csv"), ("a.csv", b"b", "text/csv")).status_code == 400
    assert sorted((backend.data_dir / "files" / "tmp").iterdir()) == before


def test_a_file_over_100_mib_is_400_and_one_of_100_mib_is_not(backend: Backend) -> None:
    assert send(backend, ("big.csv", bytes(100 * MIB + 1), "text/csv")).status_code == 400
    answer = send(backend, ("big.csv", bytes(100 * MIB), "text/csv"))
    assert answer.status_code == 200
    assert backend.client().delete(f"/files/{answer.json()[0]['path']}").status_code == 204


def test_an_upload_that_breaks_off_leaves_nothing(backend: Backend) -> None:
    before = sorted((backend.data_dir / "files" / "tmp").iterdir())
    where = urlsplit(backend.process.base_url)
    assert where.hostname
    line = http.client.HTTPConnection(where.hostname, where.port)
    line.putrequest("POST", "/v1/files/temp-upload")
    line.putheader("Content-Type", "multipart/form-data; boundary=b")
    line.putheader("Content-Length", str(MIB))
    line.putheader("Cookie", "; ".join(f"{name}={value}" for name, value in backend.client().cookies.items()))
    line.endheaders()
    line.send(part("broken.csv", bytes(64 * 1024)))
    line.close()
    for _ in range(100):
        if sorted((backend.data_dir / "files" / "tmp").iterdir()) == before:
            break
        backend.client().get("/session")
    assert sorted((backend.data_dir / "files" / "tmp").iterdir()) == before
    assert backend.process.errors == ""


def test_a_folder_is_listed_and_an_unknown_one_is_empty(backend: Backend) -> None:
    path = backend.put("listed.csv", "a\n")
    folder = path.rpartition("/")[0]
    client = backend.client()
    (node,) = client.get("/files/", params={"path": folder}).json()
    assert (node["path"], node["is_file"]) == (path, True)
    assert client.get("/files/", params={"path": "nowhere"}).json() == []
    assert client.get("/files/", params={"path": path}).status_code == 400
    assert "tmp" in [node["path"] for node in client.get("/files/").json()]
    whole = client.get("/files/", params={"path": "tmp", "recursive": "true"}).json()
    assert path in [child["path"] for node in whole for child in node["children"]]


def test_a_download_carries_its_name(backend: Backend) -> None:
    path = backend.put("été.csv", "a\n")
    disposition = backend.client().get(f"/files/{path}", params={"d": "true"}).headers["content-disposition"]
    assert disposition == "attachment; filename=\"_t_.csv\"; filename*=UTF-8''%C3%A9t%C3%A9.csv"
    assert "content-disposition" not in backend.client().get(f"/files/{path}").headers


def test_an_empty_file_is_downloaded_as_such(backend: Backend) -> None:
    answer = backend.client().get(f"/files/{backend.put('empty.csv', b'')}")
    assert (answer.status_code, answer.content) == (200, b"")


@pytest.mark.parametrize(
    "path", ["tmp/a&b.csv", "tmp/%2e%2e/%2e%2e/signing.key", "tmp/x%5C..%5Cy", "tmp/%00", "tmp/" + "a" * 5000]
)
def test_a_path_that_is_not_allowed_is_400(backend: Backend, path: str) -> None:
    for method in ("GET", "DELETE"):
        assert backend.client().request(method, f"/files/{path}").status_code == 400
    assert backend.client().get("/files/", params={"path": "../"}).status_code == 400


def test_only_uploads_can_be_removed(backend: Backend) -> None:
    path = backend.put("gone.csv", "a\n")
    client = backend.client()
    assert client.delete("/files/processed/1/x.csv").status_code == 403
    assert [client.delete(f"/files/{path}").status_code for _ in range(2)] == [204, 204]
    assert client.get(f"/files/{path}").status_code == 404


def test_a_link_never_leads_out_of_the_files(backend: Backend) -> None:
    folder = backend.data_dir / "files" / "tmp" / "link"
    folder.mkdir(parents=True)
    (folder / "key.csv").symlink_to(backend.data_dir / "signing.key")
    assert backend.client().get("/files/tmp/link/key.csv").status_code == 400
