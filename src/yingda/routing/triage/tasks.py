"""Trying a draft on weeks of messages takes a while: a worker does it."""

from uuid import UUID

import msgspec

from yingda.infra.jobs import Task


class TryDraft(msgspec.Struct, frozen=True):
    run_id: UUID


DRY_RUN = Task("triage.dry_run", TryDraft)
"""Of the draft as it was when it was asked for."""
