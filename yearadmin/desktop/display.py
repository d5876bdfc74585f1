"""Whether there is a display to open a window on, asked before Qt, which ends the process when there is none.

Never opens a window and never imports Qt.
"""

from __future__ import annotations

import os
import re
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

_X_PORT = 6000
_WAIT = 2.0  # seconds for a display on another computer
_DISPLAY = re.compile(r"^(?P<host>.*):(?P<number>\d+)(\.\d+)?$")
_NEED_NONE = ("offscreen", "minimal", "vnc", "eglfs", "linuxfb")


def has_display(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> bool:
    """Whether a window can be opened. Always true where the system itself has windows."""
    if not platform.startswith(("linux", "freebsd")):
        return True
    if environment.get("QT_QPA_PLATFORM", "").partition(":")[0] in _NEED_NONE:
        return True
    return _has_wayland(environment) or _has_x(environment.get("DISPLAY", ""))


def _has_wayland(environment: Mapping[str, str]) -> bool:
    name = environment.get("WAYLAND_DISPLAY", "")
    if not name:
        return False
    path = Path(environment.get("XDG_RUNTIME_DIR", "/")) / name  # an absolute name stays itself
    return _answers(socket.AF_UNIX, str(path))


def _has_x(display: str) -> bool:
    found = _DISPLAY.match(display)
    if found is None:
        return False
    host, number = found["host"], int(found["number"])
    if host in ("", "unix"):
        local = f"/tmp/.X11-unix/X{number}"  # where X itself puts it
        return _answers(socket.AF_UNIX, local) or _answers(socket.AF_UNIX, f"\0{local}")
    return _answers(socket.AF_INET, (host, _X_PORT + number))


def _answers(family: socket.AddressFamily, address: str | tuple[str, int]) -> bool:
    try:
        if family is socket.AF_INET and isinstance(address, tuple):
            socket.create_connection(address, _WAIT).close()
        else:
            with socket.socket(family) as probe:
                probe.settimeout(_WAIT)
                probe.connect(address)
    except (OSError, ValueError):
        return False
    return True
