"""The throughput benchmark itself: that it measures the market, and the market without its bank."""

import pytest

from benchmarks.throughput import (
    OPENING_FACTS,
    SilentBank,
    facts_per_second,
    long_history,
    main,
    simulated_facts,
)
from gpo_market.engine.projection import Projection
from gpo_market.events.updates import QuoteOpened, ValueMoved
from gpo_market.market.bank import FilterBank


def test_without_the_bank_all_else_happens() -> None:
    """The same quotes open, and every item of one that counts is told, at the value 1."""
    facts = simulated_facts(0.05)
    silent, whole = Projection(1, simulated=True), Projection(1, simulated=True)
    for seq, fact in enumerate(facts[:OPENING_FACTS], start=1):
        assert silent.apply(seq, fact) == whole.apply(seq, fact)
    silent.market.valuation.bank.__class__ = SilentBank
    opened = told = 0
    for seq, fact in enumerate(facts[OPENING_FACTS:], start=OPENING_FACTS + 1):
        updates, others = silent.apply(seq, fact), whole.apply(seq, fact)
        quotes = [update.id for update in updates if isinstance(update, QuoteOpened)]
        assert quotes == [update.id for update in others if isinstance(update, QuoteOpened)]
        values = [update.value for update in updates if isinstance(update, ValueMoved)]
        assert set(values) <= {1.0}
        opened, told = opened + len(quotes), told + len(values)
    assert told > opened > 10
    assert silent.market.valuation.bank.time == whole.market.valuation.bank.time


def test_facts_are_timed_with_either_bank() -> None:
    """At a rate above nothing."""
    facts = simulated_facts(0.02)
    for bank in (FilterBank, SilentBank):
        assert facts_per_second(facts, bank) > 0.0
        assert facts_per_second(facts, bank, views=True) > 0.0


def test_a_history_is_timed_by_what_it_learned() -> None:
    """A year's time follows from its quotes."""
    past = long_history(0.2)
    assert past.quotes > 0
    assert past.year == pytest.approx((past.reading + past.learning) * 1e6 / past.quotes)


def test_rows_for_the_table_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    """Each with what was measured, the figure, and how."""
    assert main(["--days", "0.02", "--history", "0.1", "--sizes"]) == 0
    rows = capsys.readouterr().out.splitlines()
    assert [row.split("|")[1].strip() for row in rows] == [
        "facts through the market",
        "facts through the market, without the filter bank",
        "facts through market and views",
        "facts through market and views, without the filter bank",
        "a history at once",
    ]
