"""Whole posts for each rule, gathered from the tests of the stages, where each rule has its example."""

import importlib
from pathlib import Path

from gpo_market.language.rules import Rule

STAGES = sorted((Path(__file__).parent / "kernel").glob("test_*_kernel.py"))

WHOLE_POSTS: dict[Rule, str] = {
    Rule.HELD_HEADING_ITEMS: "bcs 2 lc",
    Rule.HELD_BEHIND_HELD: "mc es al for ase",
    Rule.HELD_BEFORE_ALIAS: "mc es al for ase",
    Rule.HELD_LISTED: "ase for mc, es",
}
"""Posts for rules whose example fires only where its stage stands alone."""


def rule_examples() -> dict[Rule, list[str]]:
    """Give the posts of each rule that has any, at least one of which it decides about."""
    examples = {rule: [content] for rule, content in WHOLE_POSTS.items()}
    for stage in STAGES:
        module = importlib.import_module(f"tests.language.kernel.{stage.stem}")
        for rule, content in getattr(module, "RULE_EXAMPLES", {}).items():
            examples.setdefault(rule, []).append(content)
    return examples
