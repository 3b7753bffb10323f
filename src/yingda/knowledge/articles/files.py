"""Articles as Markdown files with a YAML head: what ships, what is taken away and brought back."""

from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import yaml

from yingda.kit.paths import data_dir
from yingda.knowledge.articles import rules
from yingda.knowledge.articles.errors import ArticleInvalid, FileUnreadable
from yingda.knowledge.articles.schemas import ArticleContent, Slug

_FENCE = "---\n"
#: A head of more is none.
_HEAD_CHARACTERS = 20_000


class ArticleFile(msgspec.Struct, frozen=True):
    slug: str
    content: ArticleContent


class _Loader(yaml.SafeLoader):
    """Plain data only: references would let a few bytes stand for gigabytes."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise FileUnreadable(reason="YAML alias")
        return super().compose_node(parent, index)


class _Head(msgspec.Struct, frozen=True, kw_only=True):
    slug: Slug


def read_article(text: str) -> ArticleFile:
    """Raises `FileUnreadable`. What the content says is checked elsewhere."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    head, fence, body = text.removeprefix(_FENCE).partition(f"\n{_FENCE}")
    if not text.startswith(_FENCE) or not fence or len(head) > _HEAD_CHARACTERS:
        raise FileUnreadable(reason="no front matter")
    return article_of(_mapping(head) | {"body": body.strip()})


def article_of(raw: dict[str, Any]) -> ArticleFile:
    """From the keys of a front matter, and `body`. Raises `FileUnreadable`."""
    try:
        slug = msgspec.convert({"slug": raw.pop("slug", None)}, _Head).slug
        given = {name: value for name, value in raw.items() if value is not None}
        return ArticleFile(slug, msgspec.convert(given, ArticleContent))
    except msgspec.ValidationError as error:
        raise FileUnreadable(reason=str(error)) from None


def write_article(slug: str, content: ArticleContent) -> str:
    """What `read_article` reads."""
    head: dict[str, Any] = {"slug": slug}
    for name in ArticleContent.__struct_fields__:
        value = getattr(content, name)
        if name != "body" and value is not None:
            head[name] = value if isinstance(value, date) else msgspec.to_builtins(value)
    lists = {name: list(value) for name, value in head.items() if isinstance(value, tuple)}
    told = yaml.safe_dump(_plain(head | lists), allow_unicode=True, sort_keys=False, width=1_000)
    return f"{_FENCE}{told}{_FENCE}\n{content.body.strip()}\n"


def shipped(directory: Path | None = None) -> list[ArticleFile]:
    """Those of `data/knowledge/articles`. Raises `FileUnreadable` naming the file."""
    found = []
    for path in _files(directory):
        try:
            found.append(read_article(path.read_text("utf-8")))
        except FileUnreadable as error:
            raise FileUnreadable(reason=f"{path.name}: {error.params['reason']}") from None
    return found


def faults(directory: Path | None = None) -> dict[str, ArticleInvalid]:
    """What is wrong with the files of a folder, by name; of each its first fault."""
    found: dict[str, ArticleInvalid] = {}
    for path in _files(directory):
        try:
            rules.check(read_article(path.read_text("utf-8")).content)
        except ArticleInvalid as error:
            found[path.name] = error
        except UnicodeDecodeError:
            found[path.name] = FileUnreadable(reason="UTF-8")
    return found


def _files(directory: Path | None) -> list[Path]:
    return sorted((directory or data_dir() / "knowledge" / "articles").glob("*.md"))


def _mapping(head: str) -> dict[str, Any]:
    try:
        raw = yaml.load(head, _Loader)  # noqa: S506  a safe loader of ours
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise FileUnreadable(reason=" ".join(str(error).split())[:200]) from None
    if not isinstance(raw, dict):
        raise FileUnreadable(reason="no front matter")
    return raw


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value
