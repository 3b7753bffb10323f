"""All SQL of proactive service.

Locks are taken in one order: contact, findings, parcels, shop.
"""
