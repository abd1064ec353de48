"""From a feed's event to a submission: what the post says, with the list and parser that read it."""

from dataclasses import dataclass

from gpo_market.catalogue import Catalogue
from gpo_market.engine.ports import FeedEvent
from gpo_market.events.log import Submission
from gpo_market.events.posts import DeletionSubmission, PostSubmission, RawDeletion
from gpo_market.events.readings import PARSER_VERSION
from gpo_market.language import Parser


@dataclass(frozen=True)
class Reader:
    """Reads posts with one item list; ``version`` is the origin of that list's fact."""

    parser: Parser
    version: int

    @classmethod
    def of(cls, catalogue: Catalogue, version: int) -> "Reader":
        """Compile the tables for a list."""
        return cls(Parser(catalogue), version)

    def submission(self, event: FeedEvent) -> Submission:
        """Read one event; any text at all can be read."""
        if isinstance(event, RawDeletion):
            return DeletionSubmission(event)
        return PostSubmission(
            event,
            self.parser.parse(event.content),
            self.version,
            PARSER_VERSION,
            self.parser.normalise(event.content),
        )
