"""Checks ``i18n/*.ts`` against the texts in the code: python packaging/check_translations.py [--update].

Says every fault on one line and ends with 1 when there is any; rewrites the files only with ``--update``.
"""

from __future__ import annotations

import argparse
import ast
import importlib.util
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from xml.etree import ElementTree
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parent.parent
FRENCH, ENGLISH = "yearadmin_fr.ts", "yearadmin_en.ts"
_PLACEHOLDER = re.compile(r"\{[^{}]*\}|%n|%L?\d+")


class ToolError(RuntimeError):
    """The extraction could not be run; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Message:
    """One text of a ``.ts`` file; ``forms`` holds the translation, or one for each plural form."""

    context: str
    source: str
    comment: str
    forms: tuple[str, ...]
    plural: bool
    state: str  # "", or Qt's "unfinished", "obsolete", "vanished"

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells it from all others."""
        return self.context, self.source, self.comment

    def __str__(self) -> str:
        source = self.source.replace("\n", "⏎")
        return f"[{self.context}] “{source}”" + (f" ({self.comment})" if self.comment else "")


def read_messages(path: Path) -> list[Message]:
    """All texts of a ``.ts`` file. Raises ToolError when it is none."""
    try:
        root = ElementTree.parse(path).getroot()
    except (OSError, ElementTree.ParseError) as error:
        raise ToolError(f"{path.name} can’t be read: {error}") from error
    found = []
    for context in root.iter("context"):
        for item in context.iter("message"):
            target = item.find("translation")
            forms = tuple(form.text or "" for form in target.iter("numerusform")) if target is not None else ()
            text = (target.text or "") if target is not None else ""
            found.append(
                Message(
                    context.findtext("name", ""),
                    item.findtext("source", ""),
                    item.findtext("comment", ""),
                    forms or (text,),
                    item.get("numerus") == "yes",
                    target.get("type", "") if target is not None else "unfinished",
                )
            )
    return found


def find_lupdate() -> Path:
    """Qt's extraction tool inside the installed PySide6. Raises ToolError when it is not there."""
    spec = importlib.util.find_spec("PySide6")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        for name in ("lupdate", "lupdate.exe"):
            if (Path(folder) / name).is_file():
                return Path(folder) / name
    raise ToolError(f"{sys.executable} has no PySide6 with lupdate. Install PySide6-Essentials into it.")


def python_files(root: Path) -> list[Path]:
    """The files texts are extracted from, in a stable order."""
    return sorted((root / "yearadmin").rglob("*.py"))


def extract(root: Path) -> list[Message]:
    """All texts in the code below ``root``, sorted, without translations. Raises ToolError."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "texts.ts"
        files = [str(path) for path in python_files(root)]
        done = subprocess.run(
            [str(find_lupdate()), "-silent", "-locations", "none", *files, "-ts", str(target)],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
        if done.returncode != 0 or not target.is_file():
            raise ToolError(f"lupdate ended with {done.returncode}.\n{done.stdout}{done.stderr}".strip())
        found = read_messages(target)
    # lupdate takes a Python text for a plural only when its number is written out as digits: %n tells better.
    texts = [replace(message, plural=message.plural or "%n" in message.source, forms=()) for message in found]
    return sorted(texts, key=lambda message: message.key)


def merge(wanted: list[Message], kept: list[Message], language: str) -> list[Message]:
    """The texts ``wanted`` with the translations there are; English plurals follow the code's "(s)"."""
    known = {(message.key, message.plural): message for message in kept}
    merged = []
    for message in wanted:
        old = known.get((message.key, message.plural))
        if language == "en":
            forms = (message.source.replace("(s)", ""), message.source.replace("(s)", "s"))
            merged.append(replace(message, forms=old.forms if old else forms, state=""))
        elif old is not None:
            merged.append(replace(message, forms=old.forms, state="unfinished" if old.state == "unfinished" else ""))
        else:
            merged.append(replace(message, forms=("", "") if message.plural else ("",), state="unfinished"))
    return merged


def write_messages(path: Path, messages: list[Message], language: str) -> None:
    """Write a ``.ts`` file as Qt's tools do, with its no-break spaces visible."""
    lines = ['<?xml version="1.0" encoding="utf-8"?>', "<!DOCTYPE TS>"]
    lines.append(f'<TS version="2.1" language="{language}" sourcelanguage="en">')
    for context, group in groupby(messages, key=lambda message: message.context):
        lines += ["<context>", f"    <name>{_xml(context)}</name>"]
        for message in group:
            lines.append('    <message numerus="yes">' if message.plural else "    <message>")
            lines.append(f"        <source>{_xml(message.source)}</source>")
            if message.comment:
                lines.append(f"        <comment>{_xml(message.comment)}</comment>")
            start = f'<translation type="{message.state}">' if message.state else "<translation>"
            if message.plural:
                forms = [f"            <numerusform>{_xml(form)}</numerusform>" for form in message.forms]
                lines += [f"        {start}", *forms, "        </translation>"]
            else:
                lines.append(f"        {start}{_xml(message.forms[0])}</translation>")
            lines.append("    </message>")
        lines.append("</context>")
    text = "\n".join([*lines, "</TS>", ""])
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _xml(text: str) -> str:
    return escape(text).replace("\u00a0", "&#xa0;").replace("\u202f", "&#x202f;")


