"""Tests of the bank's kernels as plain Python."""

from gpo_market.events.compiling import plain
from gpo_market.market.covariance import gather

collect_ignore_glob = [] if gather is plain(gather) else ["test_*.py"]
"""Most kernels have no entry for Python's calls, and coverage sees only plain ones: ``make test`` runs these
tests with the compiler off. That both give the same bits is held in tests/market/test_laws.py."""
