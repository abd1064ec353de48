"""Who posts in the simulated market: how often, how greedily, in which language and style."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from gpo_market.events.time import DISCORD_EPOCH_MS, snowflake_time
from gpo_market.feeds.chance import MASK, Chance, zipf

SPREAD_SHAPE = 2.0
SPREAD_SCALE = 0.05
NOISE_MEDIAN = 0.08
NOISE_SPREAD = 0.4

SERVERS = 2
CHANNELS_PER_SERVER = 2
OLDEST_ACCOUNT = (1_451_606_400_000 - DISCORD_EPOCH_MS) << 22
"""The id an account made at the beginning of 2016 would have."""

_OTHER_TONGUES = 0.12
_EMOJI_LOVERS = 0.15


class Tongue(IntEnum):
    """The language somebody trades in."""

    ENGLISH = 0
    PORTUGUESE = 1
    SPANISH = 2
    RUSSIAN = 3


class Case(IntEnum):
    """How somebody writes."""

    AS_IS = 0
    LOWER = 1
    UPPER = 2


@dataclass(frozen=True, slots=True)
class Poster:
    """One poster. ``spread`` is what they ask beyond fair, ``noise`` how they scatter, both in log.

    ``account_created`` is in microseconds, as the author's id tells it.
    """

    author_id: str
    account_created: int
    channel_id: str
    server_id: str
    spread: float
    noise: float
    tongue: Tongue
    case: Case
    emoji: bool


class Population:
    """The posters of one market, drawn from the seed alone; Zipf's law says who posts how often.

    Reservation spread Gamma(2, 0.05), noise log-normal with median 0.08, accounts between 2016 and the
    market's start (their ids say when, as Discord's do).
    """

    def __init__(self, seed: int, start: int, count: int) -> None:
        if count < 1:
            raise ValueError(f"a market needs at least 1 poster, not {count}")
        draws = np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed & MASK, 2])))
        spreads = draws.gamma(SPREAD_SHAPE, SPREAD_SCALE, count).tolist()
        noises = (NOISE_MEDIAN * np.exp(NOISE_SPREAD * draws.standard_normal(count))).tolist()
        newest = max(OLDEST_ACCOUNT, ((start // 1000 - DISCORD_EPOCH_MS) << 22))
        accounts = (OLDEST_ACCOUNT + draws.random(count) * (newest - OLDEST_ACCOUNT)).tolist()
        habits = Chance(seed, 3)
        self.posters: Sequence[Poster] = tuple(
            make_poster(habits, int(account) + place, spread, noise)
            for place, (account, spread, noise) in enumerate(zip(accounts, spreads, noises, strict=True))
        )
        self._activity = zipf(count)

    def draw(self, chance: Chance) -> Poster:
        """Draw who posts next."""
        return self.posters[self.draw_place(chance)]

    def draw_place(self, chance: Chance) -> int:
        """Draw who posts next, as their place among ``posters``."""
        return chance.place(self._activity)


def make_poster(habits: Chance, author: int, spread: float, noise: float) -> Poster:
    """Make a poster of some account, greed and noise, their place and style drawn from ``habits``."""
    server = OLDEST_ACCOUNT + habits.below(SERVERS)
    channel = server + ((1 + habits.below(CHANNELS_PER_SERVER)) << 22)
    tongue = Tongue(1 + habits.below(3)) if habits.happens(_OTHER_TONGUES) else Tongue.ENGLISH
    return Poster(
        author_id=str(author),
        account_created=snowflake_time(author),
        channel_id=str(channel),
        server_id=str(server),
        spread=spread,
        noise=noise,
        tongue=tongue,
        case=habits.pick((Case.AS_IS, Case.LOWER, Case.LOWER, Case.UPPER)),
        emoji=habits.happens(_EMOJI_LOVERS),
    )
