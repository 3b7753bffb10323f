"""A place for a translator: the product knows how to ask one, and brings none along."""

from typing import Protocol, TypeAlias, runtime_checkable

import msgspec
from litestar.di import NamedDependency

from yingda.kit.errors import Locale, YingdaError


@runtime_checkable
class Translator(Protocol):
    """Whatever turns a text into another language. It may raise any `YingdaError`."""

    async def translate(self, text: str, to: Locale) -> str: ...


class Translation(msgspec.Struct, frozen=True):
    text: str


class TranslationUnavailable(YingdaError):
    status = 501
    code = "translation_unavailable"
    zh = "没有配置翻译服务。"
    en = "No translator is configured."


GivenTranslator: TypeAlias = NamedDependency[Translator | None]
