"""All settings in one typed object: environment, ``.env``, ``gpo-market.toml``."""

from pathlib import Path
from tomllib import TOMLDecodeError
from typing import Literal

from pydantic import Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from gpo_market.cli.errors import BadInputError

FeedName = Literal["demo", "none"]
LogLevel = Literal["debug", "info", "warning", "error"]


class Settings(BaseSettings):
    """What can be set without an option; ``docs/configuration.md`` says what each means."""

    model_config = SettingsConfigDict(
        env_prefix="GPO_MARKET_",
        env_file=".env",
        env_ignore_empty=True,
        toml_file="gpo-market.toml",
        extra="ignore",
    )

    data: Path | None = None
    catalogue: Path | None = None
    reference: str = "packaged"
    feed: FeedName = "demo"
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    demo_seed: int = Field(default=1, ge=0)
    text_days: int = Field(default=90, ge=0, le=36_500)
    keep_awake: bool = False
    log_level: LogLevel = "info"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Put the environment first, then ``.env``, then the TOML file."""
        del file_secret_settings
        return init_settings, env_settings, dotenv_settings, TomlConfigSettingsSource(settings_cls)


def load_settings() -> Settings:
    """Read the settings; raises BadInputError naming the first setting or the file that is wrong."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(str(part) for part in first["loc"])
        raise BadInputError(f"setting {name}: {first['msg'].lower()} (got {first['input']!r})") from error
    except TOMLDecodeError as error:
        raise BadInputError(f"gpo-market.toml: {error}") from error
    except (ValueError, OSError) as error:
        raise BadInputError(f"the settings in .env or gpo-market.toml cannot be read: {error}") from error
