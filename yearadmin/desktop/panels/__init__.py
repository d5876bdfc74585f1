"""The middle of the window and its two neighbours: modules on the left, panels, and what is still missing on the right.

Views only: each is given the state and emits wishes.
"""

from yearadmin.desktop.panels.navigation import ModuleNavigation
from yearadmin.desktop.panels.panels import ModulePanels
from yearadmin.desktop.panels.readinessview import ReadinessView
from yearadmin.desktop.panels.slot import UploadSlot

__all__ = ["ModuleNavigation", "ModulePanels", "ReadinessView", "UploadSlot"]
