"""Yingda (应答): an open intelligence + human customer-service platform."""
