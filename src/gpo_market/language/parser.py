"""Reads posts: a pure function of the text and the item list, compiled for one post and for many alike."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor  # deterministic: batches keep their order

from gpo_market.catalogue import Catalogue
from gpo_market.events.readings import PostReading
from gpo_market.language import folding
from gpo_market.language.columns import Readings, join
from gpo_market.language.explaining import Explanation
from gpo_market.language.kernel.tables import compile_tables
from gpo_market.language.limits import LONGEST_READ
from gpo_market.language.reading_desk import ReadingDesk

POSTS_PER_BATCH = 1 << 13
"""Posts that one thread reads at once: few enough for its cache, many enough to be worth handing over."""


class Parser:
    """Reads posts against one item list.

    Safe to share between threads. Memory is bounded by the list, by LONGEST_READ characters of a post, and by
    as many sets of buffers, used again, as threads ever read at once.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._lexicon = compile_tables(catalogue)
        self._desks: list[ReadingDesk] = []
        self._batch_desks: list[ReadingDesk] = []

    def parse(self, content: str) -> PostReading:
        """Read a post; never raises, and takes time linear in its length.

        At most 64 quotes of at most 64 items a side are read. Ambiguous mentions stay in
        ``QuoteReading.ambiguous``; ``resolve`` settles them by values.

        >>> from gpo_market.catalogue import packaged_catalogue
        >>> reading = Parser(packaged_catalogue()).parse("2 ASE + 1 MC FOR CASE")
        >>> reading.kind.word, len(reading.quotes[0].give)
        ('offer', 2)
        """
        desk = self._take(self._desks, 1)
        reading = desk.read_one(content)
        self._desks.append(desk)
        return reading

    def parse_many(self, contents: Sequence[str], *, threads: int = 1) -> Readings:
        """Read many posts into columns, in their order, on as many threads; never raises.

        >>> from gpo_market.catalogue import packaged_catalogue
        >>> readings = Parser(packaged_catalogue()).parse_many(["1 ase for 7 mc", "hello"])
        >>> readings.leg_quantities.tolist(), readings.quote_offsets.tolist()
        ([1.0, -7.0], [0, 1, 1])
        """
        starts = range(0, max(len(contents), 1), POSTS_PER_BATCH)

        def read_from(start: int) -> Readings:
            # Cut only now: taking a batch's texts brings them into the cache of the thread that reads them.
            return self._read_batch(contents[start : start + POSTS_PER_BATCH])

        if threads == 1 or len(starts) == 1:
            return join([read_from(start) for start in starts])
        with ThreadPoolExecutor(threads) as pool:
            return join(list(pool.map(read_from, starts)), pool.map)

    def explain(self, content: str) -> Explanation:
        """Read a post and tell what was made of each piece of it; never raises.

        >>> from gpo_market.catalogue import packaged_catalogue
        >>> explanation = Parser(packaged_catalogue()).explain("2 ASE for CASE")
        >>> [(mention.start, mention.end, mention.quantity) for mention in explanation.mentions]
        [(0, 5, 2.0), (10, 14, -1.0)]
        """
        desk = ReadingDesk(self._lexicon, 1, longest=min(len(content), LONGEST_READ))
        return desk.explain(content)

    def _read_batch(self, contents: Sequence[str]) -> Readings:
        desk = self._take(self._batch_desks, POSTS_PER_BATCH)
        readings = desk.read_batch(contents)
        self._batch_desks.append(desk)
        return readings

    def _take(self, desks: list[ReadingDesk], posts: int) -> ReadingDesk:
        """Give a free desk or a new one; between a look and a ``pop`` another thread could take the last."""
        try:
            return desks.pop()
        except IndexError:
            return ReadingDesk(self._lexicon, posts)

    def normalise(self, content: str) -> str:
        """Give the folded text that the content fingerprint is taken over.

        >>> from gpo_market.catalogue import packaged_catalogue
        >>> Parser(packaged_catalogue()).normalise("**ASE**  FOR 7 MC 🔥")
        'ase for 7 mc'
        """
        return folding.normalise(content)
