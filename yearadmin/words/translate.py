"""The one function through which every sentence goes on its way to a person, and the language it comes out in.

Knows no Qt: the window or the command line installs a translator; without one the texts stay English.
"""

from __future__ import annotations

from collections.abc import Callable

from yearadmin.words.digits import grouped

# (context, text, comment, n or -1) to the translation, with ``%n`` still in it; empty when there is none.
Translator = Callable[[str, str, str, int], str]

DEFAULT_LANGUAGE = "en"


def _none(context: str, text: str, comment: str, n: int) -> str:
    return ""


_translator: Translator = _none
_language = DEFAULT_LANGUAGE


def use_translator(translator: Translator | None, language: str) -> None:
    """From now on translate with ``translator`` and write numbers and dates as ``language`` ("en", "fr") does.

    None goes back to the texts as they are in the code.
    """
    global _translator, _language  # noqa: PLW0603  one language per process, as on the screen
    _translator = translator or _none
    _language = language


def language() -> str:
    """The present language, as a two-letter code."""
    return _language


def translate(context: str, text: str, comment: str = "", n: int | None = None) -> str:
    """The text in the present language.

    ``context`` and ``text`` must be written out where it is called, never inside an f-string, and ``n`` must be the
    fourth argument, a plain variable: only so does the extraction find them. Fields in braces are filled by the
    caller with ``.format`` afterwards; ``%n`` becomes ``n`` in the language's digits.
    """
    found = _translator(context, text, comment, -1 if n is None else n)
    if n is None:
        return found or text
    # English plurals are regular by convention, so that nobody ever reads "row(s)".
    return (found or text.replace("(s)", "" if n == 1 else "s")).replace("%n", grouped(n, _language))
