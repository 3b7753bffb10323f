"""Every setting of a deployment, from the environment (`YINGDA_…`) and a TOML file, checked once at start.

The environment wins over the file; the file is `yingda.toml` in the working directory or what `YINGDA_CONFIG` names.
`docs/settings.md` is generated from the descriptions below.
"""

import os
import secrets
from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource


class SettingsInvalid(Exception):
    """A setting has a wrong value; the text is one line that names it."""


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="YINGDA_", extra="forbid", frozen=True)

    data_dir: Path = Field(Path("var"), description="Folder for the embedded database, uploaded files and secrets.")
    database_url: str | None = Field(
        None, description="PostgreSQL ≥ 15, postgresql://user@host/name. Empty: the embedded server in `data_dir`."
    )
    database_pool: int = Field(
        10, ge=2, le=200, description="Database connections of one process, besides five for jobs and real time."
    )
    host: str = Field("127.0.0.1", description="Address the web process listens on.")
    port: int = Field(8000, ge=1, le=65535, description="Port the web process listens on.")
    public_url: str | None = Field(
        None, description="Address under which browsers reach the service, https://… Empty: http://host:port."
    )
    secret_key: str | None = Field(
        None,
        min_length=32,
        description="Key that signs visitor tokens and file links. Empty: made at first start, kept in `data_dir`.",
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="Lowest level that is logged.")
    log_format: Literal["auto", "json", "text"] = Field("auto", description="auto: text in a terminal, else json.")
    files_url: str | None = Field(
        None, description="Where uploads go: empty for `data_dir`/files, or s3://bucket/prefix (credentials as AWS_…)."
    )
    upload_bytes: int = Field(10 * 1024 * 1024, ge=1024, description="Largest upload, in bytes.")
    body_bytes: int = Field(256 * 1024, ge=4096, description="Largest request body other than an upload, in bytes.")
    text_chars: int = Field(4000, ge=100, le=20000, description="Longest text of one message, in characters.")
    visitor_messages_per_minute: int = Field(
        40, ge=1, description="Messages one visitor may send in a minute; half of it at once."
    )
    address_messages_per_minute: int = Field(
        600, ge=1, description="Messages from one network address in a minute; half of it at once."
    )
    sessions_per_address_per_minute: int = Field(
        120, ge=1, description="New chat sessions from one network address in a minute."
    )
    reveals_per_minute: int = Field(
        10, ge=1, description="Masked fields one colleague may have shown in a minute; half of it at once."
    )
    trusted_proxies: int = Field(
        0, ge=0, le=5, description="How many reverse proxies stand in front and append to X-Forwarded-For."
    )
    shops_dir: Path | None = Field(
        None, description="Folder with one mapping file (*.toml) for each shop that is connected over REST."
    )
    webhook_private_addresses: bool = Field(
        False, description="Let webhooks go to addresses of one's own network and over plain http. For trying out."
    )
    demo: bool = Field(False, description="Serve the demo shop page at / and the data it shows.")
    secure_cookies: bool = Field(False, description="Send staff cookies over HTTPS only. Set it in production.")
    socket_queue: int = Field(256, ge=128, description="Frames a socket may lag behind before it is dropped.")
    answer_grace_seconds: float = Field(
        3.0, ge=0.2, le=60, description="How long the web process has to answer before any worker may."
    )
    worker_concurrency: int = Field(4, ge=1, le=64, description="Jobs one worker process runs at a time.")

    encoder: str = Field(
        "auto",
        description="Sentence encoder for messages that are hard to read: auto (ours, if the extra `encoder` is "
        "installed), general (the one that ours was made from: slower, for shops that speak another language), none, a "
        "folder with model.onnx and tokenizer.json, or the https://…/v1 of an OpenAI-compatible service. Any but the "
        "first is taught with at the first start, which takes minutes.",
    )
    encoder_model: str = Field("", description="The service's name of the model that gives sentence vectors.")
    encoder_key: str | None = Field(None, description="Key for the encoder's service.")
    encoder_timeout_seconds: float = Field(
        0.5, ge=0.05, le=10, description="How long a message waits for the encoder's service."
    )
    judge_url: str | None = Field(
        None,
        description="The https://…/v1 of an OpenAI-compatible language model that picks the intent where nothing else "
        "is sure. Empty: none is asked.",
    )
    judge_model: str = Field("", description="The service's name of that language model.")
    judge_key: str | None = Field(None, description="Key for the language model's service.")
    judge_timeout_seconds: float = Field(
        3.0, ge=0.1, le=30, description="How long a message waits for the language model."
    )

    assistant_url: str | None = Field(
        None,
        description="The https://…/v1 of an OpenAI-compatible language model that helps the assistant choose a process "
        "and fill what it asks for, and drafts answers from articles and facts; needs the extra `llm`. Empty: the "
        "assistant reads by itself and says what stands there.",
    )
    assistant_model: str = Field("", description="The service's name of that language model.")
    assistant_key: str | None = Field(None, description="Key for that language model's service.")
    assistant_timeout_seconds: float = Field(
        1.5, ge=0.1, le=2, description="After so long the assistant goes on without that language model."
    )
    drafting: bool = Field(
        True,
        description="Let that language model draft answers and suggestions. Each sentence is checked against the "
        "passage that it cites; what is not supported is not told.",
    )
    drafting_timeout_seconds: float = Field(
        2.0, ge=0.1, le=5, description="After so long an answer stands as in the article, without a draft."
    )

    @field_validator("database_url")
    @classmethod
    def _postgresql_only(cls, url: str | None) -> str | None:
        if url is not None and not url.startswith(("postgresql://", "postgres://")):
            raise ValueError("must start with postgresql://")
        return url

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        file = TomlConfigSettingsSource(settings_cls, Path(os.environ.get("YINGDA_CONFIG", "yingda.toml")))
        return init_settings, env_settings, file

    @cached_property
    def signing_key(self) -> bytes:
        """`secret_key`, or the one kept in `data_dir` (made at first use, readable by the owner only)."""
        if self.secret_key:
            return self.secret_key.encode()
        path = self.data_dir / "secret.key"
        try:
            self.data_dir.mkdir(parents=True, exist_ok=True)
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(48))
        except FileExistsError:
            pass
        return path.read_text().encode()


def load_settings(**overrides: object) -> Settings:
    """The settings in force; `overrides` win over everything. Raises `SettingsInvalid` with one clear line."""
    unknown = [n for n in os.environ if n.startswith("YINGDA_") and n not in _KNOWN_VARIABLES]
    if unknown:
        raise SettingsInvalid(f"unknown setting {min(unknown)} in the environment")
    named = os.environ.get("YINGDA_CONFIG")
    if named and not Path(named).is_file():
        raise SettingsInvalid(f"settings file {named} (YINGDA_CONFIG): there is no such file")
    try:
        return Settings(**overrides)  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        raise SettingsInvalid(f"setting {name} (YINGDA_{name.upper()}): {first['msg']}") from None
    except ValueError as error:  # a TOML file that cannot be read
        raise SettingsInvalid(f"settings file: {error}") from None


_KNOWN_VARIABLES = {
    "YINGDA_CONFIG",
    "YINGDA_TEST_DATABASE_URL",
    *(f"YINGDA_{name.upper()}" for name in Settings.model_fields),
}
