"""What this program did and what the server answered, and the bundle that support gets of it.

Shows what the logbook holds, redacted already; asks the server nothing.
"""

from yearadmin.desktop.activity.desk import ActivityDesk
from yearadmin.desktop.activity.window import ActivityWindow

__all__ = ["ActivityDesk", "ActivityWindow"]