def calls_in(path: Path, name: str) -> Iterator[tuple[str, tuple[str, str, str] | None]]:
    """Every call of ``translate`` in a file: what is wrong with it (or "") and the key that must be extracted."""
    try:
        tree = ast.parse(path.read_text(encoding="utf-8"))
    except SyntaxError as error:
        yield f"{name}:{error.lineno}: not Python {sys.version_info.major}.{sys.version_info.minor}: {error.msg}", None
        return
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "translate"):
            continue
        where = f"{name}:{node.lineno}"
        texts = [arg.value for arg in node.args[:3] if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
        if len(texts) != min(len(node.args), 3) or len(texts) < 2:
            yield f"{where}: context, text and comment must be written out here (no names, no f-strings)", None
        elif any(keyword.arg != "comment" for keyword in node.keywords) or node.keywords:
            yield f"{where}: give comment and number by position, or the extraction misses them", None
        elif len(node.args) == 4 and not isinstance(node.args[3], (ast.Name, ast.Constant)):
            yield f"{where}: the number must be a plain variable, or the extraction misses the text", None
        elif ("%n" in texts[1]) is not (len(node.args) == 4):
            yield f"{where}: a text with %n needs its number as fourth argument, and no other text may have one", None
        else:
            yield "", (texts[0], texts[1], texts[2] if len(texts) == 3 else "")


def faults_in_code(root: Path, extracted: set[tuple[str, str, str]]) -> Iterator[str]:
    """Calls that the extraction can’t see, and texts it did not find."""
    for path in python_files(root):
        for fault, key in calls_in(path, path.relative_to(root).as_posix()):
            if fault:
                yield fault
            elif key is not None and key not in extracted:
                yield f"{path.relative_to(root).as_posix()}: not extracted (inside an f-string?): [{key[0]}] “{key[1]}”"


def faults_in_text(text: str, language: str) -> Iterator[str]:
    """What is wrong with the typography of one text (fields in braces left aside)."""
    plain = re.sub(r"\{[^{}]*\}", "x", text)
    if "'" in plain or '"' in plain:
        yield "straight quotation mark or apostrophe"
    if "..." in plain:
        yield "three dots instead of …"
    if language != "fr":
        return
    if re.search("[^\u202f][;!?]", plain):
        yield "no narrow no-break space (U+202F) before ; ! ?"
    if re.search("[^\u00a0](:(?!//)|»)", plain):
        yield "no no-break space (U+00A0) before : or »"
    if re.search("«[^\u00a0]", plain):
        yield "no no-break space (U+00A0) after «"
    if re.search("[^\u202f]%(?!n)", plain):
        yield "no narrow no-break space (U+202F) before %"
    if "“" in plain or "”" in plain:
        yield "English quotation marks"


def _placeholders(text: str) -> list[str]:
    return sorted(_PLACEHOLDER.findall(text))


def faults_in_file(wanted: list[Message], kept: list[Message], language: str) -> Iterator[str]:
    """What the translations ``kept`` lack of the texts ``wanted``, and what is wrong with them."""
    known = {message.key: message for message in kept}
    for message in wanted:
        if message.key not in known:
            yield f"missing: {message}"
    current = {message.key for message in wanted}
    for message in kept:
        if message.state in ("obsolete", "vanished") or message.key not in current:
            yield f"no longer in the code: {message}"
        elif message.state == "unfinished" or not all(message.forms):
            yield f"unfinished: {message}"
        else:
            yield from _faults_in_message(message, language)


def _faults_in_message(message: Message, language: str) -> Iterator[str]:
    if "%n" in message.source and not (message.plural and len(message.forms) == 2):
        yield f"needs 2 plural forms: {message}"
    for form in message.forms:
        wanted, has = _placeholders(message.source), _placeholders(form)
        if wanted != has:
            yield f"placeholders {' '.join(has) or 'none'} instead of {' '.join(wanted) or 'none'}: {message}"
        if "(s)" in form:
            yield f"plural not written out: {message}"
        for fault in faults_in_text(form, language):
            yield f"{fault}: {message} → “{form}”"


def _files(root: Path, texts: list[Message]) -> Iterator[tuple[Path, str, list[Message], list[Message]]]:
    """Each ``.ts`` file: its language, the texts it must hold, and those it holds."""
    for name, language in ((FRENCH, "fr"), (ENGLISH, "en")):
        path = root / "i18n" / name
        wanted = [message for message in texts if language != "en" or message.plural]
        yield path, language, wanted, read_messages(path) if path.is_file() else []


def check(root: Path) -> list[str]:
    """Every fault of the translations of the code below ``root``. Raises ToolError."""
    texts = extract(root)
    faults = list(faults_in_code(root, {message.key for message in texts}))
    for message in texts:
        faults += (f"{fault} in the code: {message}" for fault in faults_in_text(message.source, "en"))
    for path, language, wanted, kept in _files(root, texts):
        faults += (f"{path.name}: {fault}" for fault in faults_in_file(wanted, kept, language))
    return faults


def update(root: Path) -> None:
    """Rewrite the ``.ts`` files from the code: new texts unfinished, gone ones dropped. Raises ToolError."""
    for path, language, wanted, kept in _files(root, extract(root)):
        write_messages(path, merge(wanted, kept, language), language)


def main(arguments: list[str] | None = None) -> int:
    """0 when all is well, 1 with the faults printed, 2 when the extraction can’t be run."""
    parser = argparse.ArgumentParser(description="Check the translations, or bring their files up to date.")
    parser.add_argument("--update", action="store_true", help="rewrite i18n/*.ts from the code first")
    parser.add_argument("--root", type=Path, default=ROOT, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    try:
        if options.update:
            update(options.root)
        faults = check(options.root)
    except ToolError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    for fault in faults:
        sys.stderr.write(f"{fault}\n")
    if faults:
        sys.stderr.write(f"{len(faults)} fault(s) in the translations; --update adds new texts and drops old ones.\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
