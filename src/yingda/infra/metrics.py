"""What Prometheus may ask. One object per process, handed to whoever counts; no global registry.

Label values are few and known beforehand: a route's template, never a path; a channel's name, never a customer's.
"""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.gc_collector import GCCollector
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector

_REQUEST_SECONDS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)
_ANSWER_SECONDS = (0.01, 0.02, 0.04, 0.08, 0.15, 0.3, 1, 3, 10, 30, 60, 120, 300, 600)


class Metrics:
    """The counters of one process. Count with `metrics.messages_stored.labels("web", "customer").inc()`."""

    content_type = "text/plain; version=0.0.4; charset=utf-8"

    def __init__(self) -> None:
        registry = self.registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        PlatformCollector(registry=registry)
        GCCollector(registry=registry)
        self.http_requests = Histogram(
            "yingda_http_request_seconds",
            "Time to answer HTTP requests.",
            ("route", "method", "status"),
            buckets=_REQUEST_SECONDS,
            registry=registry,
        )
        self.messages_stored = Counter(
            "yingda_messages_stored", "Messages stored, each once.", ("channel", "author"), registry=registry
        )
        self.answers = Histogram(
            "yingda_answer_seconds",
            "Time from a customer's message to its answer.",
            ("by",),
            buckets=_ANSWER_SECONDS,
            registry=registry,
        )
        self.sockets_open = Gauge("yingda_sockets_open", "WebSockets open now.", registry=registry)
        self.sockets_dropped = Counter(
            "yingda_sockets_dropped", "WebSockets that we closed.", ("reason",), registry=registry
        )
        self.jobs_run = Counter("yingda_jobs_run", "Jobs that ended.", ("task", "outcome"), registry=registry)
        self.db_connections_used = Gauge(
            "yingda_db_connections_used", "Database connections in use now.", ("pool",), registry=registry
        )
        self.article_encoder_failures = Counter(
            "yingda_article_encoder_failures",
            "Questions for which articles were found by words alone, because the encoder failed.",
            registry=registry,
        )

    def render(self) -> bytes:
        """The body of /metrics."""
        return generate_latest(self.registry)
