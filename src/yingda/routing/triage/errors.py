"""What can go wrong with versions, drafts and dry runs."""

from yingda.kit.errors import Conflict, NotFound


class VersionNotFound(NotFound):
    code = "triage_version_not_found"
    zh = "没有这个版本的分流规则。"
    en = "There is no such version of the triage rules."


class DraftChanged(Conflict):
    code = "triage_draft_changed"
    zh = "草稿已被“{name}”修改，请刷新后再改。"
    en = "{name} has changed the draft: load it again."


class NoDraft(Conflict):
    code = "triage_no_draft"
    zh = "还没有草稿，当前规则没有改动。"
    en = "There is no draft: the rules are as published."


class TableFaulty(Conflict):
    code = "triage_faulty"
    zh = "草稿还有 {count} 处错误，不能发布：{first}"
    en = "The draft has {count} errors and cannot be published: {first}"


class PublishedMeanwhile(Conflict):
    code = "triage_published_meanwhile"
    zh = "刚刚有人发布了另一个版本，请刷新后再试。"
    en = "Another version has just been published: load again."


class NotNews(NotFound):
    code = "triage_not_news"
    zh = "这个版本没有带来规则“{name}”，或者已经采用，请刷新后再看。"
    en = "This release does not bring the rule {name}, or it has been taken over: load again."


class RunUnderWay(Conflict):
    code = "triage_run_under_way"
    zh = "已有一次试运行正在进行。"
    en = "A dry run is under way."


class RunNotFound(NotFound):
    code = "triage_run_not_found"
    zh = "没有这次试运行。"
    en = "There is no such dry run."


class RunOver(Conflict):
    code = "triage_run_over"
    zh = "这次试运行已经结束。"
    en = "This dry run is over."
