"""Ranking the words that item lists lacked, by who said them."""

from collections.abc import Iterable

from gpo_market.events.log import UnknownCount
from gpo_market.journal.sealed_texts import SaidWords

MOST_RANKED = 10_000
MOST_WORDS = 500_000
"""Words that one ranking counts: beyond it the oldest do not count."""


def rank(said: Iterable[SaidWords], least_posters: int) -> list[UnknownCount]:
    """Rank words by posters, then posts; those that so many posters or more said, at most 10,000.

    ``said`` comes in order of origin: what a later fact of a post says takes the place of what an earlier
    one said. Memory: 500,000 words.
    """
    posts: dict[int, SaidWords] = {}
    held = 0
    for one in said:
        earlier = posts.pop(one.post, None)
        held += len(one.words) - (len(earlier.words) if earlier else 0)
        if one.words:
            posts[one.post] = one
        while held > MOST_WORDS:
            held -= len(posts.pop(next(iter(posts))).words)
    return _ranked(posts.values(), least_posters)


def _ranked(said: Iterable[SaidWords], least_posters: int) -> list[UnknownCount]:
    posters: dict[str, set[int]] = {}
    posts: dict[str, int] = {}
    newest: dict[str, int] = {}
    for one in said:
        for word in dict.fromkeys(one.words):
            posters.setdefault(word, set()).update((one.poster,) if one.poster else ())
            posts[word] = posts.get(word, 0) + 1
            newest[word] = max(newest.get(word, one.time), one.time)
    counts = [
        UnknownCount(word, len(who), posts[word], newest[word])
        for word, who in posters.items()
        if len(who) >= least_posters
    ]
    counts.sort(key=lambda count: (-count.posters, -count.posts, count.word))
    return counts[:MOST_RANKED]
