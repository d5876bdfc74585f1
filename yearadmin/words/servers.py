"""Servers in words: what they are called, what is wrong with a profile, and what a look at an address has found.

Never asks anything; never shows an address with a secret in it, for no profile holds one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from yearadmin.contract.problems import ProblemCode
from yearadmin.profiles import Profile, ProfileFault, ProfileKind, ProfilesNotice
from yearadmin.state.looking import Generation, Look, SignIn
from yearadmin.words.told import tell_problem
from yearadmin.words.translate import translate

F, N = ProfileFault, ProfilesNotice


def profile_name(profile: Profile) -> str:
    """What the server is called: its name, else this computer, else its host."""
    if profile.name:
        return profile.name
    if profile.kind is ProfileKind.EMBEDDED:
        return translate("words.servers", "This computer")
    return host_of(profile.base_url)


def profile_place(profile: Profile) -> str:
    """Where the server is, in a few words."""
    if profile.kind is ProfileKind.EMBEDDED:
        return translate("words.servers", "started with this program")
    return host_of(profile.base_url)


def host_of(address: str) -> str:
    """The host and port of an address; the address itself when it has none."""
    try:
        return urlsplit(address).netloc or address
    except ValueError:
        return address


_FAULTS: Mapping[ProfileFault, Callable[[], str]] = {
    F.NAME_MISSING: lambda: translate("words.servers", "Give the server a name, such as Stage."),
    F.NAME_TAKEN: lambda: translate("words.servers", "Another server already has this name."),
    F.ADDRESS_MISSING: lambda: translate("words.servers", "Type the server’s address."),
    F.ADDRESS_UNUSABLE: lambda: translate(
        "words.servers", "This is not a complete address. It begins with https:// and names a server."
    ),
    F.NOT_ENCRYPTED: lambda: translate(
        "words.servers",
        "Use https://: with http:// everybody on the way could read along. "
        "Only a server on this computer may do without.",
    ),
    F.HAS_CREDENTIALS: lambda: translate(
        "words.servers", "Leave the user name and the password out of the address: you sign in later."
    ),
    F.HAS_QUERY: lambda: translate("words.servers", "Leave out the question mark or # and all that follows it."),
    F.COLOUR_UNUSABLE: lambda: translate("words.servers", "Choose a colour."),
    F.CA_UNUSABLE: lambda: translate("words.servers", "Give the certificate file with its full path, or leave it out."),
}


def fault_text(fault: ProfileFault) -> str:
    """What is wrong with a profile, and what to do."""
    return _FAULTS[fault]()


_NOTICES: Mapping[ProfilesNotice, Callable[[], str]] = {
    N.NONE: lambda: "",
    N.SET_ASIDE: lambda: translate(
        "words.servers", "The list of servers was damaged. It was kept under another name, and a new one was begun."
    ),
    N.NEWER: lambda: translate(
        "words.servers",
        "A newer version of this program wrote the list of servers. It is left alone: changes are for this run only.",
    ),
    N.READ_ONLY: lambda: translate(
        "words.servers", "The list of servers can’t be read or written: changes are for this run only."
    ),
}


def profiles_notice(notice: ProfilesNotice) -> str:
    """What the operator should know about the list of servers; empty when there is nothing."""
    return _NOTICES[notice]()


@dataclass(frozen=True, slots=True)
class LookTold:
    """What a look has found: one sentence, more of it, and whether it is good."""

    title: str
    detail: str
    good: bool


def look_text(look: Look) -> LookTold:
    """What a look at an address has found."""
    if look.problem is not None or look.generation is None:
        return _tell_failed(look)
    if look.generation is Generation.MAY:
        title = translate("words.servers", "The calculator answers (generation of May 2026).")
    else:
        title = translate("words.servers", "The calculator answers.")
    parts = [_ways_in(look.sign_ins)]
    if look.base_url != look.asked:
        parts.append(translate("words.servers", "Its full address is {address}.").format(address=look.base_url))
    return LookTold(title, "\n".join(parts), good=True)


def _ways_in(sign_ins: frozenset[SignIn]) -> str:
    match SignIn.INSTITUTION in sign_ins, SignIn.TEST_USER in sign_ins:
        case True, True:
            return translate("words.servers", "You can sign in through your institution, or as a test user.")
        case True, False:
            return translate("words.servers", "You sign in through your institution.")
        case False, True:
            return translate("words.servers", "You sign in as a test user: it is a demo server.")
        case _:
            return translate("words.servers", "It offers no sign-in that this program knows.")


def _tell_failed(look: Look) -> LookTold:
    code = look.problem.code if look.problem is not None else ProblemCode.NOT_THE_SERVER
    if code is ProblemCode.NOT_THE_SERVER:
        return LookTold(
            translate("words.servers", "Something answers there, but it is not the calculator."),
            translate("words.servers", "Check the address; it usually ends in /api/v1."),
            good=False,
        )
    if code is ProblemCode.UNREACHABLE:
        return LookTold(
            translate("words.servers", "No server answers at this address."),
            translate("words.servers", "Check the spelling, your network and, away from the office, your VPN."),
            good=False,
        )
    if code is ProblemCode.CERTIFICATE and look.problem is not None and look.problem.subject:
        return LookTold(
            authority_unreadable(look.problem.subject),
            translate("words.servers", "Nothing was sent. Choose another file, or leave it out."),
            good=False,
        )
    if code is ProblemCode.CERTIFICATE:
        return LookTold(
            translate("words.servers", "The server could not prove its identity: its certificate is not trusted."),
            translate("words.servers", "Do not go on unless your IT support has told you why; nothing was sent to it."),
            good=False,
        )
    assert look.problem is not None
    told = tell_problem(look.problem)
    return LookTold(f"{told.title}.", told.sentences, good=False)


_COLOURS: Mapping[str, Callable[[], str]] = {
    "#2e6f9e": lambda: translate("words.servers", "Blue"),
    "#4a7c59": lambda: translate("words.servers", "Green"),
    "#0f7b83": lambda: translate("words.servers", "Teal"),
    "#6f4ba3": lambda: translate("words.servers", "Purple"),
    "#a83a78": lambda: translate("words.servers", "Pink"),
    "#b3261e": lambda: translate("words.servers", "Red"),
    "#b45309": lambda: translate("words.servers", "Orange"),
    "#5b6770": lambda: translate("words.servers", "Grey"),
}
COLOURS = tuple(_COLOURS)  # good ones: they differ for most eyes, and white can be read on each


def colour_name(colour: str) -> str:
    """A colour in words: its name, or that it is one of the operator's own."""
    known = _COLOURS.get(colour.lower())
    return known() if known is not None else translate("words.servers", "Own colour {colour}").format(colour=colour)


def authority_unreadable(name: str) -> str:
    """That the file of an authority's certificates is of no use."""
    return translate("words.servers", "The certificate file “{name}” can’t be read, or holds no certificate.").format(
        name=name
    )


def authority_explained() -> str:
    """What the certificate file of a server is for."""
    return translate(
        "words.servers",
        "The certificates of your institution’s own authority, as a PEM file from your IT support. "
        "They are trusted for this server, besides those your system trusts.",
    )


def careful_explained() -> str:
    """What the careful mark does."""
    return translate(
        "words.servers", "Opening and closing a year then asks for the year’s number to be typed. Good for production."
    )
