"""yearadmin prepares the reporting years of a CO₂ calculator and opens them to users."""

__version__ = "0.1.0"
