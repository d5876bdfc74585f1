"""The compiled translations, the present language, and the clock of a Swiss office."""

from __future__ import annotations

import importlib.util
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from yearadmin.desktop.translation import speak
from yearadmin.words.translate import use_translator

ROOT = Path(__file__).resolve().parents[2]


def load_tool(name: str) -> ModuleType:
    """A script of ``packaging/`` as a module."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "packaging" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def compiled() -> None:
    load_tool("compile_translations").compile_translations()


@pytest.fixture(params=["en", "fr"])
def language(request: pytest.FixtureRequest, compiled: None) -> Iterator[str]:
    """Runs a test in both languages."""
    speak(request.param)
    yield request.param
    use_translator(None, "en")


@pytest.fixture
def french(compiled: None) -> Iterator[None]:
    speak("fr")
    yield
    use_translator(None, "en")


@pytest.fixture
def zurich(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The computer stands in Switzerland."""
    monkeypatch.setenv("TZ", "Europe/Zurich")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()
