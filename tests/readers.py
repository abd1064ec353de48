"""The two readers that must agree: the compiled one, and the plain one that is its oracle."""

from gpo_market.language.compiled_parser import Parser
from gpo_market.language.parser import Parser as ReferenceParser

__all__ = ["Parser", "ReferenceParser"]
