"""Loads the compiled translations and makes one of them the language of the program, at the start and while it runs.

Never shows anything; without a compiled translation the texts stay English.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from yearadmin import places
from yearadmin.words.translate import DEFAULT_LANGUAGE, Translator, use_translator

LANGUAGES = {"en": "English", "fr": "Français"}  # each named in its own language, never translated

# Qt keeps no reference of its own to the translators of an application.
_installed: list[QTranslator] = []


def choose_language(saved: str | None = None) -> str:
    """The language to use: the saved one, else the first the system asks for that exists here, else English."""
    wanted = [saved] if saved else []
    for name in [*wanted, *QLocale.system().uiLanguages()]:
        short = name.replace("_", "-").partition("-")[0].lower()
        if short in LANGUAGES:
            return short
    return DEFAULT_LANGUAGE


def translator_for(language: str) -> Translator | None:
    """What translates into ``language``; needs no application. None when no compiled translation is there."""
    loaded = _load(language)
    return None if loaded is None else _ask(loaded)


def speak(language: str) -> None:
    """Make ``language`` that of every sentence in a program without a window: the command line."""
    use_translator(translator_for(language), language)


def install(app: QCoreApplication, language: str) -> None:
    """Make ``language`` that of the whole program: our sentences, the widgets' own texts and Qt's dialogs.

    May be called again at any time: Qt then tells every widget that the language changed.
    """
    ours = _load(language)
    use_translator(None if ours is None else _ask(ours), language)
    for old in _installed:
        app.removeTranslator(old)
    _installed.clear()
    QLocale.setDefault(QLocale(language))
    for translator in (_load_qt(language), ours):
        if translator is not None:
            _installed.append(translator)
            app.installTranslator(translator)


def _load(language: str) -> QTranslator | None:
    translator = QTranslator()
    path = places.translations_dir() / f"yearadmin_{language}.qm"
    return translator if path.is_file() and translator.load(str(path)) else None


def _load_qt(language: str) -> QTranslator | None:
    translator = QTranslator()
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    return translator if translator.load(f"qtbase_{language}", folder) else None


def _ask(loaded: QTranslator) -> Translator:
    def ask(context: str, text: str, comment: str, n: int) -> str:
        return loaded.translate(context, text, comment, n) or ""

    return ask
