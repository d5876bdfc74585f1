"""The file that describes an institution's sign-on: which issuer, as which client, and who gets which role.

Reads and checks it; never repeats in a message what stands in it, for it may hold the client's secret.
"""

from __future__ import annotations

import ipaddress
import os
import stat
import tomllib
from collections.abc import Collection
from pathlib import Path
from typing import Annotated, Any, Literal, Self, TypeVar
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, StringConstraints, ValidationError, model_validator

from yearadmin.contract.enums import RoleName

M = TypeVar("M", bound=BaseModel)
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
_LARGEST = 1024 * 1024  # bytes


class SignOnConfigError(Exception):
    """The file can’t be used; the message is a sentence for whoever wrote it."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class RoleRule(_Strict):
    """One line of the mapping: one way to recognise people, and the role they get (contract section 2.1)."""

    email: Text | None = None
    subject: Text | None = None
    group: Text | None = None
    role: RoleName
    unit: Text | None = None
    affiliation: Text | None = None

    @model_validator(mode="after")
    def _is_complete(self) -> Self:
        if sum(item is not None for item in (self.email, self.subject, self.group)) != 1:
            raise ValueError("name exactly one of email, subject and group")
        needs_unit = self.role in (RoleName.USER_STANDARD, RoleName.USER_PRINCIPAL)
        needs_affiliation = self.role is RoleName.BACKOFFICE_METIER
        if (self.unit is not None) != needs_unit or (self.affiliation is not None) != needs_affiliation:
            raise ValueError("user roles need a unit, the metier role an affiliation, the admin role neither")
        return self

    def fits(self, person: Person) -> bool:
        """Whether the rule is about that person."""
        if self.email is not None:
            return person.email_is_verified and person.email.casefold() == self.email.casefold()
        if self.subject is not None:
            return person.subject == self.subject
        return self.group in person.groups

    @property
    def stored(self) -> dict[str, Any]:
        """The role as it is stored with a user and shown on the wire."""
        if self.role is RoleName.USER_STANDARD:
            scope = {"kind": "own", "institutional_id": self.unit}
        elif self.role is RoleName.USER_PRINCIPAL:
            scope = {"kind": "unit", "institutional_id": self.unit}
        elif self.role is RoleName.BACKOFFICE_METIER:
            scope = {"kind": "affiliation", "affiliation": self.affiliation}
        else:
            scope = {"kind": "global"}
        return {"role": str(self.role), "on": scope}


class Person(_Strict):
    """Who the issuer says has signed in. ``institutional_id`` is what the wire calls the person by."""

    subject: Text
    institutional_id: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
    email: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=320)]
    email_is_verified: bool = True
    display_name: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] = ""
    groups: frozenset[str] = frozenset()


class SignOnConfig(_Strict):
    """An institution's sign-on. URLs are absolute; ``public_url`` includes the version prefix."""

    issuer: Text
    client_id: Text
    client_secret: SecretStr | None = None
    client_secret_file: Path | None = None
    token_auth: Literal["client_secret_basic", "client_secret_post", "none"] | None = None
    public_url: Text | None = None
    frontend_url: Text | None = None
    hosts: tuple[Text, ...] = ()
    scopes: tuple[Text, ...] = ("openid", "email", "profile")
    id_claim: Text = "sub"
    groups_claim: Text = "groups"
    roles: tuple[RoleRule, ...] = ()
    roles_file: Path | None = None

    @model_validator(mode="after")
    def _is_sound(self) -> Self:
        for name in ("issuer", "public_url", "frontend_url"):
            url = getattr(self, name)
            if url is not None and not is_sound_url(url):
                raise ValueError(f"{name} must be an https:// address (http:// for this computer only)")
        if "openid" not in self.scopes:
            raise ValueError("scopes must name openid")
        if self.client_secret is not None and self.client_secret_file is not None:
            raise ValueError("give client_secret or client_secret_file, not both")
        if self.roles and self.roles_file is not None:
            raise ValueError("give roles or roles_file, not both")
        return self

    @property
    def secret(self) -> str | None:
        """The client's secret; None for a public client, which PKCE alone protects."""
        return None if self.client_secret is None else self.client_secret.get_secret_value()

    @property
    def behind_tls(self) -> bool:
        """Whether browsers reach this server by https."""
        return self.public_url is not None and self.public_url.startswith("https://")

    @property
    def allowed_hosts(self) -> frozenset[str]:
        """The names under which browsers may ask for this server."""
        public = urlsplit(self.public_url or "").hostname
        return frozenset(host.lower() for host in (*self.hosts, *([public] if public else ())))

    def roles_of(self, person: Person) -> list[dict[str, Any]]:
        """The roles of a person as stored; none for somebody no rule fits. Raises :class:`SignOnConfigError`."""
        rules = self.roles if self.roles_file is None else read_roles(self.roles_file)
        found: list[dict[str, Any]] = []
        for rule in rules:
            if rule.fits(person) and rule.stored not in found:
                found.append(rule.stored)
        return found


