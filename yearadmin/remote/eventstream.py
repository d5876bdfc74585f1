"""Server-sent events after the WHATWG standard: bytes in, events out, whatever the network cuts them into.

Never touches the network, never splits a line at anything but CR, LF or CRLF, and never holds more than one event.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

MAX_EVENT = 8 * 1024 * 1024
_LINE_END = re.compile("[\r\n]")


@dataclass(frozen=True, slots=True)
class ServerEvent:
    """One event; ``event`` is ``message`` when the server gave it no name, ``id`` the last one seen."""

    event: str
    data: str
    id: str = ""


class EventTooLargeError(Exception):
    """A line or an event grew past the limit without an end; ``limit`` counts characters."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"an event of more than {limit} characters")
        self.limit = limit


class EventDecoder:
    """Decodes one connection's bytes; make a new one for each connection.

    ``retry`` is the reconnection time in milliseconds the server asked for, or None; ``last_id`` the last event id.
    An event that is not finished when the bytes end is dropped, as the standard says.
    """

    def __init__(self, limit: int = MAX_EVENT) -> None:
        self.retry: int | None = None
        self.last_id = ""
        self._limit = limit
        self._text = codecs.getincrementaldecoder("utf-8")("replace")
        self._at_start = True
        self._after_cr = False  # the last line ended in CR: a LF that follows belongs to it
        self._line: list[str] = []
        self._line_size = 0
        self._event = ""
        self._data: list[str] = []
        self._data_size = 0

    def feed(self, chunk: bytes) -> list[ServerEvent]:
        """Take the next bytes and return the events they complete. Raises :class:`EventTooLargeError`."""
        text = self._text.decode(chunk)
        if text and self._at_start:
            self._at_start = False
            text = text.removeprefix("\ufeff")
        if text and self._after_cr:
            self._after_cr = False
            text = text.removeprefix("\n")
        events: list[ServerEvent] = []
        at = 0
        while found := _LINE_END.search(text, at):
            self._collect(text[at : found.start()])
            at = found.end()
            if found.group() == "\r":
                if at == len(text):
                    self._after_cr = True
                elif text[at] == "\n":
                    at += 1
            line = "".join(self._line)
            self._line.clear()
            self._line_size = 0
            if line:
                self._field(line)
            elif event := self._dispatch():
                events.append(event)
        self._collect(text[at:])
        return events

    def _collect(self, piece: str) -> None:
        if piece:
            self._line.append(piece)
            self._line_size += len(piece)
            if self._line_size + self._data_size > self._limit:
                raise EventTooLargeError(self._limit)

    def _field(self, line: str) -> None:
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if name == "data":
            self._data.append(value)
            self._data_size += len(value) + 1
            if self._data_size > self._limit:  # a flood of empty data lines grows too
                raise EventTooLargeError(self._limit)
        elif name == "event":
            self._event = value
        elif name == "id":
            if "\0" not in value:
                self.last_id = value
        elif name == "retry" and value.isascii() and value.isdigit():
            self.retry = int(value[:12])

    def _dispatch(self) -> ServerEvent | None:
        name, data = self._event, self._data
        self._event, self._data, self._data_size = "", [], 0
        # No data line, no event: an id or a comment alone never makes one.
        return ServerEvent(name or "message", "\n".join(data), self.last_id) if data else None
