"""Every sentence a person reads, in English, made from values of the state and translated through one function.

Never imports Qt, never decides anything, and keeps the server's own words apart from ours.
"""
