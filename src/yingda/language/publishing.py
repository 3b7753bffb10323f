"""Whether a candidate may take the place of the model that serves."""

from collections.abc import Sequence
from pathlib import Path

from yingda.kit.errors import Conflict
from yingda.kit.paths import data_dir
from yingda.language.comparison import Comparison
from yingda.language.records import read_examples
from yingda.language.registry import Figures
from yingda.language.types import Example


class CandidateWorse(Conflict):
    code = "candidate_worse"
    zh = "候选模型在固定测试集（{n} 条）上更差：准确率从 {before} 降到 {after}（p = {p}），未发布。"
    en = "The candidate is worse on the fixed set of {n} messages: {after} after {before} (p = {p}). Not published."


class IntentsMissing(Conflict):
    code = "candidate_lacks_intents"
    zh = "候选模型不认识当前模型的 {count} 个意图（{names}），未发布。"
    en = "The candidate does not know {count} intents of the present model ({names}). Not published."


class IntentsStrange(Conflict):
    code = "candidate_has_strange_intents"
    zh = "候选模型有 {count} 个意图不在意图目录 intents.tsv 中（{names}），助手不会处理它们，未发布。"
    en = "{count} intents of the candidate are not in intents.tsv ({names}): of no use to the assistant. Not published."


def fixed_set(folder: Path | None = None) -> list[Example]:
    """Real messages that no shipped model is ever taught: every candidate is measured on them."""
    return read_examples((folder or data_dir() / "language") / "fixed_set.tsv")


def figures_of(comparison: Comparison) -> Figures:
    return Figures(comparison.n, round(comparison.before, 4), round(comparison.after, 4), round(comparison.p_value, 4))


def permit(comparison: Comparison, lacking: Sequence[str], strange: Sequence[str] = ()) -> None:
    """Raises `IntentsMissing`, `IntentsStrange` and `CandidateWorse`; `lacking` are intents that only the present model
    knows, `strange` new ones that are in no catalogue.

    A missing intent is refused whatever the figures: of the rarest, the fixed set may hold no message.
    """
    if lacking:
        raise IntentsMissing(count=len(lacking), names=", ".join(lacking[:5]))
    if strange:
        raise IntentsStrange(count=len(strange), names=", ".join(strange[:5]))
    if comparison.worse:
        raise CandidateWorse(
            n=comparison.n,
            before=f"{comparison.before:.1%}",
            after=f"{comparison.after:.1%}",
            p=f"{comparison.p_value:.3f}",
        )
