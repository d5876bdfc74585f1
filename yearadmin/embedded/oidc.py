"""Signing on at an institution's OpenID Connect issuer (contract section 1.3): there with PKCE, and back with a person.

Believes nothing the issuer did not sign for this sign-on, and never shows or logs a code, a token or a secret.
"""

from __future__ import annotations

import asyncio
import secrets
import time
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import authlib.deprecate  # type: ignore[import-untyped]  # noqa: F401  # its own filter must be in place before ours
from authlib.oauth2 import OAuth2Error  # type: ignore[import-untyped]
from authlib.oauth2.claims import JWTClaims  # type: ignore[import-untyped]
from authlib.oidc.core import CodeIDToken  # type: ignore[import-untyped]
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry
from pydantic import ValidationError

from yearadmin.embedded.oidc_config import Person, SignOnConfig, is_loopback, is_sound_url

with warnings.catch_warnings():  # it would rather have the successor of the HTTP library the rest of us is built on
    warnings.simplefilter("ignore")
    from authlib.integrations.base_client import OAuthError  # type: ignore[import-untyped]
    from authlib.integrations.httpx_client import oauth2_client as _client  # type: ignore[import-untyped]

# Signatures by a published key only: neither none nor a shared secret, whatever the issuer's description allows.
_ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
_PATIENCE = 10.0  # seconds for each answer of the issuer
_LEEWAY = 60  # seconds by which its clock may differ from ours
_KEEP = 3600.0  # seconds a description of the issuer is good for
_BETWEEN_KEYS = 5.0  # seconds at least between two looks for new keys
_LARGEST = 1024 * 1024  # bytes of one answer


class IssuerUnreachableError(Exception):
    """The issuer does not answer, or not as an issuer does."""


class NotIdentifiedError(Exception):
    """The issuer gave no identity that can be believed. The message is a sentence."""


@dataclass(frozen=True, slots=True)
class SignOn:
    """One sign-on under way: what must come back with the browser, and what only this server knows to ask."""

    state: str
    nonce: str
    verifier: str
    callback: str

    @classmethod
    def begin(cls, callback: str) -> SignOn:
        """A fresh one that ends at ``callback``, an absolute URL."""
        return cls(secrets.token_urlsafe(32), secrets.token_urlsafe(32), secrets.token_urlsafe(64), callback)


