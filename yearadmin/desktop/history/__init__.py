"""Looking back at a year in the window: its timeline, comparisons, the files sent, and how much is kept.

Read-only: nothing here can change a year.
"""

from yearadmin.desktop.history.desk import HistoryDesk
from yearadmin.desktop.history.window import HistoryWindow

__all__ = ["HistoryDesk", "HistoryWindow"]
