"""What can go wrong in the review."""

from yingda.kit.errors import Conflict, Invalid, NotFound


class UnknownIntent(Invalid):
    code = "unknown_intent"
    zh = "没有名为“{intent}”的意图。"
    en = "There is no intent called {intent}."


class TrainingNotFound(NotFound):
    code = "training_not_found"
    zh = "没有这次训练。"
    en = "There is no such training."


class TrainingUnderWay(Conflict):
    code = "training_under_way"
    zh = "已有一次训练正在进行，请等它完成或先取消它。"
    en = "A training is under way. Wait for it, or cancel it first."


class NothingToLearn(Conflict):
    code = "nothing_to_learn"
    zh = "还没有任何更正，没有可学的内容。"
    en = "Nothing has been corrected yet, so there is nothing to learn."


class TrainingNotDone(Conflict):
    code = "training_not_done"
    zh = "这次训练没有可以发布的模型（状态：{state}）。"
    en = "This training has no model to publish (state: {state})."


class TrainingOver(Conflict):
    code = "training_over"
    zh = "这次训练已经结束，无法取消。"
    en = "This training is over and cannot be cancelled."


class PresentModelChanged(Conflict):
    code = "present_model_changed"
    zh = "训练之后当前模型已换成第 {current} 版，这次比较不再有效，请重新训练。"
    en = "Version {current} has been published since, so the comparison does not hold. Train again."
