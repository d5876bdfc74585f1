"""Invented people for the sample files.

Never uses a surname from a list: surnames are put together from syllables, so that no row can be about a real person.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from sample_data.dice import Dice


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_FIRST_NAMES = _words(
    "Adèle Agnès Aïcha Albane Aline Amélie Anaïs Andrin Anouk Armand Aurèle Bastien Béatrice Benoît Camille Cédric "
    "Céleste Chiara Clémence Corentin Danaé Dario Delphine Désirée Edgar Éléonore Élise Émile Ève Fabrice Félix Flore "
    "François Gaëlle Gaspard Ginevra Hélène Hervé Hugo Inès Ioana Irène Ivo Jérôme Joëlle Jonas Judith Kenza Klara "
    "Laure Léa Léonie Livia Loïc Lucien Maël Maïté Marlène Matteo Mélanie Milo Naïma Nils Noé Noémie Océane Odile "
    "Orlando Pascale Perrine Quentin Raphaël Régine René Romane Rüdiger Sanja Séverine Solène Stéphane Tamara "
    "Thaïs Théo Tiago Ulla Urs Valérie Véronique Viktor Wanda Xavière Yannick Yaël Zélie Zoé"
)
_STARTS = _words(
    "Aldv Belz Corv Dornk Eskr Fauv Galv Hurl Iskr Jorv Kermd Lundv Morv Nevr Orsim Pelzr Querv Roskv Sévr Trélv Ulmv "
    "Varsk Wesk Yzr Zanv"
)
_MIDDLES = _words("a e i o u é an el im or av ur isto ando eri")
_ENDS = _words(
    "bois brand court dal feld guy let lin lune mond nay pré quin riel sey tal ton val vaz veil vin zeau zier"
)


@dataclass(frozen=True)
class Person:
    """An invented person with an institution-wide id of six digits."""

    first: str
    last: str
    number: str
    email: str

    @property
    def listed(self) -> str:
        """Surname first, as staff lists have it."""
        return f"{self.last} {self.first}"

    @property
    def spoken(self) -> str:
        """First name first, as directories have it."""
        return f"{self.first} {self.last}"


def ascii_fold(text: str) -> str:
    """The text without accents, lower case, letters, digits, dots and hyphens only."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii").lower()
    return "".join(letter if letter.isalnum() or letter in ".-" else "-" for letter in plain)


class People:
    """Hands out people, no two with the same id or e-mail."""

    def __init__(self, dice: Dice, first_number: int = 104_000) -> None:
        self._dice = dice
        self._next = first_number
        self._emails: dict[str, int] = {}

    def someone(self) -> Person:
        """A person nobody has had yet."""
        dice = self._dice
        first = dice.pick(_FIRST_NAMES)
        last = dice.pick(_STARTS) + dice.pick(_MIDDLES) + dice.pick(_ENDS)
        self._next += dice.whole(3, 90)
        local = f"{ascii_fold(first)}.{ascii_fold(last)}"
        self._emails[local] = self._emails.get(local, 0) + 1
        if self._emails[local] > 1:
            local += str(self._emails[local])
        return Person(first, last, f"{self._next:06d}", f"{local}@example.org")
