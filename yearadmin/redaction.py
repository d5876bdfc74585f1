"""Takes secrets and personal data out of what is written down: log lines, the activity list, diagnostics.

Hides too much rather than too little. Never stores or logs what it has hidden.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import quote, quote_plus

HIDDEN = "[hidden]"
PERSONAL = "[personal]"
_LONGEST = 8000  # characters of one text
_MOST_ITEMS = 200
_DEEPEST = 12
_SHORTEST_SECRET = 6

# Anywhere within a name. No pattern begins with a repetition without a bound: on long texts that would take for ever.
_SECRET_NAMES = (
    r"(?:token|secret|passw(?:or)?d|passphrase|passwd|pwd|cookie|session(?!s?/)|api[_-]?key|authori[sz]ation"
    r"|credential|signature|auth[_-]|jwt|otp|saml)"
)
_PERSONAL_NAMES = (
    r"(?:display|first|last|full|given|family|user)[_-]?name|e?[_-]?mail(?:[_-]address)?|institutional[_-]id|sciper"
    r"|phone|sent_by|created_by|updated_by|changed_by|principal|affiliations?|operator"
)
_SECRET_KEY = re.compile(_SECRET_NAMES, re.IGNORECASE)
_PERSONAL_KEY = re.compile(rf"(?:{_PERSONAL_NAMES})\Z", re.IGNORECASE)
_NAME = re.compile(r"[\w.%-]{1,80}\Z")
# Beside one of these, ``name`` is a person's.
_OF_A_PERSON = re.compile(r"(?:e?mail|user_?id|institutional_?id|sciper|roles(?:_raw)?)\Z", re.IGNORECASE)

_QUOTED = r"""b?\\*"(?:[^"\\]|\\.)*"?|b?\\*'(?:[^'\\]|\\.)*'?"""
_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = (
    # Whole header lines: their values have spaces, commas and semicolons.
    (
        re.compile(
            r"\b((?:proxy-)?authori[sz]ation|(?:set-)?cookie2?|x-(?:auth-token|api-key|csrf-token))"
            r"(\\*[\"']?\s*(?:[:=]|,(?=\s*b?\\*[\"']))\s*)[^\r\n]+",
            re.IGNORECASE,
        ),
        rf"\1\2{HIDDEN}",
    ),
    (re.compile(r"\b(bearer|basic|negotiate|digest)\s+[\w.~+/=-]{6,}", re.IGNORECASE), rf"\1 {HIDDEN}"),
    (re.compile(r"\bey[JI][\w-]{3,}(?:\.[\w-]*)*"), HIDDEN),  # a JSON Web Token, whole or cut
    (
        re.compile(
            rf"({_SECRET_NAMES}[\w.%-]{{0,200}}?)(\\*[\"']?\s*(?:[=:]|%3[AD]|,(?=\s*b?\\*[\"']))\s*)"
            rf"(?:[\[({{][^\r\n]*|{_QUOTED}|[^\s&;,\"'}})\]]+)",  # where a structure ends is not for a pattern to say
            re.IGNORECASE,
        ),
        rf"\1\2{HIDDEN}",
    ),
    (
        re.compile(
            rf"(\b(?:{_PERSONAL_NAMES}))(\\*[\"']?\s*[=:]\s*)(?:{_QUOTED}|[^\s&;,\"'}})\]]+)",
            re.IGNORECASE,
        ),
        rf"\1\2{PERSONAL}",
    ),
    # What a sign-on brings back in an address, and any long value there.
    (
        re.compile(r"([?&#](?:code|nonce|ticket|key|sig|user|login_hint|relaystate)=)[^&\s\"'#]+", re.IGNORECASE),
        rf"\1{HIDDEN}",
    ),
    # A job's state is a word in capitals (contract section 4), a sign-on's is not.
    (re.compile(r"([?&#]state=)(?![A-Z_]{1,11}(?![\w.~-]))[^&\s\"'#]+"), rf"\1{HIDDEN}"),
    (re.compile(r"([?&#][\w.%-]+=)[^&\s\"'#]{25,}"), rf"\1{HIDDEN}"),
    (re.compile(r"(://)[^/\s@\"']{1,2000}@"), rf"\1{HIDDEN}@"),
    (re.compile(r"[\w.!#$&*+/=?^`{|}~-]{1,64}(?:@|%40)[\w-]+(?:\.[\w-]+)+"), PERSONAL),
    # Nothing we write is one run of 40 letters and digits, but opaque tokens are.
    (re.compile(r"(?<![\w-])(?=[\w-]*\d)[\w-]{40,}"), HIDDEN),
)


