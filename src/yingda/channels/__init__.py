"""Ways in and out: one folder each, the same protocol. What comes in becomes `conversations.receive`."""

from yingda.channels import web

__all__ = ["web"]
