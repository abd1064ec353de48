"""What the server needs of an engine, and nothing else."""

from collections.abc import Sequence
from typing import Protocol

from gpo_market.catalogue.changes import Change
from gpo_market.engine.cataloguing import CatalogueAnswer
from gpo_market.engine.hub import Hub
from gpo_market.engine.moderating import Moderation, ModerationAnswer
from gpo_market.engine.status import EngineStatus
from gpo_market.engine.switching import Switched, TakenIn, Tidied
from gpo_market.events.forgetting import Forgotten
from gpo_market.events.log import Lane, Receipt
from gpo_market.events.posts import RawDeletion, RawPost
from gpo_market.views.explaining import ExplainedPost
from gpo_market.views.fair import Perspective
from gpo_market.views.models import FairAnswer, ReadPost, UnknownWords
from gpo_market.views.store import ViewStore


class EpochsApi(Protocol):
    """The engine's epochs.

    All raise EpochError for what cannot be done, and EngineUnavailableError as ingest does.
    """

    async def take_in(self, after: int) -> TakenIn:
        """Take in some of the drafted facts behind a number; 0 begins anew."""
        ...

    async def switch(self) -> Switched:
        """Serve the drafted epoch from now on."""
        ...

    async def tidy(self, *, keep: bool) -> Tidied:
        """Drop a little of the former epochs, the last one too unless ``keep``."""
        ...


class EngineApi(Protocol):
    """The engine as the server sees it; all is called on the event loop's thread."""

    @property
    def views(self) -> ViewStore:
        """What every list and detail is answered from."""
        ...

    @property
    def hub(self) -> Hub:
        """Where updates are streamed from."""
        ...

    @property
    def epochs(self) -> EpochsApi | None:
        """What switches to another epoch; None where there is nothing to switch."""
        ...

    @property
    def ready(self) -> bool:
        """Whether it has recovered and takes posts."""
        ...

    @property
    def problem(self) -> str | None:
        """Why it takes no posts although it has recovered."""
        ...

    def status(self) -> EngineStatus:
        """Tell how the engine is doing."""
        ...

    def relative(self, item: int, unit: int) -> tuple[float, float, float] | None:
        """Give an item's value in units of another item as (value, low, high), by number; None if unknown."""
        ...

    async def ingest(self, events: Sequence[RawPost | RawDeletion], lane: Lane) -> list[Receipt]:
        """Make posts durable, all or none; one receipt each, in order.

        Raises EngineUnavailableError when the engine takes none now.
        """
        ...

    async def change_catalogue(self, change: Change) -> CatalogueAnswer:
        """Change the item list and make that durable.

        Raises CatalogueError for what cannot be done, EngineUnavailableError as ingest does.
        """
        ...

    async def moderate(self, action: Moderation) -> ModerationAnswer:
        """State a guard or a reference list and make that durable.

        Raises ModerationError for what cannot be done, EngineUnavailableError as ingest does.
        """
        ...

    async def forget(self, author_id: str) -> Forgotten:
        """Delete all that is held of one author, and make that durable.

        Raises EngineUnavailableError as ingest does; what was begun then goes on with the next start.
        """
        ...

    async def unknown_words(self, limit: int) -> UnknownWords:
        """Rank the words that posters write and the list does not know."""
        ...

    def parse(self, text: str, post_id: str) -> ReadPost:
        """Read a post without recording it."""
        ...

    def explain(self, text: str, post_id: str) -> ExplainedPost:
        """Read a post as ``parse`` does, and tell what was made of each piece of it."""
        ...

    def fair(self, text: str, perspective: Perspective) -> FairAnswer:
        """Judge a trade written as a post, from one side."""
        ...
