"""What lies under the HTTP client: whom it trusts, which addresses it takes, and what the network's failures mean.

Never makes a client and never turns the check of certificates off: an authority can be added, that is all.
"""

from __future__ import annotations

import ipaddress
import os
import ssl
from pathlib import Path
from urllib.parse import urlsplit

from yearadmin.contract.problems import Problem, ProblemCode, ProblemError


class DroppedError(ProblemError):
    """The connection broke before a whole answer to a read had come: an ordinary event (contract section 13)."""


def checked(base_url: str) -> tuple[str, str]:
    """The address without a trailing slash, and its host. Raises :class:`ProblemError` when it is no usable one."""
    try:
        parts = urlsplit(base_url.strip())
        host = parts.hostname or ""
        usable = parts.scheme in ("http", "https") and bool(host) and (parts.port is None or parts.port > 0)
        usable = usable and parts.username is None and not parts.query and not parts.fragment
    except ValueError:
        usable, host = False, ""
    if not usable:
        raise ProblemError(Problem(ProblemCode.UNREACHABLE, subject=base_url.rpartition("@")[2]))
    return base_url.strip().rstrip("/"), host


def is_this_machine(host: str) -> bool:
    """Whether ``host`` is a loopback address: a proxy named in the environment can't reach it."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def trust(authority: Path | None) -> ssl.SSLContext:
    """Whom to trust: the system's authorities, and ``authority``, a PEM file or a directory of hashed ones, besides.

    ``SSL_CERT_FILE`` and ``SSL_CERT_DIR`` take the place of the system's. Raises CERTIFICATE for an authority that
    can't be read. Reads files: not for the event loop.
    """
    context = ssl.create_default_context()
    if not os.environ.get("SSL_CERT_FILE") and not os.environ.get("SSL_CERT_DIR"):
        import certifi

        context.load_verify_locations(certifi.where())  # a bare system may have none of its own
    if authority is not None:
        try:
            if authority.is_dir():
                context.load_verify_locations(capath=str(authority))
            else:
                context.load_verify_locations(cafile=str(authority))
        except OSError as error:  # ssl.SSLError is one
            words = error.strerror or "no certificate in it"
            raise ProblemError(Problem(ProblemCode.CERTIFICATE, subject=authority.name, server_words=words)) from error
    return context


def network_failure(error: Exception, method: str, label: str, request_id: str) -> ProblemError:
    """Tell a request that never left from a read that failed and from a write whose answer is lost."""
    import httpx

    def problem(code: ProblemCode, words: str = "") -> Problem:
        return Problem(code, server_words=words or str(error), request=label, request_id=request_id)

    if isinstance(error, httpx.ConnectError) and (reason := _distrust(error)):
        return ProblemError(problem(ProblemCode.CERTIFICATE, reason))
    if isinstance(error, (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError, httpx.PoolTimeout)):
        return ProblemError(problem(ProblemCode.UNREACHABLE))
    if isinstance(error, (httpx.LocalProtocolError, httpx.UnsupportedProtocol)):
        return ProblemError(problem(ProblemCode.INTERNAL))
    if method != "GET":
        return ProblemError(problem(ProblemCode.LOST_ANSWER))
    if isinstance(error, httpx.TimeoutException):
        return ProblemError(problem(ProblemCode.TIMED_OUT))
    # httpcore and h11 use one type for "closed early" and for "this is not HTTP"; only their texts differ.
    if isinstance(error, httpx.RemoteProtocolError) and "illegal" in str(error):
        return ProblemError(problem(ProblemCode.NOT_THE_SERVER))
    if isinstance(error, httpx.DecodingError):
        return ProblemError(problem(ProblemCode.UNREADABLE))
    return DroppedError(problem(ProblemCode.UNREACHABLE))


def _distrust(error: BaseException) -> str:
    """Why the other side's certificate was refused, in OpenSSL's words; empty when it was something else."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return str(cause.verify_message or cause.reason or "")
        cause = cause.__cause__ or cause.__context__
    return ""
