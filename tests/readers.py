"""The readers that must agree, the compiled one and the plain one that is its oracle, and their limits."""

from gpo_market.language.columns import LONGEST_READ
from gpo_market.language.compiled_parser import Parser
from gpo_market.language.parser import Parser as ReferenceParser
from gpo_market.language.tokens import LARGEST_QUANTITY

__all__ = ["LARGEST_QUANTITY", "LONGEST_READ", "Parser", "ReferenceParser"]
