"""Reads the text of a post into quotes; pure functions of the text and an item list."""

from gpo_market.language.balance import Resolution, resolve
from gpo_market.language.checking import check_catalogue
from gpo_market.language.explaining import Explanation
from gpo_market.language.findings import Finding
from gpo_market.language.parser import Parser

__all__ = ["Explanation", "Finding", "Parser", "Resolution", "check_catalogue", "resolve"]
