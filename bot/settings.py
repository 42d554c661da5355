"""The settings, from the environment and from a file `.env` in the current folder; the environment wins."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from platformdirs import user_data_path
from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator, model_validator
from pydantic_settings import BaseSettings, DotEnvSettingsSource, SettingsConfigDict

from bot.errors import SettingsError
from bot.health import FILE as HEALTH

STORE = "misses.sqlite"
"""What the file with what is kept for the curator is called."""

INBOX = "inbox.sqlite"
"""What the file with the questions that wait for an answer is called."""

LONGEST_KEPT = 3650
"""Days."""

LONGEST_UNANSWERED = 720
"""Hours."""

_TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]+")

_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")
"""What Telegram takes for a secret that it sends along with every update, but for those that could be guessed."""

_PATH = re.compile(r"(?:/[A-Za-z0-9_.~-]*)*")
"""The path of an address in letters that mean themselves everywhere."""

_PORTS = (443, 80, 88, 8443)
"""The ports that Telegram sends updates to."""

BASE_NAME = "ARTICLE_BOT_BASE"
"""What names another base, in the environment alone."""

_OURS = ("ARTICLE_BOT_", "TELEGRAM_BOT_")
"""What the names of settings begin with, but for those that another Bot API server has too, such as TELEGRAM_API_ID."""

_MUST_BE = {
    "article_bot_data_dir": "It must be the path of a folder.",
    "article_bot_keep_misses": "It must be true or false.",
    "article_bot_keep_days": f"It must be a whole number of days from 1 to {LONGEST_KEPT}, such as 30.",
    "article_bot_answer_hours": f"It must be a whole number of hours from 1 to {LONGEST_UNANSWERED}, such as 24.",
    "article_bot_log": "It must be info, debug or texts.",
}
"""What a setting must be, where the library's own words would be too dry."""


