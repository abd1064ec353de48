"""From a feed's event to a submission."""

from gpo_market.catalogue import Catalogue
from gpo_market.engine.ingest import Reader
from gpo_market.events.posts import DeletionSubmission, PostSubmission, RawDeletion
from gpo_market.events.readings import PARSER_VERSION, Kind
from tests.engine.conftest import post


def test_a_post_is_read_with_the_list_and_parser_named(catalogue: Catalogue) -> None:
    """A fact says what read it."""
    submission = Reader.of(catalogue, 2).submission(post(1, "GEM for 5 coin"))
    assert isinstance(submission, PostSubmission)
    assert submission.reading.kind == Kind.OFFER
    assert (submission.catalogue_version, submission.parser_version) == (2, PARSER_VERSION)


def test_posts_that_differ_only_in_looks_have_one_normal_form(catalogue: Catalogue) -> None:
    """Reposts are recognised by it."""
    reader = Reader.of(catalogue, 2)
    first, second = (reader.submission(post(1, text)) for text in ("GEM  for 5 coin", "gem for 5 Coin"))
    assert isinstance(first, PostSubmission)
    assert isinstance(second, PostSubmission)
    assert first.normalised == second.normalised


def test_a_deletion_passes_through(catalogue: Catalogue) -> None:
    """There is nothing to read in it."""
    deletion = RawDeletion("1", "1", 5)
    assert Reader.of(catalogue, 2).submission(deletion) == DeletionSubmission(deletion)
