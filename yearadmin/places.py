"""Where this program keeps things on this computer, and where the files it brings along are.

Only names places; never makes or reads anything.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def data_dir() -> Path:
    """The platform's folder for this user's data of this program."""
    from platformdirs import user_data_path

    return user_data_path("yearadmin", appauthor=False)


def cache_file() -> Path:
    """The offline store."""
    return data_dir() / "cache.sqlite"


def config_dir() -> Path:
    """The platform's folder for this user's settings of this program."""
    from platformdirs import user_config_path

    return user_config_path("yearadmin", appauthor=False)


def profiles_file() -> Path:
    """The servers this user works with."""
    return config_dir() / "profiles.json"


def log_dir() -> Path:
    """The platform's folder for this program's log."""
    from platformdirs import user_log_path

    return user_log_path("yearadmin", appauthor=False)


def backend_dir() -> Path:
    """The embedded backend's data when no other folder is named."""
    return data_dir() / "backend"


def resources_dir() -> Path:
    """Icons, the unit directory and the sample files: inside an installed package, else beside it in a clone."""
    packed = _PACKAGE / "_resources"
    return packed if packed.is_dir() else _PACKAGE.parent / "resources"


def translations_dir() -> Path:
    """The compiled translations."""
    return _PACKAGE / "_i18n"