class Issuer:
    """The issuer a configuration names. Both methods raise :class:`IssuerUnreachableError`."""

    def __init__(self, config: SignOnConfig) -> None:
        self._config = config
        self._metadata: dict[str, Any] = {}
        self._metadata_until = 0.0
        self._keys: KeySet | None = None
        self._keys_at = 0.0
        self._lock = asyncio.Lock()

    async def start(self, sign_on: SignOn) -> str:
        """The address at the issuer the browser is sent to."""
        metadata = await self._describe()
        async with self._client(sign_on.callback) as client:
            url, _ = client.create_authorization_url(
                metadata["authorization_endpoint"],
                state=sign_on.state,
                nonce=sign_on.nonce,
                code_verifier=sign_on.verifier,
            )
        return str(url)

    async def finish(self, sign_on: SignOn, code: str) -> Person:
        """Who has signed on, for the code the browser brought back. Raises :class:`NotIdentifiedError` besides."""
        metadata = await self._describe()
        async with self._client(sign_on.callback) as client:
            try:
                token = await client.fetch_token(
                    metadata["token_endpoint"],
                    grant_type="authorization_code",
                    code=code,
                    code_verifier=sign_on.verifier,
                    redirect_uri=sign_on.callback,
                )
            except (OAuth2Error, OAuthError) as error:
                raise NotIdentifiedError("The sign-on service did not accept the sign-on.") from error
            except (_client.httpx2.HTTPError, ValueError) as error:
                raise IssuerUnreachableError from error
            if not isinstance(token.get("id_token"), str) or not isinstance(token.get("access_token"), str):
                raise NotIdentifiedError("The sign-on service told no identity.")
            claims = await self._believed(token, sign_on.nonce)
            if "email" not in claims and "userinfo_endpoint" in metadata:
                more = await self._get(client, metadata["userinfo_endpoint"], token["access_token"])
                if more.get("sub") != claims["sub"]:
                    raise NotIdentifiedError("The sign-on service told two different identities.")
                claims = {**more, **claims}
        return self._person(claims)

    def _client(self, callback: str = "") -> Any:
        config = self._config
        return _client.AsyncOAuth2Client(
            config.client_id,
            config.secret,
            token_endpoint_auth_method=config.token_auth,
            scope=" ".join(config.scopes),
            redirect_uri=callback or None,
            code_challenge_method="S256",
            timeout=_PATIENCE,
            follow_redirects=False,
            trust_env=not is_loopback_url(config.issuer),
        )

    async def _describe(self) -> dict[str, Any]:
        """The issuer's own description (OpenID Connect Discovery), looked at once an hour."""
        async with self._lock:
            if time.monotonic() < self._metadata_until:
                return self._metadata
            issuer = self._config.issuer
            async with self._client() as client:
                found = await self._get(client, issuer.rstrip("/") + "/.well-known/openid-configuration")
            needed = ("authorization_endpoint", "token_endpoint", "jwks_uri")
            if found.get("issuer") != issuer or not all(is_sound_url(str(found.get(key, ""))) for key in needed):
                raise IssuerUnreachableError
            self._metadata, self._metadata_until = found, time.monotonic() + _KEEP
            return found

    async def _get(self, client: Any, url: str, bearer: str | None = None) -> dict[str, Any]:
        headers = {} if bearer is None else {"Authorization": f"Bearer {bearer}"}
        try:
            answer = await client.request("GET", url, headers=headers, withhold_token=True)
            if answer.status_code != 200 or len(answer.content) > _LARGEST:
                raise IssuerUnreachableError
            found = answer.json()
        except (_client.httpx2.HTTPError, ValueError) as error:
            raise IssuerUnreachableError from error
        if not isinstance(found, dict):
            raise IssuerUnreachableError
        return found

    async def _published_keys(self, *, anew: bool) -> KeySet:
        async with self._lock:
            recent = time.monotonic() - self._keys_at < _BETWEEN_KEYS
            if self._keys is None or (anew and not recent):
                async with self._client() as client:
                    found = await self._get(client, self._metadata["jwks_uri"])
                try:
                    self._keys = KeySet.import_key_set(found)  # type: ignore[arg-type]
                except (JoseError, ValueError, KeyError, TypeError) as error:
                    raise IssuerUnreachableError from error
                self._keys_at = time.monotonic()
            return self._keys

    async def _believed(self, token: Mapping[str, Any], nonce: str) -> dict[str, Any]:
        """The claims of the id token: signed by the issuer, for us, for this sign-on, and still good."""
        unsound = NotIdentifiedError("The identity told by the sign-on service could not be verified.")
        offered = self._metadata.get("id_token_signing_alg_values_supported") or ["RS256"]
        registry = JWSRegistry(algorithms=[name for name in _ALGORITHMS if name in offered], strict_check_header=False)
        try:
            try:
                read = jwt.decode(token["id_token"], await self._published_keys(anew=False), registry=registry)
            except InvalidKeyIdError:  # the issuer has changed its keys
                read = jwt.decode(token["id_token"], await self._published_keys(anew=True), registry=registry)
            claims: JWTClaims = CodeIDToken(
                read.claims,
                read.header,
                # Left to itself Authlib takes any audience as long as ``azp`` names us.
                {
                    "iss": {"essential": True, "value": self._config.issuer},
                    "aud": {"essential": True, "value": self._config.client_id},
                },
                {"nonce": nonce, "client_id": self._config.client_id, "access_token": token["access_token"]},
            )
            claims.validate(leeway=_LEEWAY)
        except (JoseError, OAuth2Error, ValueError, TypeError, KeyError) as error:
            raise unsound from error
        return dict(claims)

    def _person(self, claims: Mapping[str, Any]) -> Person:
        groups = claims.get(self._config.groups_claim) or ()
        groups = [groups] if isinstance(groups, str) else groups
        try:
            return Person(
                subject=claims["sub"],
                institutional_id=str(claims[self._config.id_claim]),
                email=claims["email"],
                email_is_verified=claims.get("email_verified", True) in (True, "true"),
                display_name=str(claims.get("name") or "")[:200],
                groups=frozenset(str(group) for group in groups),
            )
        except (ValidationError, KeyError, TypeError) as error:
            raise NotIdentifiedError("The sign-on service told no e-mail address or no name to know you by.") from error


def is_loopback_url(url: str) -> bool:
    """Whether an address leads to this computer alone; no proxy is asked for it then."""
    return is_loopback(urlsplit(url).hostname or "")
