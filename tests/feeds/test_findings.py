"""What is kept about the records of a file."""

from gpo_market.feeds.findings import MOST_REASONS, Findings


def test_drops_are_counted_and_named() -> None:
    """A dropped record counts, and its place and reason are kept."""
    findings = Findings()
    findings.drop("line 7", "not JSON")
    assert (findings.dropped, findings.reasons, findings.whole) == (1, ["line 7: not JSON"], True)


def test_reasons_stop_at_a_bound() -> None:
    """However many records are dropped, only the first few reasons are kept."""
    findings = Findings()
    for number in range(MOST_REASONS + 50):
        findings.drop(f"line {number}", "not JSON")
    assert findings.dropped == MOST_REASONS + 50
    assert len(findings.reasons) == MOST_REASONS


def test_a_file_that_breaks_off_is_not_whole() -> None:
    """Breaking off is a reason too, and the file no longer counts as whole."""
    findings = Findings()
    findings.break_off("the gzip stream breaks off")
    assert (findings.whole, findings.dropped) == (False, 0)
    assert findings.reasons == ["the gzip stream breaks off"]
