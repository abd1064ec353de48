"""What simulated posters propose."""

import math
import statistics
from collections.abc import Callable

import pytest

from gpo_market.catalogue import Catalogue, Reference, read_catalogue
from gpo_market.events.readings import Leg
from gpo_market.feeds.bargaining import CLUMSY, LARGEST_QUANTITY, Aim, Bargain, Bargainer, Basket
from gpo_market.feeds.chance import Chance
from gpo_market.feeds.market_model import MarketModel, money_items
from gpo_market.feeds.posters import Case, Poster, Tongue

Bargaining = Callable[..., Bargainer]


@pytest.fixture
def bargaining(catalogue: Catalogue, reference: Reference, start: int) -> Bargaining:
    """Make a bargainer over the packaged list, or its most popular items."""

    def make(outliers: float = 0.0, items: int | None = None) -> Bargainer:
        return Bargainer(MarketModel(catalogue, reference, 5, start, items), Chance(5), outliers)

    return make


def items(basket: Basket) -> set[int]:
    """Give the items of a basket."""
    return {leg.item for leg in basket}


def poster(spread: float = 0.1, noise: float = 0.08) -> Poster:
    """A poster of so much greed and noise."""
    return Poster("1", 0, "2", "3", spread, noise, Tongue.ENGLISH, Case.AS_IS, emoji=False)


@pytest.mark.parametrize("items", [None, 60, 4])
def test_proposals_balance_but_for_greed_and_noise(bargaining: Bargaining, items: int | None) -> None:
    """What is wanted exceeds what is given by the poster's spread, with the poster's noise around it."""
    bargainer = bargaining(items=items)
    found = [bargainer.asked(bargainer.propose(poster())) for _ in range(4000)]
    assert statistics.median(found) == pytest.approx(0.10, abs=0.01)
    assert statistics.stdev(found) < 0.14


def test_deals_are_fair(bargaining: Bargaining) -> None:
    """Concluded trades carry nobody's spread and half the noise."""
    bargainer = bargaining()
    found = [bargainer.asked(bargainer.deal(poster())) for _ in range(4000)]
    assert statistics.median(found) == pytest.approx(0.0, abs=0.01)
    assert statistics.stdev(found) < 0.10


def test_baskets_are_what_people_post(bargaining: Bargaining) -> None:
    """Quantities are whole and readable, sides share no item, and no item stands twice."""
    bargainer = bargaining()
    for _ in range(3000):
        bargain = bargainer.propose(poster())
        legs = [*bargain.give, *bargain.want]
        assert 2 <= len(legs) <= 7
        assert bargain.give
        assert bargain.want
        assert len({leg.item for leg in legs}) == len(legs)
        assert all(leg.quantity == int(leg.quantity) for leg in legs)
        assert all(1 <= leg.quantity <= LARGEST_QUANTITY for leg in legs)


def test_most_pay_in_money(bargaining: Bargaining, catalogue: Catalogue) -> None:
    """Most proposals have a side of money items alone; some swap item for item."""
    bargainer = bargaining()
    money = set(money_items(catalogue))
    bargains = [bargainer.propose(poster()) for _ in range(2000)]
    sides = [(items(bargain.give), items(bargain.want)) for bargain in bargains]
    paid = sum(give <= money or want <= money for give, want in sides)
    assert 0.75 < paid / len(bargains) < 0.97


def test_both_sides_of_the_market_post(bargaining: Bargaining, catalogue: Catalogue) -> None:
    """Money is given by about as many as want it."""
    bargainer = bargaining()
    money = set(money_items(catalogue))
    bargains = [bargainer.propose(poster()) for _ in range(2000)]
    buying = sum(items(bargain.give) <= money for bargain in bargains)
    selling = sum(items(bargain.want) <= money for bargain in bargains)
    assert 0.7 < selling / buying < 2.0


def test_outliers_are_as_frequent_as_asked_and_far_off(bargaining: Bargaining) -> None:
    """About the asked share is marked as outliers, and those scatter far more than the rest."""
    bargainer = bargaining(outliers=0.2)
    bargains = [bargainer.propose(poster()) for _ in range(4000)]
    outliers = [bargainer.asked(bargain) for bargain in bargains if bargain.outlier]
    assert len(outliers) / len(bargains) == pytest.approx(0.2, abs=0.03)
    assert statistics.median(outliers) > 0.5
    assert statistics.stdev(outliers) > 0.5


def test_payments_are_worth_what_is_paid(bargaining: Bargaining) -> None:
    """A payment comes close to its value, whatever that is, and leaves out what is banned."""
    bargainer = bargaining()
    money = money_items(bargainer._model.catalogue)
    cheapest = min(bargainer._model.values[item] for item in money)
    for place in range(300):
        value = cheapest * 2.0 * 1.02**place
        payment = bargainer.payment(value, {money[0]})
        assert money[0] not in items(payment)
        capped = any(leg.quantity == LARGEST_QUANTITY for leg in payment)
        assert capped or bargainer.worth(payment) == pytest.approx(value, rel=0.35)