class Redactor:
    """Knows what secrets look like, and the very ones in use once told: those are found wherever they appear."""

    def __init__(self) -> None:
        self._known: tuple[str, ...] = ()
        try:
            self._home = str(Path.home())
        except RuntimeError:
            self._home = ""

    def __repr__(self) -> str:
        return f"Redactor({len(self._known)} known)"

    def learn(self, *secrets: str) -> None:
        """Hide these texts from now on: the cookies in use, the operator's name. Too short ones would hide too much."""
        known = set(self._known)
        for secret in secrets:
            if len(secret) >= _SHORTEST_SECRET:
                known.update(_spellings(secret))
        # The longest first, so that no rest of it is left by a shorter one it contains.
        self._known = tuple(sorted(known, key=lambda text: (-len(text), text)))

    def text(self, text: str) -> str:
        """``text`` without secrets, personal data and the name of the operator's home."""
        for secret in self._known:
            if secret in text:
                text = text.replace(secret, HIDDEN)
        if len(self._home) > 3:
            text = text.replace(self._home, "~")
        whole = len(text)
        text = text[: 4 * _LONGEST]
        for pattern, replacement in _PATTERNS:
            text = pattern.sub(replacement, text)
        return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}… ({whole} characters)"

    def value(self, value: object, depth: int = 0) -> object:
        """Anything as plain JSON values without secrets, structures looked through, bytes only counted."""
        if value is None or isinstance(value, bool | int | float):
            return value
        if depth > _DEEPEST:
            return "…"
        if isinstance(value, str):
            return self._parsed(value, depth)
        if isinstance(value, bytes | bytearray | memoryview):
            return f"({len(value)} bytes)"
        if isinstance(value, Mapping):
            return self._mapping(value, depth)
        if isinstance(value, Iterable):
            return self._items(list(value), depth)
        return self.text(str(value))

    def _parsed(self, text: str, depth: int) -> object:
        """A text that is JSON is looked through and written again; any other is searched as it is."""
        if text[:1] in ("{", "[") and len(text) < 1_000_000:
            try:
                return self.text(json.dumps(self.value(json.loads(text), depth + 1), ensure_ascii=False))
            except (ValueError, RecursionError):
                pass
        return self.text(text)

    def _mapping(self, mapping: Mapping[object, object], depth: int) -> dict[str, object]:
        a_person = any(_OF_A_PERSON.match(_bare(key)) for key in mapping)
        found: dict[str, object] = {}
        for key, item in list(mapping.items())[:_MOST_ITEMS]:
            name = _bare(key)
            if _SECRET_KEY.search(name):
                shown: object = HIDDEN
            elif item is not None and (_PERSONAL_KEY.match(name) or (a_person and name.lower() == "name")):
                shown = PERSONAL
            else:
                shown = self.value(item, depth + 1)
            found[self.text(str(key))] = shown
        return found

    def _items(self, items: list[object], depth: int) -> list[object]:
        # Headers also come as pairs.
        if len(items) == 2 and isinstance(items[0], str | bytes):
            name = _bare(items[0])
            if _NAME.match(name) and _SECRET_KEY.search(name):
                return [self.text(name), HIDDEN]
            if _PERSONAL_KEY.match(name):
                return [name, PERSONAL]
        return [self.value(item, depth + 1) for item in items[:_MOST_ITEMS]]


def _bare(key: object) -> str:
    """A name without what Python writes around one in bytes."""
    name = key.decode("latin-1") if isinstance(key, bytes) else str(key)
    return name[2:-1] if name[:2] in ("b'", 'b"') else name


def _spellings(secret: str) -> set[str]:
    """How a secret may be written: as it is, inside JSON, inside Python's quotes, inside an address."""
    quoted = json.dumps(secret)[1:-1]
    spelled = {
        secret,
        quoted,
        json.dumps(secret, ensure_ascii=False)[1:-1],
        repr(secret)[1:-1],
        ascii(secret)[1:-1],
        quote(secret, safe="", errors="replace"),
        quote(secret, errors="replace"),
        quote_plus(secret, errors="replace"),
    }
    return {text for text in spelled if len(text) >= _SHORTEST_SECRET and text not in HIDDEN and text not in PERSONAL}
