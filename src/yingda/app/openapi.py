"""The description of the HTTP interface; what all operations have in common is said here, once."""

from typing import Any

import msgspec
from litestar import Litestar, Request
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme
from litestar.serialization import decode_json, encode_json

from yingda import __version__
from yingda.app.problems import MEDIA_TYPE, Problem

_SCHEMAS = "#/components/schemas/{name}"
_PROBLEM = "#/components/responses/Problem"


def configuration() -> OpenAPIConfig:
    """Served as /api/openapi/openapi.json."""
    return OpenAPIConfig(
        title="Yingda 应答",
        version=__version__,
        description="Errors are application/problem+json with a stable `code`.",
        path="/api/openapi",
        render_plugins=[_JsonWithProblems()],
        components=Components(
            security_schemes={
                "session": SecurityScheme(type="apiKey", name="yingda_session", security_scheme_in="cookie"),
                "api_key": SecurityScheme(type="http", scheme="bearer"),
                "visitor": SecurityScheme(type="http", scheme="bearer"),
            }
        ),
    )


def description(app: Litestar) -> dict[str, Any]:
    """The whole document, as it is served: in the types that JSON knows."""
    document: dict[str, Any] = decode_json(encode_json(_with_problems(app.openapi_schema.to_schema())))
    return document


class _JsonWithProblems(JsonRenderPlugin):
    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:
        return super().render(request, _with_problems(openapi_schema))


def _with_problems(document: dict[str, Any]) -> dict[str, Any]:
    """Every operation may answer a problem, instead of the framework's own error that none of ours ever is."""
    _, schemas = msgspec.json.schema_components([Problem], ref_template=_SCHEMAS)
    components = {
        **document["components"],
        "schemas": {**document["components"]["schemas"], **schemas},
        "responses": {
            "Problem": {
                "description": "What went wrong, for programs (`code`) and for people (RFC 9457)",
                "content": {MEDIA_TYPE: {"schema": {"$ref": _SCHEMAS.format(name="Problem")}}},
            }
        },
    }
    paths = {
        path: {method: _operation(operation) for method, operation in item.items()}
        for path, item in document["paths"].items()
    }
    return {**document, "components": components, "paths": paths}


def _operation(operation: dict[str, Any]) -> dict[str, Any]:
    good = {status: answer for status, answer in operation["responses"].items() if status < "400"}
    return {**operation, "responses": {**good, "default": {"$ref": _PROBLEM}}}
