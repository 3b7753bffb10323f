"""All tables of all features, for migrations: the only module that may import every `models`."""

import importlib

from sqlalchemy import MetaData

from yingda.infra.tables import Base

FEATURES_WITH_TABLES = (
    "identity",
    "privacy",
    "releases",
    "customers",
    "commerce.demo",
    "commerce.deeds",
    "commerce.hooks",
    "knowledge.articles",
    "knowledge.beauty",
    "knowledge.labels",
    "conversations",
    "channels.web",
    "tickets",
    "dialogue",
    "dialogue.review",
    "outreach",
    "dialogue.photos",
    "routing.escalation",
    "routing.warning",
    "routing.levels",
    "routing.triage",
    "routing.dispatch",
    "workspace.views",
    "workspace.notices",
    "workspace.promises",
    "workspace.suggestions",
    "workspace.wrapup",
    "workspace.replies",
    "workspace.macros",
    "webhooks",
)

for feature in FEATURES_WITH_TABLES:
    importlib.import_module(f"yingda.{feature}.models")

metadata: MetaData = Base.metadata
