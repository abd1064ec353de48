"""Live, calibrated values for player-run item economies, learned from barter posts."""

from gpo_market.version import __version__

__all__ = ["__version__"]
