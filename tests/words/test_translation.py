"""The language is found, loaded and switched."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QLocale
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from yearadmin import places
from yearadmin.desktop import translation
from yearadmin.words.translate import language, translate, use_translator
from yearadmin.words.years import chip_text


class _Listener(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.heard: list[str] = []

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.heard.append(chip_text(True))


def test_the_language_is_switched_while_the_window_is_open(compiled: None, qtbot: QtBot, qapp: QApplication) -> None:
    widget = _Listener()
    qtbot.addWidget(widget)
    widget.show()
    try:
        translation.install(qapp, "fr")
        QCoreApplication.processEvents()
        assert widget.heard[-1] == "Ouverte aux utilisateurs"
        assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Annuler"
        assert language() == "fr"
        translation.install(qapp, "en")
        QCoreApplication.processEvents()
        assert widget.heard[-1] == "Open to users"
        assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Cancel"
    finally:
        translation.install(qapp, "en")
        use_translator(None, "en")


@pytest.mark.parametrize("code", translation.LANGUAGES)
def test_a_program_without_a_window_speaks_every_language(compiled: None, code: str) -> None:
    ask = translation.translator_for(code)
    assert ask is not None
    counted = [ask("words.slots", "%n row(s)", "", n) for n in (0, 1, 2)]
    assert counted == {"en": ["%n rows", "%n row", "%n rows"], "fr": ["%n ligne", "%n ligne", "%n lignes"]}[code]
    assert ask("words.slots", "no such text", "", -1) == ""


def test_the_saved_language_comes_before_that_of_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    system = QLocale("fr_CH")
    monkeypatch.setattr(QLocale, "system", staticmethod(lambda: system))
    assert translation.choose_language("en") == "en"
    assert translation.choose_language() == "fr"
    assert translation.choose_language("tlh") == "fr"
    monkeypatch.setattr(QLocale, "system", staticmethod(lambda: QLocale("ja_JP")))
    assert translation.choose_language() == "en"


def test_without_compiled_translations_the_texts_are_good_english(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "translations_dir", lambda: tmp_path)
    assert translation.translator_for("fr") is None
    translation.speak("en")
    assert [translate("words.slots", "%n row(s)", "", n) for n in (0, 1, 2)] == ["0 rows", "1 row", "2 rows"]
