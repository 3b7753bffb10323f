"""Which actions make a macro that can be carried out. Pure."""

from collections.abc import Sequence

from yingda.kit.errors import Invalid, Locale
from yingda.workspace.macros.schemas import Action, AddNote, AssignTo, Finish, SendReply, SnoozeFor, TakeOver, ToQueue
from yingda.workspace.replies import Variable, variables_in


class MacroContradiction(Invalid):
    code = "macro_contradiction"
    zh = "第 {number} 步与前面的步骤矛盾：“结束”或“稍后处理”之后只能加备注，只能分配一次，放回排队后不能再回复。"
    en = (
        "Step {number} contradicts what comes before it: after resolving or snoozing only notes may follow, "
        "a conversation is assigned once, and nobody replies in one that is back in the queue."
    )


def check(actions: Sequence[Action]) -> None:
    """Raises `MacroContradiction`, or `VariableUnknown` for a text's variable."""
    variables_of(actions)
    ended = assigned = queued = False
    for number, action in enumerate(actions, 1):
        assigns = isinstance(action, TakeOver | AssignTo | ToQueue)
        ends = isinstance(action, SnoozeFor | Finish)
        after_end = ended and not isinstance(action, AddNote)
        if after_end or (assigned and assigns) or (queued and isinstance(action, SendReply)):
            raise MacroContradiction(number=number)
        ended, assigned = ended or ends, assigned or assigns
        queued = queued or isinstance(action, ToQueue)


def variables_of(actions: Sequence[Action]) -> set[Variable]:
    """All variables that the texts use."""
    texts = [action.text for action in actions if isinstance(action, SendReply | AddNote)]
    return set[Variable]().union(*map(variables_in, texts))


def languages_of(actions: Sequence[Action]) -> set[Locale]:
    """The languages of the texts."""
    return {action.language for action in actions if isinstance(action, SendReply | AddNote)}
