"""A backend that signs people on at an issuer of the suite's own, both as real servers."""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib.util import find_spec

import pytest

from tests.backend_process import BackendProcess
from tests.issuer import Issuer, Lie

# The web engine is an extra that weighs more than the rest; packaging/setup.sh installs it where it can. Where it is
# missing, its tests are not collected, and the end of the run says so. It ends with Qt's loop and does not come back in
# the same process, so test_engine.py runs its tests in processes of their own.
HAS_ENGINE = find_spec("PySide6.QtWebEngineCore") is not None and find_spec("PySide6.QtWebEngineWidgets") is not None
IS_OWN_PROCESS = os.environ.get("YEARADMIN_TEST_ENGINE") == "1"
ENGINE_TESTS = ["test_webview.py", "test_sign_on.py"]
collect_ignore = [*([] if HAS_ENGINE and IS_OWN_PROCESS else ENGINE_TESTS), *([] if HAS_ENGINE else ["test_engine.py"])]
if HAS_ENGINE and IS_OWN_PROCESS:
    # Tests may run as root, where the engine has no fence; a page from this computer's own issuer needs none.
    os.environ["QTWEBENGINE_DISABLE_SANDBOX"] = "1"
    os.environ.setdefault("QTWEBENGINE_CHROMIUM_FLAGS", "--disable-gpu --log-level=3")

# What the engine says of a computer without a graphics card, and of having no fence.
OF_THE_ENGINE = (
    "QRhiGles2",
    "Failed to create RHI",
    "QVulkanInstance",
    "This plugin does not support",
    "GBM is not supported",
    "GPUInfo not initialized",
    "Sandboxing disabled by user",
    "Compositor returned null texture",
)


def pytest_itemcollected(item: pytest.Item) -> None:
    """The engine may say so without anything being wrong."""
    if item.path.stem in ("test_webview", "test_sign_on"):
        item.add_marker(pytest.mark.qt_log_ignore(*OF_THE_ENGINE, extend=True))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was not tested."""
    if not HAS_ENGINE:
        terminalreporter.section("not tested")
        terminalreporter.line("signing on in a web view: QtWebEngine not installed (yearadmin[sso])")


@pytest.fixture(scope="session")
def shared_issuer() -> Iterator[Issuer]:
    with Issuer() as running:
        yield running


@pytest.fixture
def issuer(shared_issuer: Issuer) -> Issuer:
    """An honest issuer that asks who one is."""
    shared_issuer.lie, shared_issuer.auto = Lie.NOTHING, None
    return shared_issuer


@pytest.fixture(scope="session")
def site(shared_issuer: Issuer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The base URL of a backend that signs people on at the issuer."""
    folder = tmp_path_factory.mktemp("site")
    process = BackendProcess()
    config = shared_issuer.write_config(folder / "sign-on.toml", frontend_url="http://127.0.0.1:9/front")
    process.start(folder / "data", "--oidc-config", str(config), demo=False)
    yield process.base_url
    process.stop()
    assert process.errors == ""
