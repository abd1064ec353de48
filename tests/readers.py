"""The readers that must agree, the compiled one and the plain one that is its oracle, and their limits."""

from gpo_market.language import Parser
from gpo_market.language.limits import LARGEST_QUANTITY, LONGEST_READ
from tests.reference.parser import Parser as ReferenceParser

__all__ = ["LARGEST_QUANTITY", "LONGEST_READ", "Parser", "ReferenceParser"]
