"""Uploads over HTTP: one multipart part named `file`, read only after the caller was let in."""

from dataclasses import dataclass

from litestar import Request
from litestar.datastructures import State, UploadFile
from litestar.enums import RequestEncodingType
from litestar.openapi.spec import OpenAPIFormat, OpenAPIMediaType, OpenAPIType, Operation, RequestBody, Schema

from yingda.kit.errors import BadRequest


class UploadMissing(BadRequest):
    code = "upload_missing"
    zh = "请选择要上传的文件。"
    en = "There is no file in the request."


@dataclass
class UploadOperation(Operation):
    """OpenAPI: the body, which the framework cannot see because it is read only after the caller was let in."""

    def __post_init__(self) -> None:
        file = Schema(type=OpenAPIType.STRING, format=OpenAPIFormat.BINARY)
        form = Schema(type=OpenAPIType.OBJECT, properties={"file": file}, required=["file"])
        content = {RequestEncodingType.MULTI_PART.value: OpenAPIMediaType(schema=form)}
        self.request_body = RequestBody(content=content, required=True)


async def uploaded_part(request: Request[object, object, State]) -> tuple[bytes, str]:
    """Bytes and name of the one multipart part named `file`. Raises `UploadMissing`."""
    part = (await request.form()).get("file")
    if not isinstance(part, UploadFile):
        raise UploadMissing
    return await part.read(), part.filename
