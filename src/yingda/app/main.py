"""The web application: all endpoints, what they may ask for, and what surrounds them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from litestar import Litestar
from litestar.di import Provide
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme
from litestar.static_files import create_static_files_router
from litestar.types import ASGIApp

from yingda import __version__, channels, conversations, identity, routing
from yingda.app import demo, health
from yingda.app.bootstrap import Runtime
from yingda.app.middleware import Envelope
from yingda.app.problems import render

WEB = Path(__file__).parent / "web"


def create_app(runtime: Runtime) -> Litestar:
    """The application around one runtime; it runs the runtime's background work while it is served."""

    @asynccontextmanager
    async def lifespan(_app: Litestar) -> AsyncIterator[None]:
        async with runtime.running():
            yield

    def envelope(app: ASGIApp) -> ASGIApp:
        return Envelope(app, runtime.metrics)

    return Litestar(
        route_handlers=[*_routers(runtime), *_pages(runtime)],
        dependencies=_dependencies(runtime),
        exception_handlers={Exception: render},
        middleware=[envelope],
        lifespan=[lifespan],
        request_max_body_size=runtime.settings.body_bytes,
        openapi_config=_openapi(),
        logging_config=None,
    )


def _routers(runtime: Runtime) -> list[Any]:
    features = [health, identity, conversations, routing, channels.web]
    if runtime.settings.demo:
        features.append(demo)
    return [handler for feature in features for handler in feature.routers]


def _pages(runtime: Runtime) -> list[Any]:
    """What the web build made. Without it (an API only) nothing is served."""
    if not WEB.is_dir():
        return []
    widget = create_static_files_router(
        path="/widget", directories=[WEB / "widget"], html_mode=True, include_in_schema=False, name="widget"
    )
    root = create_static_files_router(
        path="/", directories=[WEB], html_mode=runtime.settings.demo, include_in_schema=False, name="root"
    )
    return [widget, root]


def _dependencies(runtime: Runtime) -> dict[str, Provide]:
    given = {
        "db": runtime.db,
        "hub": runtime.hub,
        "live": runtime.live,
        "files": runtime.files,
        "metrics": runtime.metrics,
        "settings": runtime.settings,
        "stores": runtime.stores,
        "dispatcher": runtime.dispatcher,
        "web_limits": runtime.web_limits,
    }
    provided = {name: Provide(_always(value), sync_to_thread=False, use_cache=True) for name, value in given.items()}
    provided["principal"] = Provide(identity.provide_principal)
    provided["visitor"] = Provide(channels.web.provide_visitor, sync_to_thread=False)
    return provided


def _always(value: Any) -> Any:
    def provide() -> Any:
        return value

    return provide


def _openapi() -> OpenAPIConfig:
    return OpenAPIConfig(
        title="Yingda 应答",
        version=__version__,
        description="Errors are application/problem+json with a stable `code`.",
        path="/api/openapi",
        render_plugins=[JsonRenderPlugin()],
        components=Components(
            security_schemes={
                "session": SecurityScheme(type="apiKey", name="yingda_session", security_scheme_in="cookie"),
                "api_key": SecurityScheme(type="http", scheme="bearer"),
                "visitor": SecurityScheme(type="http", scheme="bearer"),
            }
        ),
    )