def test_a_payment_is_never_nothing(bargaining: Bargaining) -> None:
    """Even next to nothing is paid with one of the cheapest money item."""
    bargainer = bargaining()
    assert [leg.quantity for leg in bargainer.payment(1e-9, ())] == [1.0]
    assert [leg.quantity for leg in bargainer.payment(1e-9, money_items(bargainer._model.catalogue))] == [1.0]


def test_where_nothing_is_left_to_pay_with_nothing_is_paid(bargaining: Bargaining) -> None:
    """A payment without any item allowed is empty."""
    bargainer = bargaining(items=4)
    assert bargainer.payment(5.0, bargainer._model.items) == ()


def test_goods_can_be_repaid_with_other_money(bargaining: Bargaining) -> None:
    """Paying otherwise keeps the goods, changes the money's worth as asked, and whose money it is."""
    bargainer = bargaining()
    changed = 0
    for _ in range(500):
        bargain = bargainer.propose(poster())
        other = bargainer.repaid(bargain, 0.5)
        if other == bargain:
            continue
        changed += 1
        assert other.buying == bargain.buying
        kept, paid = ("want", "give") if bargain.buying else ("give", "want")
        assert getattr(other, kept) == getattr(bargain, kept)
        ratio = bargainer.worth(getattr(other, paid)) / bargainer.worth(getattr(bargain, paid))
        assert abs(math.log(ratio / 0.5)) <= CLUMSY + 1e-9
    assert changed > 400


def test_what_no_money_can_pay_is_not_repaid(bargaining: Bargaining, catalogue: Catalogue) -> None:
    """Where the cheapest money is worth far more than what is due, the bargain stays as it is."""
    bargainer = bargaining()
    chest, candy = catalogue.number("rare-fruit-chest"), catalogue.number("candy-cane")
    bargain = Bargain((Leg(candy, 1.0),), (Leg(chest, 1.0),))
    assert bargainer.repaid(bargain, 0.001) == bargain


def test_a_market_of_money_alone_still_trades(start: int) -> None:
    """Where every item is money, money is traded for money, balanced as well as it can be."""
    body = b'{"items": [{"slug": "a", "name": "A"}, {"slug": "b", "name": "B"}]}'
    model = MarketModel(read_catalogue(body, "two.json"), None, 5, start)
    bargainer = Bargainer(model, Chance(5), 0.0)
    for _ in range(200):
        bargain = bargainer.propose(poster())
        assert items(bargain.give) | items(bargain.want) == {0, 1}


def test_a_market_of_one_item_is_refused(start: int) -> None:
    """One item alone cannot be traded."""
    model = MarketModel(
        read_catalogue(b'{"items": [{"slug": "a", "name": "A"}]}', "one.json"), None, 5, start
    )
    with pytest.raises(ValueError, match="at least 2 items to trade, not 1"):
        Bargainer(model, Chance(5), 0.0)


def test_an_aim_can_be_moved() -> None:
    """Asking for more moves target and spread alike and leaves the noise."""
    assert Aim(0.1, 0.2, 0.3).moved(0.5) == Aim(0.6, 0.7, 0.3)


@pytest.mark.parametrize("buying", [True, False])
def test_an_item_can_be_pushed(bargaining: Bargaining, catalogue: Catalogue, *, buying: bool) -> None:
    """A named item is offered, or sought, against money at about the size asked, never in one way only."""
    bargainer, item = bargaining(), catalogue.number("dark-blade")
    found = [bargainer.push(item, Aim(0.4), buying=buying) for _ in range(100)]
    assert statistics.median(map(bargainer.asked, found)) == pytest.approx(0.4, abs=0.05)
    assert len({(bargain.give, bargain.want) for bargain in found}) > 5
    for bargain in found:
        assert [leg.item for leg in (bargain.want if buying else bargain.give)] == [item]
        assert bargain.outlier


def test_felt_bundles_balance(catalogue: Catalogue, reference: Reference, start: int) -> None:
    """With a premium, proposals balance at discounted sums, and the plain sums differ by the discount."""
    bargainer = Bargainer(MarketModel(catalogue, reference, 5, start), Chance(5), 0.0, bundle_premium=0.2)
    found = [bargainer.propose(poster()) for _ in range(2000)]
    assert statistics.median(map(bargainer.asked, found)) == pytest.approx(0.10, abs=0.02)
    for bargain in found:
        plain = math.log(bargainer.worth(bargain.want) / bargainer.worth(bargain.give))
        assert plain == pytest.approx(bargainer.asked(bargain) + bargainer.discount(bargain))
        assert bargainer.discount(bargain) == pytest.approx(
            0.2 * math.log(len(bargain.want) / len(bargain.give))
        )
