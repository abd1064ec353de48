"""What a list says of its game beside the items: families and words, and those of the packaged games.

A list that states neither borrows them from the packaged list of the same game, so that an item list
somebody else wrote for that game is read as well as the packaged one.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Annotated

import msgspec

PACKAGED_LISTS = ("gpo.json",)

Phrase = Annotated[str, msgspec.Meta(min_length=1, max_length=120)]
Phrases = Annotated[tuple[Phrase, ...], msgspec.Meta(max_length=1024)]


class FileFamily(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A family as it stands in a list's file; see ``events.facts.Family``."""

    name: Phrase
    short: Phrases = ()


class FileWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A game's words as they stand in a list's file; see ``events.facts.GameWords``."""

    currencies: Phrases = ()
    cash: Phrases = ()
    services: Phrases = ()
    sorts: Phrases = ()
    ignored: Phrases = ()
    doubtful: Phrases = ()


class GameFile(msgspec.Struct, frozen=True):
    """The part of a list's file that is about the game; None for what the file does not state."""

    game: str = ""
    also_called: Phrases = ()
    families: Annotated[tuple[FileFamily, ...], msgspec.Meta(max_length=256)] | None = None
    words: FileWords | None = None


_NOTHING = GameFile()


def packaged_data(name: str) -> bytes:
    """Give the bytes of a file that ships with the package."""
    return files(__package__).joinpath("data", name).read_bytes()  # deterministic: part of the release


def packaged_game(game: str) -> GameFile:
    """Give what the packaged lists say of a game, by any name of it in any case; nothing for another game."""
    return _packaged_games().get(game.strip().casefold(), _NOTHING)


@cache
def _packaged_games() -> Mapping[str, GameFile]:
    games = [msgspec.json.decode(packaged_data(name), type=GameFile) for name in PACKAGED_LISTS]
    return {name.casefold(): game for game in games for name in (game.game, *game.also_called)}
