"""Kinds of jobs."""

import msgspec

from yingda.infra.jobs import Task


class DeleteFiles(msgspec.Struct, frozen=True):
    keys: list[str]


DELETE_FILES = Task("conversations.delete_files", DeleteFiles)
