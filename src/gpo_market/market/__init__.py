"""The pure market: facts in, updates out, the same bytes every time."""

from gpo_market.market.state import Market
from gpo_market.market.valuation import Valuation
from gpo_market.market.values import Value
from gpo_market.market.verdict import Judgement, judge

__all__ = ["Judgement", "Market", "Valuation", "Value", "judge"]
