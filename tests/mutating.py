"""Makes posts that nobody would compose: others with letters lost, swapped, put in, and posts run together.

The same seed gives the same posts.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from random import Random

from gpo_market.catalogue import Catalogue, packaged_reference
from gpo_market.events.posts import RawPost
from gpo_market.feeds.simulated_files import DEFAULT_START
from gpo_market.feeds.simulation import Simulation, SimulationSettings
from tests.composing import Composer

SIGNS = "+-/|,.:;()[]<>=~*_`'\"\\?!&@#$%^\n\t "
STRANGE = (
    "\u200b\u00a0\u0130\u00df\ufdfa\u20e3\ufe0f\u0307\u043c\u0441\u4e00\u00bd\u0663\uff11"
    "\U0001d5d4\U0001f525\ud800\x00\x1c"
)
WORDS = (
    *("for", "w", "h", "lf", "ft", "wts", "wtb", "or", "and", "with", "my", "ur", "offers", "nlf", "not"),
    *("adds", "op", "each", "x3", "(2)", "2k", "1,000", "3-4", "1:8", "any", "sold", "wfl", "robux", "->"),
    *(
        "<:ASE:1>",
        ":mc:",
        "7\ufe0f\u20e3",
        "\u2705",
        "up",
        "by",
        "at",
        "in",
        "no",
        "some",
        "case",
        "we",
        "fb",
    ),
    *("por", "busco", "\u043d\u0430", "\u0438\u0449\u0443", "carry", "lvl", "425", "10/10", "both", "none"),
)
SIMULATED_POSTS = 2_000
MOST_CHANGES = 4
COMPOSED_SHARE = 0.45
MUTATED_SHARE = 0.45


@dataclass(slots=True)
class Mutator:
    """Changes posts a little; memory is bounded by the posts at hand."""

    seed: int
    _random: Random = field(init=False)

    def __post_init__(self) -> None:
        """Begin at the seed."""
        self._random = Random(self.seed)

    def changed(self, content: str, other: str) -> str:
        """Change a post in one to MOST_CHANGES places; ``other`` is what may be joined to it."""
        for _ in range(self._random.randint(1, MOST_CHANGES)):
            content = self._random.choice(_CHANGES)(self, content, other)
        return content

    def _place(self, content: str) -> int:
        return self._random.randint(0, len(content))

    def _put(self, content: str, text: str) -> str:
        place = self._place(content)
        return content[:place] + text + content[place:]

    def lose_letter(self, content: str, _: str) -> str:
        """Leave one character out."""
        place = self._place(content)
        return content[:place] + content[place + 1 :]

    def swap_letters(self, content: str, _: str) -> str:
        """Swap two neighbours."""
        place = self._place(content)
        return content[:place] + content[place : place + 2][::-1] + content[place + 2 :]

    def put_sign(self, content: str, _: str) -> str:
        """Put a sign or a space in."""
        return self._put(content, self._random.choice(SIGNS))

    def put_strange(self, content: str, _: str) -> str:
        """Put a character in that few people type."""
        return self._put(content, self._random.choice(STRANGE))

    def put_any(self, content: str, _: str) -> str:
        """Put any character of Unicode in, lone surrogates included."""
        return self._put(content, chr(self._random.randrange(0x110000)))

    def put_word(self, content: str, _: str) -> str:
        """Put a word of trade between words."""
        words = content.split(" ")
        words.insert(self._random.randint(0, len(words)), self._random.choice(WORDS))
        return " ".join(words)

    def lose_word(self, content: str, _: str) -> str:
        """Leave one word out."""
        words = content.split(" ")
        del words[self._random.randrange(len(words))]
        return " ".join(words)

    def swap_words(self, content: str, _: str) -> str:
        """Let two words change places."""
        words = content.split(" ")
        left, right = self._random.randrange(len(words)), self._random.randrange(len(words))
        words[left], words[right] = words[right], words[left]
        return " ".join(words)

    def join(self, content: str, other: str) -> str:
        """Run two posts together."""
        return content + self._random.choice(("", " ", "\n", ", ", " / ")) + other

    def cut(self, content: str, _: str) -> str:
        """Keep what stands before some place."""
        return content[: self._place(content)] or content


_CHANGES: tuple[Callable[[Mutator, str, str], str], ...] = (
    Mutator.lose_letter,
    Mutator.swap_letters,
    Mutator.put_sign,
    Mutator.put_strange,
    Mutator.put_any,
    Mutator.put_word,
    Mutator.put_word,
    Mutator.lose_word,
    Mutator.swap_words,
    Mutator.join,
    Mutator.cut,
)


def simulated_posts(catalogue: Catalogue, count: int, seed: int) -> list[str]:
    """Give posts as the simulator writes them, in its order, reposts included."""
    settings = SimulationSettings(seed, DEFAULT_START, posts_per_day=20_000.0)
    written = Simulation(catalogue, packaged_reference(), settings).written(1 << 62)
    return [one.event.content for one in islice(written, count) if isinstance(one.event, RawPost)]


def posts_of_all_kinds(catalogue: Catalogue, count: int, seed: int) -> Iterator[str]:
    """Yield ``count`` posts: composed ones, changed ones, and some that the simulator wrote."""
    random, composer, mutator = Random(seed), Composer(catalogue, seed), Mutator(seed)
    simulated = simulated_posts(catalogue, SIMULATED_POSTS, seed)
    for _ in range(count):
        roll = random.random()
        if roll < COMPOSED_SHARE:
            yield composer.compose().content
        elif roll < COMPOSED_SHARE + MUTATED_SHARE:
            first, other = _two(composer, simulated, random)
            yield mutator.changed(first, other)
        else:
            yield random.choice(simulated)


def _two(composer: Composer, simulated: Sequence[str], random: Random) -> tuple[str, str]:
    composed, written = composer.compose().content, random.choice(simulated)
    return (composed, written) if random.random() < 0.5 else (written, composed)
