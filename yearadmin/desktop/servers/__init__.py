"""The servers an operator works with, in the window: the button with their menu, the dialogs and the first start.

Never connects anywhere: choosing a server and looking at an address are wishes.
"""

from yearadmin.desktop.servers.button import ServerButton
from yearadmin.desktop.servers.firststart import FirstStart
from yearadmin.desktop.servers.servers import Servers

__all__ = ["FirstStart", "ServerButton", "Servers"]
