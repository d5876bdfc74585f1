"""HTTP/1.1 that waits for nobody forever: a request that stands still, or only drips, is ended.

Never judges what is asked for; it only measures how the bytes of a request come in.
"""

from __future__ import annotations

import asyncio
import json
import logging
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

log = logging.getLogger("yearadmin.http")
log.setLevel(logging.ERROR)  # what is no HTTP is answered, not logged

_LEAST = 1024  # bytes of a body that must come in within one patience


def patient_protocol(patience: float) -> type[H11Protocol]:
    """The protocol for connections whose requests may stand still for ``patience`` seconds."""

    class _Patient(PatientProtocol):
        pass

    _Patient.patience = patience
    return _Patient


class PatientProtocol(H11Protocol):
    """Headers must be whole within ``patience`` seconds; a body must bring 1 kB in each such time."""

    patience = 30.0

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.logger = log
        self._deadline: asyncio.TimerHandle | None = None
        self._came = 0
        self._in_body = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._wait(in_body=False)

    def connection_lost(self, exc: Exception | None) -> None:
        self._rest()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self._came += len(data)
        super().data_received(data)
        self._look()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._look()

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no HTTP in the wire's own shape."""
        self._rest()
        if self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            self._answer(400, "This is not a well-formed request.")
        self.transport.close()

    def _look(self) -> None:
        """Wait for what is missing of a request, if something is."""
        if self.transport.is_closing():
            self._rest()
        elif self.conn.their_state is h11.SEND_BODY:
            if not self._in_body or self._deadline is None:
                self._wait(in_body=True)
        elif self.conn.their_state is h11.IDLE and self.conn.trailing_data[0]:
            if self._in_body or self._deadline is None:
                self._wait(in_body=False)
        else:
            self._rest()

    def _wait(self, *, in_body: bool) -> None:
        self._rest()
        self._in_body, self._came = in_body, 0
        self._deadline = self.loop.call_later(self.patience, self._is_over)

    def _rest(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _is_over(self) -> None:
        self._deadline = None
        if self.transport.is_closing():
            return
        if self._in_body and (self._came >= _LEAST or self.flow.read_paused):
            self._wait(in_body=True)  # it goes on, or it is us who do not listen
            return
        if self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            if self.cycle is not None and not self.cycle.response_complete:
                self.cycle.disconnected = True  # whoever reads the body is told that there is no more
                self.cycle.message_event.set()
            self._answer(408, "The request did not come in within the time allowed.")
        self.transport.close()

    def _answer(self, status: int, words: str) -> None:
        body = json.dumps({"detail": words}).encode()
        headers = [
            (b"content-type", b"application/json"),
            (b"content-length", str(len(body)).encode()),
            (b"connection", b"close"),
        ]
        try:
            for event in (h11.Response(status_code=status, headers=headers), h11.Data(data=body), h11.EndOfMessage()):
                self.transport.write(self.conn.send(event) or b"")
        except h11.LocalProtocolError:  # an answer is under way already
            return
