"""What simulated posters mean to say."""

from collections import Counter
from collections.abc import Callable

import pytest

from gpo_market.catalogue import Catalogue, Reference
from gpo_market.events.readings import Kind, QuoteReading
from gpo_market.feeds.bargaining import Bargainer
from gpo_market.feeds.chance import Chance
from gpo_market.feeds.intentions import Intention, Intentions, Shares
from gpo_market.feeds.market_model import MarketModel
from gpo_market.feeds.posters import Case, Poster, Tongue

POSTER = Poster("1", 0, "2", "3", 0.1, 0.08, Tongue.ENGLISH, Case.AS_IS, emoji=False)

Draw = Callable[..., list[Intention]]


@pytest.fixture
def bargainer(catalogue: Catalogue, reference: Reference, start: int) -> Bargainer:
    """A bargainer over the packaged list, one proposal in ten an outlier."""
    return Bargainer(MarketModel(catalogue, reference, 5, start), Chance(5), 0.1)


@pytest.fixture
def draw(bargainer: Bargainer) -> Draw:
    """Draw many intentions by the shares of each kind."""

    def make(asides: float = 0.0, deals: float = 0.0, one_sided: float = 0.0) -> list[Intention]:
        intentions = Intentions(bargainer, Chance(6), Shares(asides, deals, one_sided))
        return [intentions.draw(POSTER) for _ in range(3000)]

    return make


def kinds(intentions: list[Intention]) -> Counter[Kind]:
    """Count the kinds of posts."""
    return Counter(intention.meant.kind for intention in intentions)


def quotes(intentions: list[Intention]) -> list[QuoteReading]:
    """Give all quotes of all posts."""
    return [quote for intention in intentions for quote in intention.meant.quotes]


def test_shares_are_kept(draw: Draw) -> None:
    """Asides and deals come as often as asked; the rest are offers."""
    found = kinds(draw(asides=0.1, deals=0.2))
    assert found[Kind.DEAL] / 3000 == pytest.approx(0.2, abs=0.03)
    assert found[Kind.OFFER] / 3000 == pytest.approx(0.7, abs=0.03)
    assert set(found) == set(Kind)


def test_plain_offers_carry_their_bargain(draw: Draw) -> None:
    """An offer of one plain quote comes with the bargain it says; outliers are marked."""
    plain = [intention for intention in draw() if intention.bargain is not None]
    assert len(plain) > 2300
    for intention in plain:
        assert intention.bargain is not None
        (quote,) = intention.meant.quotes
        assert (quote.give, quote.want) == (intention.bargain.give, intention.bargain.want)
        assert intention.outlier == intention.bargain.outlier
    assert sum(intention.outlier for intention in plain) / len(plain) == pytest.approx(0.1, abs=0.03)


def test_some_offers_name_several_quotes(draw: Draw) -> None:
    """Some offers are alternatives that share a side, some are several trades at once."""
    several = [intention.meant.quotes for intention in draw() if len(intention.meant.quotes) == 2]
    shared = [first.give == second.give or first.want == second.want for first, second in several]
    assert 100 < len(several) < 400
    assert 0 < sum(shared) < len(shared)


def test_adds_stand_with_the_money(draw: Draw) -> None:
    """Adds are promised or asked for on one side only."""
    adds = [quote for quote in quotes(draw()) if quote.give_adds or quote.want_adds]
    assert 60 < len(adds) < 200
    assert {quote.give_adds for quote in adds} == {True, False}
    assert all(quote.give_adds != quote.want_adds for quote in adds)


def test_one_sided_offers_leave_the_other_side_open(draw: Draw) -> None:
    """A one-sided offer names one item, and its other side is empty and open."""
    found = quotes(draw(one_sided=0.999))
    sides = Counter((len(quote.give), len(quote.want), quote.give_open, quote.want_open) for quote in found)
    assert sides[1, 0, False, True] + sides[0, 1, True, False] >= 2980
    assert min(sides[1, 0, False, True], sides[0, 1, True, False]) > 1000


def test_asides_say_no_live_offer(draw: Draw) -> None:
    """Chatter, services and cash offers have no quotes; a question may name a trade."""
    found = draw(asides=1.0)
    assert Kind.OFFER not in kinds(found)
    named = [intention for intention in found if intention.meant.quotes]
    assert named
    assert all(intention.meant.kind is Kind.QUESTION for intention in named)


def test_some_deals_name_nothing(draw: Draw) -> None:
    """Most deals name the trade; some only say that they are done."""
    found = Counter(len(intention.meant.quotes) for intention in draw(deals=1.0))
    assert found[0] / 3000 == pytest.approx(0.1, abs=0.03)
    assert set(found) == {0, 1}


def test_softening_asks_for_less(bargainer: Bargainer) -> None:
    """An offer softened asks for less than before, or stays where no money comes close."""
    intentions = Intentions(bargainer, Chance(6), Shares(0.0, 0.0, 0.0))
    lower = 0
    for _ in range(300):
        bargain = bargainer.propose(POSTER)
        softer = intentions.softened(bargain, 0.5).bargain
        assert softer is not None
        assert softer == bargain or bargainer.asked(softer) < bargainer.asked(bargain)
        lower += softer != bargain
    assert lower > 200
