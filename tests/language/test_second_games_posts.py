"""The rules of posts hold in a game that the code has never heard of."""

from collections.abc import Callable
from pathlib import Path

import pytest

from gpo_market.catalogue import Catalogue, read_catalogue, read_reference
from gpo_market.events.readings import Leg, PostReading
from gpo_market.language import Parser, check_catalogue, resolve

LIST = Path(__file__).parents[1] / "data" / "second-game.json"
Read = Callable[[str], tuple[str, list[str], tuple[str, ...]]]


@pytest.fixture(scope="module")
def second_game() -> Catalogue:
    """Read the made-up game's list."""
    return read_catalogue(LIST.read_bytes(), LIST.name)


@pytest.fixture(scope="module")
def read(second_game: Catalogue) -> Read:
    """Give a function that reads a post into kind, quotes as ``slug xN > any``, and unknown words."""
    reference = read_reference(LIST.read_bytes(), LIST.name)
    assert reference is not None
    values = {second_game.number(slug): value for slug, value in reference.values.items()}
    parser = Parser(second_game)

    def side(legs: tuple[Leg, ...], *, adds: bool, is_open: bool) -> str:
        names = [f"{second_game.slug(leg.item)} x{leg.quantity:g}" for leg in legs]
        return " + ".join(names + ["adds"] * adds + ["any"] * is_open) or "nothing"

    def read_post(content: str) -> tuple[str, list[str], tuple[str, ...]]:
        reading: PostReading = parser.parse(content)
        resolved = [resolve(quote, values.get) for quote in reading.quotes]
        quotes = [
            f"{side(one.give, adds=one.give_adds, is_open=one.give_open)}"
            f" > {side(one.want, adds=one.want_adds, is_open=one.want_open)}"
            for one in (resolution.quote for resolution in resolved)
        ]
        unknown = (*reading.unknown, *(word for one in resolved for word in one.unknown))
        return reading.kind.word, quotes, unknown

    return read_post


@pytest.mark.parametrize(
    ("content", "quotes"),
    [
        (
            "2 gilded ef + kc for moonlit tt",
            ["gilded-ember-fox x2 + kraken-chest x1 > moonlit-tide-turtle x1"],
        ),
        ("gtt for 2 kc", ["gilded-tide-turtle x1 > kraken-chest x2"]),
        ("ml ef for g owl of dusk", ["moonlit-ember-fox x1 > gilded-owl-of-dusk x1"]),
        ("golden whale W: offers", ["gilded-sky-whale x1 > any"]),
        ("H: wolves, 2 lynxes W: offers", ["dune-wolf x1 > any", "frost-lynx x2 > any"]),
        ("owls of dusk x2 for elder kl", ["owl-of-dusk x2 > elder-keepers-lantern x1"]),
        ("full corsair set for corsair fit", ["corsair-set x1 > corsair-outfit x1"]),
        ("i will trade map for key", ["star-map x1 > rune-key x1"]),
        ("will for 2 pc", ["iron-will x1 > pearl-chest x2"]),
        ("sf for kc", ["storm-fox x1 > kraken-chest x1"]),
        (
            "<:PC:811> x3 for <:emberfox:5> + :coral_chest:",
            ["pearl-chest x3 > ember-fox x1 + coral-chest x1"],
        ),
        ("kc + 5k doubloons for ac", ["kraken-chest x1 + adds > ash-crown x1"]),
        ("W: any pet H: kc", ["kraken-chest x1 > any"]),
        ("W: any mythic creature H: kc", ["kraken-chest x1 > any"]),
        ("zephyrine for 2 kc", ["zephyrine-harp x1 > kraken-chest x2"]),
    ],
)
def test_an_offer_is_read_by_the_games_own_list(content: str, quotes: list[str], read: Read) -> None:
    """Families, sets, outfits, emoji, plurals, currencies and sorts come from the list alone."""
    assert read(content) == ("offer", quotes, ())


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("pearl diving 2 kc per hour, dm", "service"),
        ("selling kc for skyport coins", "cash"),
        ("crew up lanternfall", "chatter"),
        ("how much is a gilded ef", "question"),
    ],
)
def test_a_kind_is_told_by_the_games_own_words(content: str, kind: str, read: Read) -> None:
    """Its services, its neighbours' names and its talk."""
    assert read(content) == (kind, [], ())


@pytest.mark.parametrize("word", ["peli", "bounty", "infamy", "pika", "ase"])
def test_no_other_games_words_are_known(word: str, read: Read) -> None:
    """They are unknown here: no money, no items, no sign of another platform."""
    kind, _, unknown = read(f"{word} for 2 kc")
    assert (kind, unknown) == ("offer", (word,))


def test_a_variant_the_list_lacks_is_not_taken_for_the_plain_item(read: Read) -> None:
    """Its worth would be another's."""
    assert read("gilded lynx for kc")[2] == ("gilded lynx",)


def test_the_list_has_no_errors(second_game: Catalogue) -> None:
    """Its collisions are meant, and found."""
    findings = check_catalogue(second_game)
    assert {finding.code for finding in findings if finding.severity == "warning"} == {
        "shared_alias",
        "trade_word",
    }
    assert all(finding.severity != "error" for finding in findings)
