"""Whether the institution's sign-on page can be shown here, told without loading the web engine.

The engine is an optional extra of some hundred megabytes; nothing else in the program needs it.
"""

from __future__ import annotations

import os
from enum import StrEnum
from importlib.util import find_spec

from PySide6.QtCore import QCoreApplication, Qt

_MODULES = ("PySide6.QtWebEngineCore", "PySide6.QtWebEngineWidgets")


class Engine(StrEnum):
    """Whether web pages can be shown."""

    READY = "ready"
    MISSING = "missing"  # the extra is not installed
    AS_ROOT = "as_root"  # the engine's fence does not work for the administrator, and without it there is no page
    BROKEN = "broken"  # installed, but a library of the system is missing


def is_installed() -> bool:
    """Whether the extra is there."""
    return all(find_spec(name) is not None for name in _MODULES)


def engine() -> Engine:
    """Whether a page can be shown, as far as can be told before it is tried."""
    if not is_installed():
        return Engine.MISSING
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return Engine.AS_ROOT if is_root and os.environ.get("QTWEBENGINE_DISABLE_SANDBOX") != "1" else Engine.READY


def prepare() -> None:
    """Before the application is made: the engine, should it be wanted later, draws in the window's own context."""
    if is_installed():
        QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