class _Roles(_Strict):
    roles: tuple[RoleRule, ...] = Field(default=())


def read_config(path: Path) -> SignOnConfig:
    """Read the file of ``--oidc-config``. Raises :class:`SignOnConfigError`."""
    content = _read(path, secret=True)
    base = path.absolute().parent
    for key in ("client_secret_file", "roles_file"):
        if isinstance(content.get(key), str):
            content[key] = base / content[key]
    config = _checked(SignOnConfig, content, path)
    if config.client_secret_file is not None:
        secret = _text(config.client_secret_file, secret=True).strip()
        if not secret:
            raise SignOnConfigError(f"{config.client_secret_file} is empty.")
        config = config.model_copy(update={"client_secret": SecretStr(secret), "client_secret_file": None})
    if config.roles_file is not None:
        read_roles(config.roles_file)
    return config


def read_roles(path: Path) -> tuple[RoleRule, ...]:
    """Read a mapping of its own file; asked at every sign-on, so a change needs no restart."""
    return _checked(_Roles, _read(path, secret=False), path).roles


def _checked(model: type[M], content: dict[str, Any], path: Path) -> M:
    try:
        return model.model_validate(content)
    except ValidationError as error:
        faults = "; ".join(
            f"{'.'.join(map(str, fault['loc'])) or 'the file'}: {fault['msg']}"
            for fault in error.errors(include_input=False, include_context=False, include_url=False)[:5]
        )
        raise SignOnConfigError(f"{path} can’t be used: {faults}.") from None


def _read(path: Path, *, secret: bool) -> dict[str, Any]:
    try:
        return tomllib.loads(_text(path, secret=secret))
    except tomllib.TOMLDecodeError:
        raise SignOnConfigError(f"{path} is not a TOML file.") from None


def _text(path: Path, *, secret: bool) -> str:
    """The file's text, after a look at who else may read or change it."""
    try:
        with path.open("rb") as file:
            status = os.fstat(file.fileno())
            content = file.read(_LARGEST + 1)
    except OSError as error:
        raise SignOnConfigError(f"{path} can’t be read: {error.strerror or error}.") from None
    if os.name == "posix":
        if secret and stat.S_IMODE(status.st_mode) & 0o077:
            raise SignOnConfigError(f"{path} may hold a secret but others can reach it: set its mode to 0600.")
        if stat.S_IMODE(status.st_mode) & 0o022:
            raise SignOnConfigError(f"{path} decides who may do what but others can change it: set its mode to 0644.")
    try:
        if len(content) > _LARGEST:
            raise ValueError
        return content.decode("utf-8")
    except ValueError:
        raise SignOnConfigError(f"{path} is not a text in UTF-8 of at most 1 MB.") from None


def is_sound_url(url: str) -> bool:
    """Whether it is an absolute address that others can't read along: https, or http to this computer."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    if not host or parts.query or parts.fragment or parts.username is not None:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host))


def is_loopback(host: str, names: Collection[str] = ("localhost",)) -> bool:
    """Whether a host name or address means this computer alone."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() in names
