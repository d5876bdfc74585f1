"""The check of the translations finds what it must."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.words.conftest import ROOT, load_tool

check = load_tool("check_translations")

CODE = """
from yearadmin.words.translate import translate

A = translate("words.x", "Year {year} can’t be opened")
def rows(n):
    return translate("words.x", "%n row(s)", "", n)
"""
FRENCH = {"Year {year} can’t be opened": "L’année {year} ne peut pas être ouverte", "%n row(s)": "%n ligne"}


def _project(folder: Path, code: str = CODE) -> Path:
    (folder / "yearadmin").mkdir(exist_ok=True)
    (folder / "yearadmin" / "x.py").write_text(code, encoding="utf-8")
    check.update(folder)
    return folder


def _translated(folder: Path, changed: dict[str, str] | None = None) -> Path:
    root = _project(folder)
    file = root / "i18n" / "yearadmin_fr.ts"
    texts = FRENCH | (changed or {})
    messages = [
        check.replace(
            message,
            state="",
            forms=(texts[message.source], texts[message.source] + "s") if message.plural else (texts[message.source],),
        )
        for message in check.read_messages(file)
    ]
    check.write_messages(file, messages, "fr")
    return root


def test_a_complete_translation_has_no_fault(tmp_path: Path) -> None:
    assert check.check(_translated(tmp_path)) == []


def test_english_needs_only_its_plurals_and_they_follow_the_code(tmp_path: Path) -> None:
    _project(tmp_path)
    (message,) = check.read_messages(tmp_path / "i18n" / "yearadmin_en.ts")
    assert message.forms == ("%n row", "%n rows")


def test_a_text_that_is_not_translated_yet_is_a_fault(tmp_path: Path) -> None:
    faults = check.check(_project(tmp_path))
    assert [fault.split(":")[1] for fault in faults] == [" unfinished", " unfinished"]


@pytest.mark.parametrize(
    ("source", "french", "fault"),
    [
        ("Year {year} can’t be opened", "L’année ne peut pas être ouverte", "placeholders none instead of {year}"),
        ("Year {year} can’t be opened", "L'année {year} ne peut pas", "straight quotation mark or apostrophe"),
        ("Year {year} can’t be opened", "Année {year} fermée !", "before ; ! ?"),
        ("Year {year} can’t be opened", "Année {year} : fermée", "before : or »"),
        ("Year {year} can’t be opened", "« {year}\u00a0»", "after «"),
        ("Year {year} can’t be opened", "“{year}”", "English quotation marks"),
        ("Year {year} can’t be opened", "Année {year}...", "three dots"),
        ("%n row(s)", "ligne", "placeholders none instead of %n"),
        ("%n row(s)", "%n ligne(s)", "plural not written out"),
    ],
)
def test_a_wrong_translation_is_a_fault(tmp_path: Path, source: str, french: str, fault: str) -> None:
    faults = check.check(_translated(tmp_path, {source: french}))
    assert any(fault in line and source in line for line in faults), faults


def test_a_new_text_is_missing_and_a_gone_one_is_told(tmp_path: Path) -> None:
    root = _translated(tmp_path)
    (root / "yearadmin" / "x.py").write_text(CODE.replace("can’t be opened", "is open"), encoding="utf-8")
    faults = "\n".join(check.check(root))
    assert "yearadmin_fr.ts: missing: [words.x] “Year {year} is open”" in faults
    assert "yearadmin_fr.ts: no longer in the code: [words.x] “Year {year} can’t be opened”" in faults


def test_english_plurals_are_required(tmp_path: Path) -> None:
    root = _translated(tmp_path)
    check.write_messages(root / "i18n" / "yearadmin_en.ts", [], "en")
    assert check.check(root) == ["yearadmin_en.ts: missing: [words.x] “%n row(s)”"]


def test_an_update_keeps_the_translations_and_changes_nothing_twice(tmp_path: Path) -> None:
    root = _translated(tmp_path)
    file = root / "i18n" / "yearadmin_fr.ts"
    before = file.read_text(encoding="utf-8")
    check.update(root)
    assert file.read_text(encoding="utf-8") == before
    assert "<location" not in before


@pytest.mark.parametrize(
    ("call", "fault"),
    [
        ('translate("words.x", f"Year {A}")', "must be written out"),
        ('translate("words.x", A)', "must be written out"),
        ('translate("words.x", "%n row(s)", n=3)', "by position"),
        ('translate("words.x", "%n row(s)")', "needs its number"),
        ('translate("words.x", "%n row(s)", "", len(A))', "plain variable"),
        ("f\"{translate('words.x', 'inside')}\"", "not extracted"),
        ('translate("words.x", "can\'t")', "straight quotation mark"),
    ],
)
def test_a_call_the_extraction_can_not_see_is_a_fault(tmp_path: Path, call: str, fault: str) -> None:
    root = _project(tmp_path, f'from yearadmin.words.translate import translate\nA = "a"\nB = {call}\n')
    assert any(fault in line for line in check.check(root))


def test_the_tool_ends_with_1_and_says_each_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check.main(["--root", str(_translated(tmp_path))]) == 0
    (tmp_path / "i18n" / "yearadmin_fr.ts").unlink()
    assert check.main(["--root", str(tmp_path)]) == 1
    assert "missing: [words.x] “%n row(s)”" in capsys.readouterr().err


def test_a_file_that_is_no_translation_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = _translated(tmp_path)
    (root / "i18n" / "yearadmin_fr.ts").write_text("<TS", encoding="utf-8")
    assert check.main(["--root", str(root)]) == 2
    assert "yearadmin_fr.ts can’t be read" in capsys.readouterr().err


def test_the_four_texts_of_the_open_button_keep_their_keys() -> None:
    contexts = {message.context for message in check.read_messages(ROOT / "i18n" / "yearadmin_fr.ts")}
    assert {
        "data_management_year_already_open",
        "data_management_year_opened_success",
        "data_management_year_is_open",
        "data_management_year_is_not_open",
    } <= contexts
    assert not any(context.startswith("data_management_unit_sync") for context in contexts)
