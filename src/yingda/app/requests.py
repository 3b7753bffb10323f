"""What a request carries, read with care: whatever the bytes are, the caller is told what is wrong with them."""

from typing import Any

from litestar import Request
from litestar.datastructures import FormMultiDict
from litestar.enums import RequestEncodingType

from yingda.kit.errors import BadRequest, UnsupportedType


class CarefulRequest(Request[Any, Any, Any]):
    """A body has to say that it is JSON (browsers send other types to any site unasked) or a form with files."""

    async def json(self) -> Any:
        if self.content_type[0] != RequestEncodingType.JSON:
            raise UnsupportedType
        try:
            return await super().json()
        except (UnicodeDecodeError, RecursionError):  # bytes that are no UTF-8; brackets nested without end
            raise BadRequest from None

    async def form(self) -> FormMultiDict:
        if self.content_type[0] != RequestEncodingType.MULTI_PART:
            raise UnsupportedType
        try:
            return await super().form()
        except (UnicodeDecodeError, LookupError):  # a part that is not in its encoding, or in an unknown one
            raise BadRequest from None
