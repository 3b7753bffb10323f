"""What can be wrong with a ticket or a kind of tickets."""

from yingda.kit.errors import Conflict, Invalid, NotFound


class TicketNotFound(NotFound):
    code = "ticket_not_found"
    zh = "没有找到这个工单。"
    en = "There is no such ticket."


class KindNotFound(NotFound):
    code = "ticket_kind_not_found"
    zh = "没有找到这个工单类型。"
    en = "There is no such kind of ticket."


class KindNotNews(NotFound):
    code = "ticket_kind_not_news"
    zh = "这个版本没有带来工单类型“{name}”的改动，或者已经采用，请刷新后再看。"
    en = "This release does not change the kind {name}, or that has been taken over: load again."


class LinkNotFound(NotFound):
    code = "ticket_link_not_found"
    zh = "没有找到这个关联。"
    en = "There is no such link."


class MeetingNotFound(NotFound):
    code = "ticket_meeting_not_found"
    zh = "没有找到这份会议纪要。"
    en = "There are no such minutes."


class TicketOutdated(Conflict):
    code = "ticket_outdated"
    zh = "工单 {number} 刚刚被他人修改（当前第 {version} 版），请查看最新内容后再改。"
    en = "Ticket {number} has just been changed by somebody else (version {version}). Look at it again first."


class KindOutdated(Conflict):
    code = "ticket_kind_outdated"
    zh = "工单类型“{name}”刚刚被他人修改，请刷新后再改。"
    en = "The kind {name} has just been changed by somebody else. Reload it first."


class KindCodeTaken(Conflict):
    code = "ticket_kind_code_taken"
    zh = "编码“{name}”已被另一个工单类型使用。"
    en = "Another kind of ticket has the code {name}."


class KindArchived(Conflict):
    code = "ticket_kind_archived"
    zh = "工单类型“{name}”已停用，不能再新建。"
    en = "The kind {name} is archived: no new tickets of it."


class StateInUse(Conflict):
    code = "ticket_state_in_use"
    zh = "还有工单处于状态“{name}”，不能删除它或改变它的类别。"
    en = "There are tickets in the state {name}: it cannot go or change its category."


class StateRefused(Conflict):
    code = "ticket_state_refused"
    zh = "工单不能从“{before}”改为“{after}”。"
    en = "A ticket cannot go from {before} to {after}."


class TicketMerged(Conflict):
    code = "ticket_merged"
    zh = "工单已合并，请到合并后的工单操作。"
    en = "This ticket was merged into another one: go on there."


class PartsUndone(Conflict):
    code = "ticket_parts_undone"
    zh = "还有 {count} 个子工单未完成，不能解决父工单。"
    en = "{count} sub-tickets are not done: the ticket cannot be resolved yet."


class ChecklistUndone(Conflict):
    code = "ticket_checklist_undone"
    zh = "检查项“{name}”还未完成。"
    en = "“{name}” on the checklist is not done."


class FieldMissing(Conflict):
    code = "ticket_field_missing"
    zh = "解决前请填写“{name}”。"
    en = "Fill in “{name}” before resolving."


class TextMasked(Conflict):
    code = "ticket_text_masked"
    zh = "内容含客户隐私，您看到的是脱敏版本，不能覆盖原文。请用评论补充。"
    en = "The text holds personal data that is masked for you and would be lost. Add a comment instead."


class FieldInvalid(Invalid):
    code = "ticket_field_invalid"
    zh = "字段“{name}”的值不符合要求。"
    en = "The value of the field {name} does not fit."


class KindInvalid(Invalid):
    code = "ticket_kind_invalid"
    zh = "工单类型的设置有误：{reason}"
    en = "The kind of ticket is not consistent: {reason}"


class ReferenceMissing(Invalid):
    code = "ticket_reference_missing"
    zh = "所选的部门、负责人、标签或客户不存在。"
    en = "The department, owner, label or customer that was chosen does not exist."


class MemberRefused(Invalid):
    code = "ticket_member_refused"
    zh = "“{name}”没有工单权限，不能作为负责人、关注人或被提及。"
    en = "{name} may not see tickets: they cannot own, watch or be mentioned."


class LinkRefused(Invalid):
    code = "ticket_link_refused"
    zh = "请选择一个会话、订单或另一个工单来关联。"
    en = "Link to a conversation, an order, or another ticket: one of them."


class MergeRefused(Conflict):
    code = "ticket_merge_refused"
    zh = "不能合并：工单相同、已合并、互为父子，或属于不同客户。"
    en = "They cannot be merged: the same ticket, merged already, parent and part, or of different customers."


class ParentRefused(Conflict):
    code = "ticket_parent_refused"
    zh = "子工单只能有一层，请选择一个不是子工单的父工单。"
    en = "Parts have no parts: choose a parent that is none itself."


class NobodyToTell(Conflict):
    code = "ticket_nobody_to_tell"
    zh = "工单没有关联会话，无法通知客户。"
    en = "The ticket is linked to no conversation: there is nobody to tell."


class CommentEmpty(Invalid):
    code = "ticket_comment_empty"
    zh = "请填写内容或添加附件。"
    en = "Write something or attach a file."
