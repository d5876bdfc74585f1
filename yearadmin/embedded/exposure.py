"""Who can reach this backend, and how: the address it listens on, its certificate, and the sign-on that opens it.

Refuses whatever would let strangers in or send sessions in the clear; opens no socket.
"""

from __future__ import annotations

import argparse
import ssl
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from yearadmin.embedded.oidc_config import SignOnConfig

LOOPBACK = "127.0.0.1"
PATIENCE = 30.0  # seconds
_LOOPBACK_NAMES = frozenset({"127.0.0.1", "localhost", "::1"})
_EVERYWHERE = frozenset({"0.0.0.0", "::", ""})


class ExposureError(Exception):
    """The wished exposure is refused; the message is a sentence for whoever started the backend."""


@dataclass(frozen=True, slots=True)
class Exposure:
    """How the web side is reached. ``patience`` is how many seconds a request may stand still."""

    host: str = LOOPBACK
    tls_cert: Path | None = None
    tls_key: Path | None = None
    sign_on: SignOnConfig | None = None
    token_from_input: bool = False
    patience: float = PATIENCE

    @property
    def secure(self) -> bool:
        """Whether browsers reach it by https, here or through a proxy in front: cookies are for https only then."""
        return self.tls_cert is not None or (self.sign_on is not None and self.sign_on.behind_tls)

    @property
    def hosts(self) -> frozenset[str]:
        """The names a request may ask for (without port): no page of another site gets in by a name of its own."""
        named = frozenset() if self.sign_on is None else self.sign_on.allowed_hosts
        own = frozenset({self.host.lower()}) - _EVERYWHERE
        return named | own | _LOOPBACK_NAMES

    def base_url(self, port: int) -> str:
        """Where it answers, version prefix included."""
        if self.sign_on is not None and self.sign_on.public_url is not None:
            return self.sign_on.public_url.rstrip("/")
        host = LOOPBACK if self.host in _EVERYWHERE else self.host
        shown = f"[{host}]" if ":" in host else host
        return f"{'https' if self.tls_cert else 'http'}://{shown}:{port}/v1"


def add_options(parser: argparse.ArgumentParser) -> None:
    """The command line's options about all this."""
    parser.add_argument(
        "--host",
        default=LOOPBACK,
        metavar="ADDRESS",
        help="the address to listen on (default: this computer alone); any other needs --oidc-config",
    )
    parser.add_argument(
        "--oidc-config",
        type=Path,
        metavar="FILE",
        help="let people sign in at your institution’s sign-on service; the file says which one and who may do what",
    )
    parser.add_argument("--tls-cert", type=Path, metavar="FILE", help="the certificate with its chain, to speak https")
    parser.add_argument("--tls-key", type=Path, metavar="FILE", help="the certificate’s key")
    parser.add_argument(
        "--request-patience",
        type=_seconds,
        default=PATIENCE,
        metavar="SECONDS",
        help="end a connection whose request stands still for longer (default: %(default)g)",
    )
    parser.add_argument(
        "--token-from-input",
        action="store_true",
        help="the program that starts this one writes a one-time token to its standard input, to sign in with",
    )


def read_exposure(arguments: argparse.Namespace) -> Exposure:
    """What the arguments ask for. Raises :class:`ExposureError`."""
    sign_on = None
    if arguments.oidc_config is not None:
        from yearadmin.embedded.oidc_config import SignOnConfigError, read_config

        try:
            sign_on = read_config(arguments.oidc_config)
        except SignOnConfigError as error:
            raise ExposureError(str(error)) from error
    wished = Exposure(
        host=arguments.host,
        tls_cert=arguments.tls_cert,
        tls_key=arguments.tls_key,
        sign_on=sign_on,
        token_from_input=arguments.token_from_input,
        patience=arguments.request_patience,
    )
    _check_certificate(wished)
    if wished.host not in _LOOPBACK_NAMES:
        _check_shared(wished, demo=arguments.demo)
    return wished


def _check_shared(wished: Exposure, *, demo: bool) -> None:
    if wished.sign_on is None:
        raise ExposureError(
            f"Others could reach {wished.host or 'this address'}, and nothing would keep them out: "
            "give --oidc-config, or listen on this computer alone."
        )
    if demo:
        raise ExposureError("With --demo anybody can sign in as anybody: it is for this computer alone.")
    if wished.token_from_input:
        raise ExposureError("--token-from-input is for this computer alone.")
    if not wished.secure:
        raise ExposureError(
            "Sessions would travel readable by others: give --tls-cert and --tls-key, or, behind a proxy that speaks "
            "https, its address as public_url in the sign-on file."
        )


def _check_certificate(wished: Exposure) -> None:
    if (wished.tls_cert is None) != (wished.tls_key is None):
        raise ExposureError("--tls-cert and --tls-key belong together.")
    if wished.tls_cert is None or wished.tls_key is None:
        return
    try:
        ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(wished.tls_cert, wished.tls_key)
    except OSError as error:  # SSLError is one
        raise ExposureError(
            f"The certificate {wished.tls_cert} with the key {wished.tls_key} can’t be used: "
            f"{error.strerror or 'they are no pair'}."
        ) from error


def _seconds(text: str) -> float:
    number = float(text)
    if not 0.1 <= number <= 3600:
        raise argparse.ArgumentTypeError("seconds from 0.1 to 3600")
    return number
