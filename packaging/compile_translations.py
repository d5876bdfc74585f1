"""Compiles ``i18n/*.ts`` to ``yearadmin/_i18n/*.qm``: as a script, and as the build hook that puts them into the wheel.

Never compiles what is up to date, and never lets a wheel be built without the translations it should carry.
"""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface

    Hook = BuildHookInterface[Any]
else:
    try:
        from hatchling.builders.hooks.plugin.interface import BuildHookInterface as Hook
    except ImportError:  # run as a script where nothing builds wheels
        Hook = object

ROOT = Path(__file__).resolve().parent.parent


class TranslationsError(RuntimeError):
    """The translations could not be compiled; the text says what to do."""


def find_lrelease() -> Path:
    """Qt's translation compiler inside the installed PySide6. Raises TranslationsError when it is not there."""
    spec = importlib.util.find_spec("PySide6")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        for name in ("lrelease", "lrelease.exe"):
            if (Path(folder) / name).is_file():
                return Path(folder) / name
    raise TranslationsError(
        f"{sys.executable} has no PySide6 with the translation compiler lrelease. Install PySide6-Essentials into it."
    )


def _compile(lrelease: Path, source: Path, target: Path) -> None:
    # Written aside and then moved, so that a program starting meanwhile never reads half a file.
    half = target.with_suffix(".qm.new")
    try:
        done = subprocess.run(
            [str(lrelease), "-silent", str(source), "-qm", str(half)],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
        if done.returncode != 0 or not half.is_file():
            said = "\n".join(part.strip() for part in (done.stdout, done.stderr) if part.strip())
            if "shared librar" in said:
                said += "\nQt needs a system library that is missing here; on Debian: apt-get install libglib2.0-0"
            raise TranslationsError(
                f"{source.name} could not be compiled (lrelease ended with {done.returncode}).\n{said}"
            )
        half.replace(target)
    finally:
        half.unlink(missing_ok=True)


def compile_translations(root: Path = ROOT) -> list[Path]:
    """Bring every ``.qm`` up to date with its ``.ts`` and remove those without one; all that exist then are returned.

    Raises TranslationsError. Without any ``.ts`` nothing is needed, not even PySide6.
    """
    folder = root / "yearadmin" / "_i18n"
    sources = sorted((root / "i18n").glob("*.ts"))
    targets = [folder / f"{source.stem}.qm" for source in sources]
    for stray in set(folder.glob("*.qm")) - set(targets):
        stray.unlink()
    old = [
        (source, target)
        for source, target in zip(sources, targets, strict=True)
        if not target.is_file() or target.stat().st_mtime_ns < source.stat().st_mtime_ns
    ]
    if old:
        folder.mkdir(parents=True, exist_ok=True)
        lrelease = find_lrelease()
        for source, target in old:
            _compile(lrelease, source, target)
    return targets


class CustomBuildHook(Hook):
    """Hatchling calls this before it builds; only wheels carry compiled translations."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, and name the results to a wheel; an editable install finds them in the source tree itself."""
        if self.target_name != "wheel":
            return
        targets = compile_translations(Path(self.root))
        if version != "editable":
            build_data["force_include"].update({str(target): f"yearadmin/_i18n/{target.name}" for target in targets})


if __name__ == "__main__":
    try:
        compile_translations()
    except TranslationsError as problem:
        sys.exit(str(problem))
