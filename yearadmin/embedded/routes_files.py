"""Uploaded files (contract section 5.3): sending, listing, reading and removing them.

Never shows a path outside the files' root.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import FileResponse, JSONResponse, Response
from starlette.requests import ClientDisconnect

from yearadmin.embedded import permissions as rules
from yearadmin.embedded.auth import SignedIn, User, signed_in
from yearadmin.embedded.context import context_of
from yearadmin.embedded.errors import invalid, refused
from yearadmin.embedded.files import FileStore, ForbiddenPathError, checked_path
from yearadmin.embedded.uploads import Landed, Upload, discard, fresh_folder

router = APIRouter(prefix="/files", tags=["files"])

_RUNS_IN_A_BROWSER = (".html", ".htm", ".svg", ".xml", ".js", ".xhtml")


@router.post("/temp-upload")
async def upload(request: Request) -> Response:
    """Keep CSV files until a dispatch uses them."""
    try:
        return await _upload(request)
    except ClientDisconnect:
        return Response(status_code=400)  # nobody is there to read it


async def _upload(request: Request) -> Response:
    refusal = await _refusal(request)
    folder = fresh_folder(context_of(request).settings.files_dir)
    if refusal is not None:
        await _drain(request.stream())  # a client that is still sending would not hear the answer
        raise refusal
    taking = Upload(request.headers.get("content-type", ""), folder)
    try:
        await taking.read(request.stream())
        if taking.fault is not None:
            raise refused(taking.fault.status, str(taking.fault))
        if not taking.landed:
            raise invalid(("body", "files"), "Field required", None, "missing")
    except BaseException:
        await run_in_threadpool(discard, folder)
        raise
    return JSONResponse([_landed_node(folder, item) for item in taking.landed])


async def _refusal(request: Request) -> HTTPException | None:
    try:
        user = await signed_in(request)
    except HTTPException as error:
        return error
    if user.may(rules.CONFIGURATION, "edit") or rules.may_sync_some_module(user.permissions):
        return None
    return refused(403, f"Permission denied: requires {rules.CONFIGURATION}.edit or module sync")


async def _drain(pieces: AsyncIterator[bytes]) -> None:
    async for _ in pieces:
        pass


def _landed_node(folder: Path, item: Landed) -> dict[str, Any]:
    return {
        "name": item.name,
        "path": f"tmp/{folder.name}/{item.name}",
        "size": item.size,
        "mime_type": item.mime_type,
        "is_file": True,
        "children": [],
    }


def _may(user: User, action: str) -> None:
    if not user.may(rules.CONFIGURATION, action):
        raise refused(403, f"Permission denied: requires {rules.CONFIGURATION}.{action}")


def _place(request: Request, path: str) -> tuple[FileStore, str, Path]:
    files = FileStore(context_of(request).settings.files_dir)
    try:
        clean = checked_path(path)
        return files, clean, files.place(clean)
    except (ForbiddenPathError, OSError, ValueError) as error:
        raise refused(400, "The path is not allowed.") from error


@router.get("/")
async def list_files(
    request: Request, user: SignedIn, path: str = "", recursive: Annotated[bool, Query()] = False
) -> Response:
    """The entries of a folder; an unknown folder has none."""
    _may(user, "view")
    files, _, place = _place(request, path)
    if place.is_file():
        raise refused(400, "The path is a file, not a folder.")
    return JSONResponse(await run_in_threadpool(_nodes, files.root.resolve(), place, recursive))


def _nodes(root: Path, folder: Path, recursive: bool) -> list[dict[str, Any]]:
    if not folder.is_dir():
        return []
    return [_node(root, entry, recursive) for entry in sorted(folder.iterdir())]


def _node(root: Path, entry: Path, recursive: bool) -> dict[str, Any]:
    shown: dict[str, Any] = {"name": entry.name, "path": entry.relative_to(root).as_posix()}
    if entry.is_file():
        landed = Landed(entry.name, entry.stat().st_size)
        return {**shown, "size": landed.size, "mime_type": landed.mime_type, "is_file": True, "children": []}
    children = _nodes(root, entry, recursive) if recursive else []
    return {**shown, "is_file": False, "children": children}


@router.get("/{path:path}")
async def download(request: Request, path: str, user: SignedIn, d: Annotated[bool, Query()] = False) -> Response:
    """The bytes of a file; ``d=true`` as a download."""
    _may(user, "view")
    _, _, place = _place(request, path)
    if not place.is_file():
        raise refused(404, "The file was not found.")
    attached = d or place.suffix.lower() in _RUNS_IN_A_BROWSER
    response = FileResponse(place, media_type=Landed(place.name, 0).mime_type)
    response.headers["X-Content-Type-Options"] = "nosniff"
    if attached:
        response.headers["Content-Disposition"] = _disposition(place.name)
    return response


def _disposition(name: str) -> str:
    plain = name.encode("ascii", "replace").decode().replace('"', "_").replace("?", "_")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


@router.delete("/{path:path}", status_code=204)
async def remove(request: Request, path: str, user: SignedIn) -> Response:
    """Remove an upload that no job has taken; nothing else can be removed."""
    _may(user, "edit")
    _, clean, place = _place(request, path)
    if not clean.startswith("tmp/"):
        raise refused(403, "Only files below tmp/ can be removed.")
    if place.is_file():
        await run_in_threadpool(place.unlink, True)
    return Response(status_code=204)
