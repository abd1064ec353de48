"""Families and words of games, as they stand in lists and in the packaged ones."""

import json

import msgspec
import pytest

from gpo_market.catalogue import packaged_catalogue, read_catalogue
from gpo_market.catalogue.games import PACKAGED_LISTS, FileFamily, GameFile, packaged_data, packaged_game


@pytest.mark.parametrize("name", [" grand piece ONLINE", "gpo"])
def test_the_packaged_game_is_found_by_any_name_in_any_case(name: str) -> None:
    """Whoever writes a list types its game's name as they like."""
    game = packaged_game(name)
    assert FileFamily("Prestige", ("p", "pres")) in (game.families or ())
    assert game.words is not None
    assert "peli" in game.words.currencies


def test_another_game_has_nothing_packaged() -> None:
    """Neither families nor words are made up for it."""
    assert packaged_game("Tiny") == GameFile()


@pytest.mark.parametrize("name", PACKAGED_LISTS)
def test_packaged_lists_name_their_game_and_state_its_words(name: str) -> None:
    """They are what other lists of the game borrow from."""
    game = msgspec.json.decode(packaged_data(name), type=GameFile)
    assert game.game
    assert game.words is not None
    assert game.families is not None


def test_a_strangers_list_of_a_packaged_game_borrows_its_words_and_families() -> None:
    """It is read as well as the packaged list."""
    body = {"game": "Grand Piece Online", "items": [{"slug": "pika", "name": "Pika"}]}
    borrowed = read_catalogue(json.dumps(body).encode(), "mine.json")
    assert borrowed.words == packaged_catalogue().words
    assert borrowed.families == packaged_catalogue().families


@pytest.mark.parametrize("stated", ["words", "families"])
def test_what_a_list_states_is_not_borrowed(stated: str) -> None:
    """An empty statement is one too; the other part is borrowed still."""
    empty: object = {} if stated == "words" else []
    body = {"game": "Grand Piece Online", "items": [{"slug": "pika", "name": "Pika"}], stated: empty}
    catalogue = read_catalogue(json.dumps(body).encode(), "mine.json")
    assert (catalogue.words == packaged_catalogue().words) is (stated != "words")
    assert (catalogue.families == packaged_catalogue().families) is (stated != "families")
