"""What this program did: a rotating log of JSON lines, a list of its latest exchanges, and a bundle for support.

Everything passes a :class:`Redactor` first. Never raises for what the disk does: a line that can't be written is lost.
"""

from __future__ import annotations

import json
import logging
import os
import tempfile
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from yearadmin import __version__
from yearadmin.redaction import Redactor

FILE_BYTES = 2 * 1024 * 1024
FILES = 5  # the present one and those before it
_OURS = "yearadmin"
_LATEST = 1000
_LIBRARIES = (
    "PySide6-Essentials",
    "fastapi",
    "httpx",
    "keyring",
    "platformdirs",
    "pydantic",
    "qasync",
    "sqlalchemy",
    "uvicorn",
)
_STANDARD = set(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}

activity_log = logging.getLogger("yearadmin.activity")


@dataclass(frozen=True, slots=True)
class Activity:
    """One exchange with the server, or an attempt at one. ``status`` is None when no answer came.

    ``path`` is without the server; ``milliseconds`` until the answer was read; ``sent`` and ``received`` in bytes.
    ``words`` are the server's own about a failure, ``failure`` is our code for it.
    """

    at: datetime
    method: str
    path: str
    status: int | None = None
    milliseconds: float | None = None
    sent: int = 0
    received: int = 0
    request_id: str = ""
    failure: str = ""
    words: str = ""


ActivityListener = Callable[[Activity], None]


class ActivityList:
    """The latest exchanges, the newest last; older ones are let go. Use from one thread."""

    def __init__(self, redactor: Redactor, *, most: int = _LATEST) -> None:
        self._redactor = redactor
        self._items: deque[Activity] = deque(maxlen=most)
        self._listeners: list[ActivityListener] = []

    @property
    def items(self) -> tuple[Activity, ...]:
        """What is held, oldest first."""
        return tuple(self._items)

    def add(self, activity: Activity) -> Activity:
        """Note an exchange, redacted, in the list and in the log; returns what was noted."""
        clean = self._redactor.text
        noted = replace(
            activity,
            method=clean(activity.method),
            path=clean(activity.path),
            request_id=clean(activity.request_id),
            failure=clean(activity.failure),
            words=str(self._redactor.value(activity.words)),
        )
        self._items.append(noted)
        fields = {key: value for key, value in asdict(noted).items() if key != "at" and value not in ("", None)}
        activity_log.info("%s %s %s", noted.method, noted.path, noted.status or noted.failure, extra=fields)
        for listener in tuple(self._listeners):
            listener(noted)
        return noted

    def subscribe(self, listener: ActivityListener) -> Callable[[], None]:
        """Call ``listener`` with each exchange noted from now on, until the function returned is called."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    def matching(self, words: str) -> tuple[Activity, ...]:
        """Those in which every one of ``words`` occurs, capitals not counting; all when there are none."""
        wanted = words.casefold().split()
        return tuple(item for item in self._items if all(word in as_line(item).casefold() for word in wanted))

    def clear(self) -> None:
        """Let go of all."""
        self._items.clear()


def as_line(item: Activity) -> str:
    """An exchange as one line of text, for searching and copying; the time is UTC."""
    spent = "" if item.milliseconds is None else f"{item.milliseconds:.0f} ms"
    status = "" if item.status is None else str(item.status)
    parts = (_time(item.at), item.method, item.path, status, spent, f"{item.received} B", item.request_id)
    return "\t".join(" ".join(part.split()) for part in (*parts, item.failure, item.words)).rstrip()


class _Lines(logging.Formatter):
    """One JSON object per record: UTC time, level, logger, message, what was given along, and the error."""

    def __init__(self, redactor: Redactor) -> None:
        super().__init__()
        self._redactor = redactor

    def format(self, record: logging.LogRecord) -> str:
        clean = self._redactor
        try:
            message = record.getMessage()
        except Exception:  # arguments that do not fit: the sentence alone still says something
            message = f"{record.msg} (arguments left out)"
        line: dict[str, object] = {
            "at": _time(datetime.fromtimestamp(record.created, UTC)),
            "level": record.levelname,
            "logger": clean.text(record.name),
            "message": clean.value(message),
        }
        given = {key: value for key, value in vars(record).items() if key not in _STANDARD}
        if given:
            line["with"] = clean.value(given)
        if record.exc_info and record.exc_info[1] is not None:
            line["error"] = clean.text("".join(traceback.format_exception(record.exc_info[1])))
        elif record.exc_text:
            line["error"] = clean.text(record.exc_text)
        if record.stack_info:
            line["stack"] = clean.text(record.stack_info)
        return json.dumps(line, ensure_ascii=False)


class _PrivateFile(RotatingFileHandler):
    """Files for this user alone; trouble with the disk is counted, not printed: a print may show what is hidden."""

    lost = 0

    def _open(self) -> TextIOWrapper:
        number = os.open(self.baseFilename, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
        return os.fdopen(number, "a", encoding="utf-8", errors="backslashreplace")

    def handleError(self, record: logging.LogRecord) -> None:
        self.lost += 1


@dataclass
class Logbook:
    """The open log of this run. ``path`` is None when there is no place for a file."""

    path: Path | None
    redactor: Redactor
    activity: ActivityList
    _handler: _PrivateFile | None = None
    _former_level: int = field(default=logging.NOTSET, repr=False)

    @property
    def lines_lost(self) -> int:
        """How many lines could not be written."""
        return self._handler.lost if self._handler is not None else 0

    def files(self) -> tuple[Path, ...]:
        """The log files there are, the newest first."""
        if self.path is None:
            return ()
        named = (self.path, *(Path(f"{self.path}.{number}") for number in range(1, FILES)))
        return tuple(path for path in named if path.is_file())

    def close(self) -> None:
        """Write what is pending and stop logging to the file; may be called twice."""
        if self._handler is not None:
            logging.getLogger().removeHandler(self._handler)
            logging.getLogger(_OURS).setLevel(self._former_level)
            with suppress(OSError):  # what is stuck in its buffer on a full disk is lost
                self._handler.close()
            self._handler = None


def open_logbook(
    folder: Path, *, name: str = "yearadmin", level: int = logging.INFO, redactor: Redactor | None = None
) -> Logbook:
    """Log this program's records from ``level`` and others' warnings into ``folder``; close it at the end.

    ``name`` tells programs that run at the same time apart: each turns over its own files. Never raises.
    """
    redactor = redactor or Redactor()
    book = Logbook(None, redactor, ActivityList(redactor))
    path = folder / f"{name}.log"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handler = _PrivateFile(path, maxBytes=FILE_BYTES, backupCount=FILES - 1, encoding="utf-8")
    except OSError:
        return book
    handler.setFormatter(_Lines(redactor))
    handler.addFilter(lambda record: record.name.split(".")[0] == _OURS or record.levelno >= logging.WARNING)
    ours = logging.getLogger(_OURS)
    book.path, book._handler, book._former_level = path, handler, ours.level
    ours.setLevel(level)
    logging.getLogger().addHandler(handler)
    return book


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a bundle, exactly as it will be written."""

    name: str
    content: bytes

    @property
    def size(self) -> int:
        """Bytes."""
        return len(self.content)

    @property
    def text(self) -> str:
        """The content for reading."""
        return self.content.decode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class Bundle:
    """What support would get: looked at first, then written as it is or not at all."""

    parts: tuple[Part, ...]

    def write(self, path: Path) -> None:
        """Write a ZIP file for this user alone, whole or not at all. Blocks for a moment; raises OSError."""
        import zipfile

        number, name = tempfile.mkstemp(prefix=f"{path.name}.", suffix=".new", dir=path.parent)
        try:
            with os.fdopen(number, "wb") as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                for part in self.parts:
                    archive.writestr(part.name, part.content)
            Path(name).replace(path)
        except BaseException:
            with suppress(OSError):
                Path(name).unlink()
            raise


