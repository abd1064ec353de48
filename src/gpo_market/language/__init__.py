"""Reads the text of a post into quotes; pure functions of the text and an item list."""

from gpo_market.language.balance import Resolution, resolve
from gpo_market.language.parser import Parser

__all__ = ["Parser", "Resolution", "resolve"]
