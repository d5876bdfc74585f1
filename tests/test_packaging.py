"""What is installed: the wheel carries everything, and what is left out is said by name."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.timeout(180)
def test_the_wheel_carries_resources_translations_and_migrations(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel", "-q", "--no-deps"]
    subprocess.run([*command, "--no-build-isolation", "-w", str(tmp_path), str(ROOT)], check=True)
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    for path in sorted((ROOT / "resources").rglob("*")):
        if path.is_file():
            assert f"yearadmin/_resources/{path.relative_to(ROOT / 'resources').as_posix()}" in names
    for path in sorted((ROOT / "yearadmin").rglob("*.py")):
        assert path.relative_to(ROOT).as_posix() in names
    assert {f"yearadmin/_i18n/yearadmin_{language}.qm" for language in ("en", "fr")} <= names
    assert "yearadmin/py.typed" in names
    assert not [name for name in names if name.startswith("tests/")]


def test_without_its_libraries_the_built_in_server_says_what_to_type() -> None:
    hidden = (
        "import sys; sys.modules['sqlalchemy'] = None; sys.argv = ['yearadmin', 'serve'];"
        "from yearadmin.__main__ import main; sys.exit(main())"
    )
    done = subprocess.run([sys.executable, "-c", hidden], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 2
    assert "pip install 'yearadmin[embedded]'" in done.stderr
    assert "Traceback" not in done.stderr