class Settings(BaseSettings):
    """What can be set; an empty value counts as unset."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,  # the input may be the token
    )

    telegram_bot_token: SecretStr | None = None
    telegram_api_url: str | None = None
    article_bot_data_dir: Path = Field(default_factory=lambda: user_data_path("article-bot", appauthor=False))
    article_bot_keep_misses: bool = True
    article_bot_keep_days: int = Field(default=30, ge=1, le=LONGEST_KEPT)
    article_bot_answer_hours: int = Field(default=24, ge=1, le=LONGEST_UNANSWERED)
    article_bot_log: Literal["info", "debug", "texts"] = "info"

    article_bot_webhook_url: str | None = None
    article_bot_webhook_secret: SecretStr | None = None
    article_bot_webhook_listen: str = "127.0.0.1:8080"

    @property
    def health_path(self) -> Path:
        """Return where the sign of life lies."""
        return self.article_bot_data_dir / HEALTH

    @property
    def webhook_listen(self) -> tuple[str, int]:
        """Return the host and the port that updates are taken at."""
        return _host_and_port(self.article_bot_webhook_listen)

    @property
    def store_path(self) -> Path:
        """Return where the database of what is kept for the curator lies."""
        return self.article_bot_data_dir / STORE

    @property
    def inbox_path(self) -> Path:
        """Return where the questions that wait for an answer lie."""
        return self.article_bot_data_dir / INBOX

    @model_validator(mode="before")
    @classmethod
    def _stripped(cls, values: dict[str, Any]) -> dict[str, Any]:
        stripped = {name: value.strip() if isinstance(value, str) else value for name, value in values.items()}
        return {name: value for name, value in stripped.items() if value != ""}

    @field_validator("article_bot_data_dir")
    @classmethod
    def _at_home(cls, value: Path) -> Path:
        try:
            return value.expanduser()
        except RuntimeError as error:
            raise ValueError("Its ~ names no home folder. Write the whole path.") from error

    @field_validator("telegram_bot_token")
    @classmethod
    def _like_a_token(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not _TOKEN.fullmatch(value.get_secret_value()):
            raise ValueError(
                "It must look like 123456789:AAE-the_rest, without quotes or spaces. "
                "Copy it from @BotFather once more, all of it."
            )
        return value

    @field_validator("telegram_api_url")
    @classmethod
    def _root_of_a_server(cls, value: str | None) -> str | None:
        if value is None:
            return None
        if not _is_root(value):
            raise ValueError(
                "It must be the root of a Bot API server, beginning with http:// or https://, "
                "such as http://127.0.0.1:8081. Leave it out to use Telegram's own."
            )
        return value.rstrip("/")

    @field_validator("article_bot_webhook_url")
    @classmethod
    def _public(cls, value: str | None, info: ValidationInfo) -> str | None:
        parts = urlsplit(value) if value and _is_root(value) else None
        if value and not (parts and parts.scheme == "https" and "@" not in value and _PATH.fullmatch(parts.path)):
            raise ValueError(
                "It must be the public address that Telegram sends updates to, beginning with https://, with a path "
                "of letters, digits and / . _ ~ - only, such as https://bot.example.org/updates."
            )
        # Another Bot API server may send to any port.
        if parts and parts.port not in (None, *_PORTS) and not info.data.get("telegram_api_url"):
            raise ValueError(
                "It must be at a port that Telegram sends updates to: 443, as without any, 80, 88 or 8443. "
                "From there a proxy can pass them on to any other."
            )
        return value

    @field_validator("article_bot_webhook_secret")
    @classmethod
    def _like_a_secret(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not _SECRET.fullmatch(value.get_secret_value()):
            raise ValueError(
                "It must be 16 to 256 of the characters A-Z, a-z, 0-9, _ and -. Make one with "
                '`python3 -c "import secrets; print(secrets.token_urlsafe(32))"`.'
            )
        return value

    @field_validator("article_bot_webhook_listen")
    @classmethod
    def _host_with_port(cls, value: str) -> str:
        try:
            _host_and_port(value)
        except ValueError as error:
            raise ValueError("It must be a host and a port, such as 127.0.0.1:8080 or [::1]:8080.") from error
        return value


def read_settings() -> Settings:
    """Return the settings.

    Raises:
        SettingsError: A setting is wrong, or `.env` cannot be read; the text never holds the setting itself.

    """
    try:
        return Settings()
    except ValidationError as error:
        problem = " ".join(_sentence(str(each["loc"][0]), each["msg"]) for each in error.errors(include_input=False))
    except UnicodeDecodeError:
        problem = "The file .env is not UTF-8 text. Save it as UTF-8."
    except OSError as error:
        problem = f"The file .env cannot be read ({error.strerror}). Mend its permissions or remove it."
    # Raised out here, so that the error, which may hold the token, does not travel along as the context.
    raise SettingsError(problem)


def unknown_names() -> tuple[str, ...]:
    """Return the names in the environment and in `.env` that look like those of settings and are none."""
    in_file, around = (set(map(str.upper, each)) for each in (DotEnvSettingsSource(Settings).env_vars, os.environ))
    unknown = (in_file | around - {BASE_NAME}) - set(map(str.upper, Settings.model_fields))
    return tuple(sorted(name for name in unknown if name.startswith(_OURS)))


def _sentence(field: str, message: str) -> str:
    own = message.removeprefix("Value error, ")
    what = _MUST_BE.get(field, message) if own == message else own
    return f"{field.upper()} is not valid. {what}"


def _host_and_port(value: str) -> tuple[str, int]:
    """Return the two parts of a text such as 127.0.0.1:8080, or raise ValueError."""
    parts = urlsplit(f"//{value}")
    if not parts.hostname or not parts.port or parts.netloc != value or "@" in value or re.search(r"\s", value):
        raise ValueError(value)
    return parts.hostname, parts.port


def _is_root(url: str) -> bool:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    sound = parts.scheme in ("http", "https") and bool(parts.hostname) and port != 0
    return sound and not parts.query and not parts.fragment and not any(char.isspace() for char in url)
