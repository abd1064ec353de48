"""All settings in one typed object: environment, ``.env``, ``gpo-market.toml``."""

from pathlib import Path
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

    data: Path | None = Field(
        None, description="The engine's folder. Default: `./data/demo` for the demo, else `./data`."
    )
    catalogue: Path | None = Field(None, description="An item list to use instead of the packaged one.")
    reference: str = Field(
        "packaged",
        description="The reference list for real markets: `packaged`, `none`, or a file. Simulated markets never use one.",
    )
    feed: FeedName = Field("demo", description="Where posts come from: `demo` or `none`.")
    host: str = Field("127.0.0.1", description="The address to listen on.")
    port: int = Field(8000, ge=0, le=65535, description="The port to listen on; 0 takes a free one.")
    demo_seed: int = Field(1, ge=0, description="The seed of a new demo market.")
    log_level: LogLevel = Field("info", description="The least severe message to log.")

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
    """Read the settings; raises BadInputError naming the first setting that is wrong."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(str(part) for part in first["loc"])
        raise BadInputError(f"setting {name}: {first['msg'].lower()} (got {first['input']!r})") from error
    except ValueError as error:
        raise BadInputError(f"gpo-market.toml: {error}") from error