def diagnostics(book: Logbook, settings: Mapping[str, object], *, now: datetime) -> Bundle:
    """Put together log, versions, settings and latest exchanges, all redacted once more. Writes nothing; may block."""
    clean = book.redactor
    about = {"made_at": _time(now), "lines_lost": book.lines_lost, **versions()}
    parts = [
        Part("about.json", _json(clean.value(about))),
        Part("settings.json", _json(clean.value(settings))),
        Part("activity.txt", "".join(f"{clean.text(as_line(item))}\n" for item in book.activity.items).encode()),
    ]
    for path in book.files():
        try:
            lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            continue
        parts.append(Part(f"log/{path.name}", "".join(f"{clean_line(clean, line)}\n" for line in lines).encode()))
    return Bundle(tuple(parts))


def clean_line(redactor: Redactor, line: str) -> str:
    """A line of the log, redacted again: what was not known to be secret when it was written may be by now."""
    try:
        return json.dumps(redactor.value(json.loads(line)), ensure_ascii=False)
    except (ValueError, RecursionError):
        return redactor.text(line)


def versions() -> dict[str, object]:
    """What this program runs on, without loading any of it."""
    import platform
    from importlib.metadata import PackageNotFoundError, version

    found: dict[str, object] = {}
    for library in _LIBRARIES:
        with suppress(PackageNotFoundError):
            found[library] = version(library)
    return {
        "yearadmin": __version__,
        "python": platform.python_version(),
        "system": platform.platform(),
        "machine": platform.machine(),
        "libraries": found,
    }


def copy_text(items: Iterable[Activity]) -> str:
    """Exchanges as lines for the clipboard."""
    return "".join(f"{as_line(item)}\n" for item in items)


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "backslashreplace")


def _time(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
