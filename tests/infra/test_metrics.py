"""What /metrics tells."""

from prometheus_client.parser import text_string_to_metric_families

from yingda.infra.metrics import Metrics


def samples(metrics: Metrics) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    families = text_string_to_metric_families(metrics.render().decode())
    return {(s.name, tuple(sorted(s.labels.items()))): s.value for family in families for s in family.samples}


def test_what_was_counted_is_told() -> None:
    metrics = Metrics()
    metrics.http_requests.labels("/api/v1/chat/messages", "POST", "201").observe(0.004)
    metrics.messages_stored.labels("web", "customer").inc()
    metrics.answers.labels("assistant").observe(0.03)
    metrics.sockets_open.inc()
    metrics.sockets_dropped.labels("slow").inc()
    metrics.jobs_run.labels("answer", "ok").inc(2)
    metrics.db_connections_used.labels("asyncpg").set_function(lambda: 3)
    told = samples(metrics)
    route = (("method", "POST"), ("route", "/api/v1/chat/messages"), ("status", "201"))
    assert told["yingda_http_request_seconds_count", route] == 1
    assert told["yingda_messages_stored_total", (("author", "customer"), ("channel", "web"))] == 1
    assert told["yingda_answer_seconds_bucket", (("by", "assistant"), ("le", "0.04"))] == 1
    assert told["yingda_answer_seconds_bucket", (("by", "assistant"), ("le", "0.02"))] == 0
    assert told["yingda_sockets_open", ()] == 1
    assert told["yingda_sockets_dropped_total", (("reason", "slow"),)] == 1
    assert told["yingda_jobs_run_total", (("outcome", "ok"), ("task", "answer"))] == 2
    assert told["yingda_db_connections_used", (("pool", "asyncpg"),)] == 3
    assert told["process_resident_memory_bytes", ()] > 0


def test_two_processes_worth_of_metrics_do_not_mix() -> None:
    first, second = Metrics(), Metrics()
    first.sockets_open.inc()
    assert samples(second)["yingda_sockets_open", ()] == 0
