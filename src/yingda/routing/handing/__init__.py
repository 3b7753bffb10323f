"""From the assistant to people: within working hours with a place in the queue, outside them with a promise."""

from yingda.routing.handing.service import hand_over, promised_when, subscribe

__all__ = ["hand_over", "promised_when", "subscribe"]
