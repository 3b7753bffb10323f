"""The web application: all endpoints, what they may ask for, and what surrounds them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from litestar import Litestar, Router, get
from litestar.config.compression import CompressionConfig
from litestar.datastructures import CacheControlHeader
from litestar.di import Provide
from litestar.file_system import BaseLocalFileSystem
from litestar.middleware import DefineMiddleware
from litestar.middleware.compression import CompressionMiddleware
from litestar.response import File
from litestar.static_files import create_static_files_router
from litestar.types import PathType
from litestar.types.file_types import FileInfo

from yingda import (
    channels,
    commerce,
    conversations,
    dialogue,
    identity,
    knowledge,
    outreach,
    privacy,
    routing,
    tickets,
    webhooks,
    workspace,
)
from yingda.app import casting, demo, health, openapi
from yingda.app.bootstrap import Runtime
from yingda.app.middleware import Envelope
from yingda.app.problems import render
from yingda.app.requests import CarefulRequest
from yingda.dialogue import photos
from yingda.infra.limits import RateLimit
from yingda.knowledge import labels

WEB = Path(__file__).parent / "web"

#: What a multipart body weighs beside its file.
MULTIPART_BYTES = 64 * 1024

#: For files whose name changes with what is in them.
FOR_EVER = CacheControlHeader(max_age=31_536_000, immutable=True)


def create_app(runtime: Runtime) -> Litestar:
    """The application around one runtime; it runs the runtime's background work while it is served."""

    @asynccontextmanager
    async def lifespan(_app: Litestar) -> AsyncIterator[None]:
        async with runtime.running():
            yield

    app = Litestar(
        route_handlers=[*_routers(runtime), *_pages(runtime)],
        dependencies=_dependencies(runtime),
        exception_handlers={Exception: render},
        lifespan=[lifespan],
        request_class=CarefulRequest,
        request_max_body_size=runtime.settings.body_bytes,
        openapi_config=openapi.configuration(),
        logging_config=None,
    )
    app.asgi_handler = Envelope(app.asgi_handler, runtime.metrics)  # around the router: unknown addresses count too
    return app


def _routers(runtime: Runtime) -> list[Any]:
    features = [
        health,
        identity,
        privacy,
        commerce,
        knowledge,
        labels,
        conversations,
        tickets,
        routing,
        dialogue,
        outreach,
        photos,
        channels.web,
        workspace,
        webhooks,
    ]
    if runtime.settings.demo:
        features += [demo, casting]
    uploads = Router(
        "/",
        route_handlers=[
            *channels.web.upload_routers,
            *conversations.upload_routers,
            *tickets.upload_routers,
            *knowledge.upload_routers,
            *labels.upload_routers,
        ],
        request_max_body_size=runtime.settings.upload_bytes + MULTIPART_BYTES,
    )
    return [uploads, *(handler for feature in features for handler in feature.routers)]


def _pages(runtime: Runtime) -> list[Any]:
    """What the web build made. Without it (an API only) nothing is served."""
    if not WEB.is_dir():
        return []
    return [
        _folder("/widget", WEB / "widget"),
        _folder("/setup", WEB / "setup"),
        *_desk(WEB / "desk"),
        _folder("/", WEB, pages=runtime.settings.demo),
    ]


def _desk(directory: Path) -> list[Any]:
    """The agents' console: one page, whatever the address below /desk, which then shows what the address names."""
    if not directory.is_dir():
        return []

    @get(["/desk", "/desk/{_rest:path}"], include_in_schema=False, sync_to_thread=False)
    def desk() -> File:
        return File(
            directory / "index.html",
            media_type="text/html",
            content_disposition_type="inline",
            headers={"Cache-Control": "no-cache"},
        )

    return [_folder("/desk/assets", directory / "assets", pages=False, cache=FOR_EVER), desk]


def _folder(path: str, directory: Path, *, pages: bool = True, cache: CacheControlHeader | None = None) -> Router:
    """Serve a folder; `pages`: also its index.html for the folder itself."""
    return create_static_files_router(
        path=path,
        directories=[directory],
        file_system=_Pages(),
        html_mode=pages,
        cache_control=cache,
        include_in_schema=False,
        name=f"files:{path}",
        middleware=[DefineMiddleware(CompressionMiddleware, config=CompressionConfig("gzip", gzip_compress_level=6))],
    )


class _Pages(BaseLocalFileSystem):
    """Local files; a name that the system refuses, with a NUL or too long, is the name of nothing."""

    async def info(self, path: PathType, **kwargs: Any) -> FileInfo:
        try:
            return await super().info(path, **kwargs)
        except (OSError, ValueError):
            raise FileNotFoundError from None


def _dependencies(runtime: Runtime) -> dict[str, Provide]:
    given = {
        "db": runtime.db,
        "hub": runtime.hub,
        "live": runtime.live,
        "viewers": runtime.viewers,
        "socket_topics": conversations.SocketTopics(tickets.topics_of),
        "translator": runtime.translator,
        "files": runtime.files,
        "metrics": runtime.metrics,
        "settings": runtime.settings,
        "stores": runtime.stores,
        "deeds": runtime.deeds,
        "hooks": runtime.hooks,
        "webhooks": runtime.webhooks,
        "jobs": runtime.jobs,
        "engine": runtime.engine,
        "experts": runtime.experts,
        "library": runtime.library,
        "drafter": runtime.drafter,
        "photos": runtime.photos,
        "dispatcher": runtime.dispatcher,
        "triage": runtime.triage,
        "web_limits": runtime.web_limits,
        "personal": runtime.personal,
        "reveals": RateLimit(runtime.settings.reveals_per_minute),
    }
    provided = {name: Provide(_always(value), sync_to_thread=False, use_cache=True) for name, value in given.items()}
    provided["principal"] = Provide(identity.provide_principal)
    provided["visitor"] = Provide(channels.web.provide_visitor, sync_to_thread=False)
    counter = channels.web.Counter(runtime.db, runtime.files, runtime.settings, runtime.web_limits, runtime.stores)
    provided["sending"] = Provide(counter.provide, sync_to_thread=False)
    return provided


def _always(value: Any) -> Any:
    def provide() -> Any:
        return value

    return provide
