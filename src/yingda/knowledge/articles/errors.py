"""What can be wrong with an article."""

from yingda.kit.errors import Conflict, Forbidden, Invalid, NotFound


class ArticleNotFound(NotFound):
    code = "article_not_found"
    zh = "没有找到这篇文章。"
    en = "There is no such article."


class VersionNotFound(NotFound):
    code = "article_version_not_found"
    zh = "这篇文章没有这个版本。"
    en = "The article has no such version."


class ProposalNotFound(NotFound):
    code = "proposal_not_found"
    zh = "没有找到这条建议。"
    en = "There is no such proposal."


class SlugTaken(Conflict):
    code = "article_slug_taken"
    zh = "标识“{slug}”已被另一篇文章使用。"
    en = "Another article has the name {slug}."


class ArticleOutdated(Conflict):
    code = "article_outdated"
    zh = "文章刚刚被他人修改（当前第 {version} 版），请查看最新内容后再继续。"
    en = "The article has just been changed by somebody else (version {version}). Look at it again first."


class MoveRefused(Conflict):
    code = "article_move_refused"
    zh = "文章处于“{state}”状态，不能进行这一步。"
    en = "The article is in state {state}: this cannot be done now."


class ProposalClosed(Conflict):
    code = "proposal_closed"
    zh = "这条建议已经处理过了。"
    en = "The proposal was decided on already."


class SecondPerson(Forbidden):
    code = "article_second_person"
    zh = "专业文章需要由没有参与撰写的同事审核通过。"
    en = "A professional article is approved by somebody who did not write it."


class ArticleInvalid(Invalid):
    code = "article_invalid"


class OwnerMissing(ArticleInvalid):
    code = "article_owner_missing"
    zh = "没有找到负责人。"
    en = "There is nobody like this to look after the article."


class ArticleTooLong(ArticleInvalid):
    code = "article_too_long"
    zh = "正文最多 {characters} 个字符、{lines} 行，请拆成几篇。"
    en = "The text may have {characters} characters in {lines} lines: split it into several articles."


class ArticleHasHtml(ArticleInvalid):
    code = "article_html"
    zh = "不能使用 HTML 标签（“{found}”），请用 Markdown。"
    en = "HTML tags ({found}) are not allowed: use Markdown."


class VariableUnknown(ArticleInvalid):
    code = "article_variable_unknown"
    zh = "没有“{name}”这个变量，请从变量列表里选择。"
    en = "There is no variable “{name}”: choose one from the list."


class ArticleEmpty(ArticleInvalid):
    code = "article_empty"
    zh = "正文不能为空。"
    en = "The text is empty."


class ValidityBackwards(ArticleInvalid):
    code = "article_validity"
    zh = "有效期的结束日期早于开始日期。"
    en = "The article would be over before it begins."


class FileUnreadable(ArticleInvalid):
    code = "article_file_unreadable"
    zh = "文件无法读取：{reason}"
    en = "The file cannot be read: {reason}"
