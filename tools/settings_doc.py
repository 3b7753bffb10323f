"""Writes `docs/settings.md` from the descriptions in `infra/settings.py`; a test holds the two together."""

from pathlib import Path
from typing import Any

from yingda.infra.settings import Settings

PAGE = Path("docs/settings.md")

_INTRODUCTION = """\
# Settings

Written by `make settings-doc` from `src/yingda/infra/settings.py`; change it there.

Each setting is a line of `yingda.toml` in the working directory (`YINGDA_CONFIG` names another file) or an environment
variable; the environment wins. Command options such as `--port` win over both. An unknown name or a wrong value ends
the start with one line that says which.

```toml
# yingda.toml
database_url = "postgresql://yingda@db.internal/yingda"
public_url = "https://service.example.com"
secure_cookies = true
```

| `yingda.toml` | environment | takes | default | meaning |
| --- | --- | --- | --- | --- |
"""


_WORDS = {"integer": "whole number", "number": "number", "boolean": "`true`, `false`", "string": "text", "path": "path"}


def page() -> str:
    """The whole document."""
    properties = Settings.model_json_schema()["properties"]
    return _INTRODUCTION + "".join(_row(name, schema) for name, schema in properties.items())


def _row(name: str, schema: dict[str, Any]) -> str:
    default = schema["default"]
    shown = "" if default is None else f"`{str(default).lower() if isinstance(default, bool) else default}`"
    return f"| `{name}` | `YINGDA_{name.upper()}` | {_takes(schema)} | {shown} | {schema['description']} |\n"


def _takes(schema: dict[str, Any]) -> str:
    """The type in a reader's words, with its limits."""
    kind = schema.get("anyOf", [schema])[0]  # a setting that may be empty is "this or null"
    if "enum" in kind:
        return ", ".join(f"`{choice}`" for choice in kind["enum"])
    word = _WORDS[kind.get("format", kind["type"])]
    if "minLength" in kind:
        return f"{word} of at least {kind['minLength']} characters"
    if "maximum" in kind:
        return f"{word}, {kind['minimum']}–{kind['maximum']}"
    return f"{word}, at least {kind['minimum']}" if "minimum" in kind else word


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
