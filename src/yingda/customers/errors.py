"""What can be wrong about customers."""

from yingda.kit.errors import Conflict, NotFound


class CustomerNotFound(NotFound):
    code = "customer_not_found"
    zh = "没有找到这位客户。"
    en = "There is no such customer."


class LinkNotFound(NotFound):
    code = "customer_link_not_found"
    zh = "没有找到这条身份关联记录。"
    en = "There is no such link between customers."


class LinkUndone(Conflict):
    code = "customer_link_undone"
    zh = "这条身份关联已经撤销过了。"
    en = "This link has been undone already."
