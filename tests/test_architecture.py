"""The house rules, read off the imports themselves: one-way floors, one place each for Qt's loop, HTTP and secrets."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "yearadmin"

# Each floor and the floors it may import; ``places``, the log and the version are free to all.
FLOORS: dict[str, set[str]] = {
    "contract": set(),
    "catalogue": {"contract"},
    "embedded": {"contract", "catalogue"},
    "remote": {"contract"},
    "cache": {"contract"},
    "state": {"contract", "catalogue", "remote", "cache"},
    "words": {"contract", "catalogue", "state"},
    "desktop": {"contract", "catalogue", "state", "words"},
}
FREE = {"places", "profiles", "logbook", "redaction", "__init__"}
TOP = {"tour"}  # packages that know everybody
MAX_LINES = 400


def sources() -> list[Path]:
    found = sorted(path for path in PACKAGE.rglob("*.py") if "_resources" not in path.parts)
    assert len(found) > 30
    return found


def floor_of(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def imports(path: Path) -> Iterator[tuple[str, int, bool]]:
    """Every module a file imports, its line, and whether only a type checker sees it."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    typing_only = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) in ("TYPE_CHECKING", "typing.TYPE_CHECKING")
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node.lineno, id(node) in typing_only
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}:{node.lineno} imports relatively"
            yield node.module, node.lineno, id(node) in typing_only


def test_each_floor_imports_only_floors_below_it() -> None:
    wrong = []
    for path in sources():
        floor = floor_of(path)
        if floor not in FLOORS:
            continue  # the entry points at the top know everybody
        for name, line, _ in imports(path):
            parts = name.split(".")
            if parts[0] != "yearadmin" or len(parts) == 1:
                continue
            if parts[1] not in FLOORS[floor] | {floor} | FREE:
                wrong.append(f"{path.relative_to(ROOT)}:{line} imports {name}")
    assert wrong == []


def test_every_package_of_the_program_has_its_floor() -> None:
    packages = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert packages == set(FLOORS) | TOP


@pytest.mark.parametrize("library", ["PySide6", "shiboken6", "qasync"])
def test_only_the_desktop_knows_qt(library: str) -> None:
    users = {floor_of(path) for path in sources() for name, _, _ in imports(path) if name.split(".")[0] == library}
    assert users <= {"desktop", "app", "tour"}


@pytest.mark.parametrize(("library", "home"), [("qasync", "desktop/loop.py"), ("keyring", "remote/secrets.py")])
def test_some_libraries_are_imported_by_one_file_only(library: str, home: str) -> None:
    users = {
        str(path.relative_to(PACKAGE))
        for path in sources()
        for name, _, _ in imports(path)
        if name.split(".")[0] == library
    }
    assert users <= {home}


def test_only_one_file_makes_an_http_client() -> None:
    makers = {
        str(path.relative_to(PACKAGE))
        for path in sources()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in ("AsyncClient", "Client")
    }
    assert makers == {"remote/client.py"}
    users = {floor_of(path) for path in sources() for name, _, _ in imports(path) if name.split(".")[0] == "httpx"}
    assert users <= {"remote", "embedded"}


HEAVY = {"httpx", "pydantic", "fastapi", "sqlalchemy", "keyring", "alembic", "uvicorn"}


@pytest.mark.parametrize("floor", ["desktop", "words"])
def test_the_window_and_the_words_load_no_heavy_library(floor: str) -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for path in sources()
        if floor_of(path) == floor
        for name, line, typing_only in imports(path)
        if name.split(".")[0] in HEAVY and not typing_only
    ]
    assert wrong == []


def test_no_dialog_blocks_the_loop() -> None:
    """A nested event loop inside a coroutine leaves other tasks stuck for good."""
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sources()
        if floor_of(path) == "desktop" and path.name != "loop.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("exec", "exec_")
    ]
    assert wrong == []


def test_no_file_grows_past_what_a_reader_holds_in_mind() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in [*sources(), *sorted((ROOT / "packaging").rglob("*.py"))]
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > MAX_LINES
    }
    assert long == {}


def test_every_file_says_what_it_is_for() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in sources()
        if path.stat().st_size and not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []
