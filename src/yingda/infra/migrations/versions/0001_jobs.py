"""The job queue's tables: procrastinate's own, less its triggers, plus what we look for in them."""

from pathlib import Path

from alembic import op

revision = "0001_jobs"
down_revision = None

#: NOTIFY inside a transaction serialises commits, and a log of events doubles what a job writes: neither is wanted on
#: the message path. The index answers "does an earlier job hold this lock" without a walk through the whole queue.
CHANGES = """
    DROP TRIGGER procrastinate_jobs_notify_queue_job_inserted_v1 ON procrastinate_jobs;
    DROP TRIGGER procrastinate_jobs_notify_queue_job_aborted_v1 ON procrastinate_jobs;
    DROP TRIGGER procrastinate_trigger_status_events_insert_v1 ON procrastinate_jobs;
    DROP TRIGGER procrastinate_trigger_status_events_update_v1 ON procrastinate_jobs;
    DROP TRIGGER procrastinate_trigger_scheduled_events_v1 ON procrastinate_jobs;
    DROP TRIGGER procrastinate_trigger_abort_requested_events_v1 ON procrastinate_jobs;
    CREATE INDEX procrastinate_jobs_lock_id_idx ON procrastinate_jobs (lock, id)
        WHERE status IN ('todo', 'doing') AND lock IS NOT NULL;
    ALTER TABLE procrastinate_jobs ADD COLUMN error text, ADD COLUMN failed_at timestamptz;
"""


def upgrade() -> None:
    script = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    # The driver prepares what it is sent, one statement at a time; a block may execute many.
    op.get_bind().exec_driver_sql(f"DO $do$ BEGIN EXECUTE $script${script}{CHANGES}$script$; END $do$")


def downgrade() -> None:
    for table in ("events", "periodic_defers", "jobs", "workers"):
        op.execute(f"DROP TABLE procrastinate_{table} CASCADE")
