"""What is kept of a customer's conversations: how it is copied out, and how it is erased."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from yingda.conversations.repository import personal as repository
from yingda.conversations.rules import RECALLED
from yingda.conversations.tasks import DELETE_FILES, DeleteFiles
from yingda.infra.database import Connection, Tx
from yingda.infra.files import FileStore
from yingda.infra.jobs import Jobs
from yingda.privacy import Holding, Subject


async def conversations_of(conn: Connection, customer_ids: Sequence[UUID]) -> list[UUID]:
    """All that these customers ever began, oldest first."""
    return await repository.conversations_of(conn, customer_ids)


def personal(jobs: Jobs) -> Holding:
    """Files are deleted by a job: no transaction takes that back."""

    async def erase(tx: Tx, subject: Subject) -> int:
        ids = await conversations_of(tx.conn, subject.customer_ids)
        silenced = await repository.silence(tx.conn, ids, RECALLED)
        if keys := await repository.withdraw_files(tx.conn, subject.customer_ids):
            await jobs.enqueue(tx.conn, DELETE_FILES, DeleteFiles(keys))
        return silenced

    return Holding("conversations", _export, erase)


async def _export(conn: Connection, subject: Subject) -> Any:
    ids = await conversations_of(conn, subject.customer_ids)
    return {
        "conversations": await repository.heads(conn, ids),
        "messages": await repository.said(conn, ids),
    }


def handle_files(jobs: Jobs, files: FileStore) -> None:
    async def delete(job: DeleteFiles) -> None:
        for key in job.keys:
            await files.delete(key)

    jobs.handle(DELETE_FILES, delete)
