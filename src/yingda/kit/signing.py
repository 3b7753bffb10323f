"""How a webhook says that it is from whom it says, in and out: one contract, which one piece of code can check."""

import hashlib
import hmac


def signature(secret: bytes, timestamp: str, body: bytes) -> str:
    """`sha256=` and the hex of HMAC-SHA256 over "{timestamp}.{body}"."""
    return f"sha256={hmac.new(secret, timestamp.encode() + b'.' + body, hashlib.sha256).hexdigest()}"
