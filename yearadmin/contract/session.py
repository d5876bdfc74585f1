"""Who is signed in (contract sections 1.4 and 2). Never holds a token: those travel as cookies only."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from yearadmin.contract.wire import Items, Provider, UtcTime, WireModel


class Role(WireModel):
    """One role as the server states it; ``on`` is its scope, whose shape differs between server versions."""

    role: str
    on: Any = None


class CurrentUser(WireModel):
    """The answer of ``GET /session`` (May 2026: ``GET /auth/me``)."""

    id: int | None = None
    email: str = ""
    display_name: str | None = None
    institutional_id: str | None = None
    provider: Provider = None
    last_login: UtcTime = None
    roles_raw: Annotated[list[Role], Items] = Field(default_factory=list)
    is_user_test: bool = False
    permissions: dict[str, list[str]] = Field(default_factory=dict)

    def holds(self, key: str, action: str) -> bool:
        """Whether the permission ``key`` (bare or under any scope) includes ``action`` (section 2.1)."""
        return any(
            action in actions and (name == key or name.startswith(key + "/"))
            for name, actions in self.permissions.items()
        )

    @property
    def can_view_configuration(self) -> bool:
        """May see years that are not open and follow pipelines, in either server version (section 11.2)."""
        return self.holds("backoffice.configuration", "view") or self.holds("backoffice.data_management", "view")

    @property
    def can_edit_configuration(self) -> bool:
        """May create, fill, open and close years, in either server version (section 11.2)."""
        return self.holds("backoffice.configuration", "edit") or self.holds("backoffice.data_management", "edit")
