"""Signing in inside the window: the page with the ways in, the institution's sign-on, pasted sessions, and signing out.

The web engine is loaded only when somebody signs on at an institution.
"""

from __future__ import annotations
