"""Errors are part of the interface: each knows its HTTP status, its stable code and its words in both languages.

A feature declares its own by subclassing the kind that fits; one handler in `app` renders them all as
problem+json (RFC 9457). Placeholders in the texts are filled from the keyword arguments given when raised.
"""

from typing import ClassVar, Literal

Locale = Literal["zh", "en"]
Params = str | int | float


class YingdaError(Exception):
    """An expected failure that a caller is told about in words."""

    status: ClassVar[int] = 500
    code: ClassVar[str] = "internal_error"
    zh: ClassVar[str] = "系统开了个小差，请稍后再试。"
    en: ClassVar[str] = "Something went wrong on our side. Please try again."
    retry_after: float | None = None

    def __init__(self, *, retry_after: float | None = None, **params: Params) -> None:
        self.params = params
        self.retry_after = retry_after
        super().__init__(self.detail("en"))

    def detail(self, locale: Locale) -> str:
        """The sentence for the user, in their language."""
        return (self.zh if locale == "zh" else self.en).format_map(self.params)


class BadRequest(YingdaError):
    status = 400
    code = "bad_request"
    zh = "请求的内容无法理解。"
    en = "The request could not be understood."


class Unauthenticated(YingdaError):
    status = 401
    code = "unauthenticated"
    zh = "请先登录。"
    en = "Please sign in first."


class Forbidden(YingdaError):
    status = 403
    code = "forbidden"
    zh = "您没有进行此操作的权限。"
    en = "You are not allowed to do this."


class NotFound(YingdaError):
    """Also what an object answers that exists but is not the caller's: existence itself is not told."""

    status = 404
    code = "not_found"
    zh = "没有找到您要的内容。"
    en = "There is nothing here under that name."


class Conflict(YingdaError):
    status = 409
    code = "conflict"
    zh = "内容已被他人更改，请刷新后重试。"
    en = "It has been changed meanwhile. Reload and try again."


class TooLarge(YingdaError):
    status = 413
    code = "body_too_large"
    zh = "提交的内容过大。"
    en = "The request is too large."


class UnsupportedType(YingdaError):
    status = 415
    code = "media_type_refused"
    zh = "不支持这种类型的内容。"
    en = "This type of content is not accepted."


class Invalid(YingdaError):
    status = 422
    code = "validation_failed"
    zh = "提交的内容有误：{reason}"
    en = "The request is not valid: {reason}"


class RateLimited(YingdaError):
    status = 429
    code = "rate_limited"
    zh = "操作太频繁了，请稍等片刻再试。"
    en = "Too many requests. Please wait a moment."


class Unavailable(YingdaError):
    status = 503
    code = "unavailable"
    zh = "服务暂时不可用，请稍后再试。"
    en = "The service is not available right now. Please try again shortly."
