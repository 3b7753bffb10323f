"""What staff see beside a thread: who the customer is, what they bought, how they feel."""

from yingda.conversations.profile.customers import CustomerController
from yingda.conversations.profile.endpoints import mood, profile
from yingda.conversations.profile.orders import OrderController

routers = [profile, mood, OrderController, CustomerController]

__all__ = ["routers"]
