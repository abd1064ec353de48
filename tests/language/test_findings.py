"""What a check finds, in order and in words."""

from gpo_market.language.findings import Finding, gravity, listed


def test_errors_weigh_most() -> None:
    """Sorted by gravity, what makes a list unusable stands first."""
    findings = [Finding("note", "c", "", ()), Finding("error", "a", "", ()), Finding("warning", "b", "", ())]
    assert [finding.code for finding in sorted(findings, key=gravity)] == ["a", "b", "c"]


def test_slugs_are_listed_in_words() -> None:
    """One stands alone, more are joined."""
    assert listed(("gem",)) == "gem"
    assert listed(("gem", "hat", "map")) == "gem and hat and map"
