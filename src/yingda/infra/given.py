"""What an endpoint may ask for by name; `app.main` provides it."""

from typing import TypeAlias

from litestar.di import NamedDependency

from yingda.infra.database import Database
from yingda.infra.files import FileStore
from yingda.infra.metrics import Metrics
from yingda.infra.realtime import Hub
from yingda.infra.settings import Settings

Db: TypeAlias = NamedDependency[Database]
Config: TypeAlias = NamedDependency[Settings]
GivenFiles: TypeAlias = NamedDependency[FileStore]
GivenHub: TypeAlias = NamedDependency[Hub]
GivenMetrics: TypeAlias = NamedDependency[Metrics]
