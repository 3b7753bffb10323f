"""Answers put together from passages and facts, each sentence checked against what it cites."""

from yingda.knowledge.drafting.model import ModelDrafter
from yingda.knowledge.drafting.schemas import Drafted, Drafter, Evidence, Refusal

__all__ = ["Drafted", "Drafter", "Evidence", "ModelDrafter", "Refusal"]
