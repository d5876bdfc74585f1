"""What each role may do (contract section 2), as pure rules over the roles stored with a user.

Never reads a token or a database.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from yearadmin.contract.enums import ModuleType

STANDARD = "calco2.user.standard"
PRINCIPAL = "calco2.user.principal"
METIER = "calco2.backoffice.metier"
ADMIN = "calco2.backoffice.admin"

CONFIGURATION = "backoffice.configuration"
PIPELINES = "backoffice.pipeline_operations"
LOGS = "backoffice.logs"
REPORTING = "backoffice.reporting"

TEST_UNIT = "13032"  # the unit of the test users (contract section 9)
_TEST_SCOPES: dict[str, dict[str, str]] = {
    STANDARD: {"kind": "own", "institutional_id": TEST_UNIT},
    PRINCIPAL: {"kind": "unit", "institutional_id": TEST_UNIT},
    METIER: {"kind": "affiliation", "affiliation": "13030"},
    ADMIN: {"kind": "global"},
}

Permissions = Mapping[str, list[str]]


def test_roles(role: str) -> list[dict[str, Any]]:
    """The stored roles of the test user of that name; none for a name that is no role."""
    scope = _TEST_SCOPES.get(role)
    return [] if scope is None else [{"role": role, "on": scope}]


def permissions_of(roles: Iterable[Mapping[str, Any]]) -> dict[str, list[str]]:
    """The flat map of permission keys to actions (section 1.4); a role with another kind of scope grants nothing."""
    granted: dict[str, list[str]] = {}
    for item in roles:
        scope = item.get("on")
        if isinstance(scope, Mapping):
            for key, actions in _granted_by(str(item.get("role")), scope):
                held = granted.setdefault(key, [])
                held.extend(action for action in actions if action not in held)
    return granted


def _granted_by(role: str, scope: Mapping[str, Any]) -> Iterable[tuple[str, tuple[str, ...]]]:
    kind, unit = scope.get("kind"), scope.get("institutional_id")
    if role == STANDARD and kind == "own" and unit:
        yield f"modules.professional_travel/{unit}/own", ("view", "edit")
        yield f"modules.external_cloud_and_ai/{unit}/own", ("view", "edit")
    elif role == PRINCIPAL and kind == "unit" and unit:
        for module in ModuleType:
            yield f"modules.{module.name.lower()}/{unit}", ("view", "edit", "sync")
        yield f"module.status/{unit}", ("edit",)
    elif role == METIER and kind == "affiliation" and scope.get("affiliation"):
        yield f"{REPORTING}/{scope['affiliation']}", ("view", "export")
        yield "backoffice.users", ("view", "edit", "export")
        yield "backoffice.documentation", ("view", "edit")
        yield "backoffice.ui_texts", ("view", "edit")
    elif role == ADMIN and kind == "global":
        yield REPORTING, ("view", "export")
        yield "backoffice.users", ("view", "edit", "export")
        yield "backoffice.documentation", ("view", "edit")
        yield "backoffice.ui_texts", ("view", "edit")
        yield CONFIGURATION, ("view", "edit")
        yield PIPELINES, ("view", "edit")
        yield LOGS, ("view",)


def holds(permissions: Permissions, key: str, action: str) -> bool:
    """Whether the bare key grants the action."""
    return action in permissions.get(key, ())


def holds_anywhere(permissions: Permissions, key: str, action: str) -> bool:
    """Whether the key grants the action, bare or under any scope."""
    return any(action in held for name, held in permissions.items() if name == key or name.startswith(key + "/"))


def may_sync_some_module(permissions: Permissions) -> bool:
    """Whether any ``modules.*`` key grants ``sync`` (SYNC* of section 2.2)."""
    return any("sync" in held for name, held in permissions.items() if name.startswith("modules."))


def may_sync_module(permissions: Permissions, module: ModuleType, unit: str) -> bool:
    """Whether the module of that unit may be filled by the caller."""
    key = f"modules.{module.name.lower()}/{unit}"
    return holds(permissions, key, "sync") or holds(permissions, f"{key}/own", "sync")
