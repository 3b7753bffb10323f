"""What can be wrong about customers."""

from yingda.kit.errors import Conflict, NotFound


class CustomerNotFound(NotFound):
    code = "customer_not_found"
    zh = "没有找到这位客户。"
    en = "There is no such customer."


class NothingKnown(NotFound):
    code = "customer_field_empty"
    zh = "没有这项资料。"
    en = "This is not known of the customer."


class NoteNotFound(NotFound):
    code = "customer_note_not_found"
    zh = "没有找到这条备注，或者它不是您写的。"
    en = "There is no such note, or it is not yours."


class LinkNotFound(NotFound):
    code = "customer_link_not_found"
    zh = "没有找到这条身份关联记录。"
    en = "There is no such link between customers."


class LinkUndone(Conflict):
    code = "customer_link_undone"
    zh = "这条身份关联已经撤销过了。"
    en = "This link has been undone already."
