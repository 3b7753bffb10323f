"""Yingda (应答): an open intelligence + human customer-service platform."""

__version__ = "0.1.0"
