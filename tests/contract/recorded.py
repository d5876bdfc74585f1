"""The recorded answers of the production server, by folder and number."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).parent.parent / "data"
JULY, MAY = "recordings", "recordings-2026-05"


@dataclass(frozen=True)
class Recording:
    """One recorded exchange."""

    method: str
    path: str
    request_body: object
    status: int
    media_type: str
    body: object
    headers: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        """The body as it was sent."""
        return json.dumps(self.body) if self.media_type == "application/json" else str(self.body)


def find(folder: str, number: str) -> Path:
    (path,) = (DATA / folder).glob(f"{number}_*")
    return path


def recording(folder: str, number: str) -> Recording:
    exchange = json.loads(find(folder, number).read_text(encoding="utf-8"))
    request, response = exchange["request"], exchange["response"]
    headers = tuple((name, value) for name, value in response["headers"])
    kind = dict(headers).get("content-type", "").partition(";")[0]
    return Recording(
        request["method"], request["path"], request["body"], response["status"], kind, response["body"], headers
    )


def every(folder: str, ending: str) -> list[Path]:
    return sorted((DATA / folder).glob(f"*.{ending}"))
