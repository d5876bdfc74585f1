"""When a submodule and a module are complete (contract section 8.1): one rule for the embedded backend and the client.

Knows nothing of jobs or answers: whoever asks says what is there.
"""

from __future__ import annotations

from collections.abc import Iterable

from yearadmin.catalogue.modules import is_factor_mandatory, is_reference_mandatory, module_spec
from yearadmin.contract.enums import IncompleteReason


def submodule_reasons(
    module_id: int,
    submodule_id: int,
    *,
    has_factor: bool,
    has_reference: bool,
    has_common_factor: bool,
) -> tuple[IncompleteReason, ...]:
    """Why a submodule is incomplete; empty when nothing mandatory is absent. A common factor file also counts."""
    reasons: list[IncompleteReason] = []
    if is_factor_mandatory(module_id, submodule_id) and not (has_factor or has_common_factor):
        reasons.append(IncompleteReason.MISSING_FACTOR)
    if is_reference_mandatory(module_id, submodule_id) and not has_reference:
        reasons.append(IncompleteReason.MISSING_REFERENCE)
    return tuple(reasons)


def is_module_incomplete(
    module_id: int, *, enabled: bool, has_common_factor: bool, enabled_submodules_incomplete: Iterable[bool]
) -> bool:
    """Whether a module is incomplete: never when it is switched off; else through an enabled submodule or itself."""
    if not enabled:
        return False
    spec = module_spec(module_id)
    lacks_common = spec is not None and spec.common_factor_mandatory and not has_common_factor
    return lacks_common or any(enabled_submodules_incomplete)
