"""What can be wrong when personal data is asked for."""

from yingda.kit.errors import Invalid


class ReasonMissing(Invalid):
    code = "reason_missing"
    zh = "请写明查看的原因。"
    en = "Say why it has to be shown."
