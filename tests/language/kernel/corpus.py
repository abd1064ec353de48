"""Posts that the compiled stages are held to the plain reader on, each set made once."""

import json
from functools import cache
from itertools import islice
from pathlib import Path

from gpo_market.catalogue import packaged_catalogue, packaged_reference
from gpo_market.events.posts import RawPost
from gpo_market.events.time import DAY
from gpo_market.feeds.simulated_files import DEFAULT_START
from gpo_market.feeds.simulation import Simulation, SimulationSettings
from tests.composing import Composer

DATA = Path(__file__).parents[2] / "data"
POSTS = 2_000
SEED = 5
DAYS = 60


@cache
def listed_posts(name: str) -> tuple[str, ...]:
    """Give the posts of one file of labels: ``posts`` or ``hazards``."""
    lines = (DATA / f"{name}.jsonl").read_text("utf-8").splitlines()
    return tuple(json.loads(line)["content"] for line in lines)


@cache
def simulated_posts() -> tuple[str, ...]:
    """Give posts that the simulator wrote."""
    simulation = Simulation(
        packaged_catalogue(), packaged_reference(), SimulationSettings(SEED, DEFAULT_START)
    )
    written = simulation.written(DEFAULT_START + DAYS * DAY)
    return tuple(islice((one.event.content for one in written if isinstance(one.event, RawPost)), POSTS))


@cache
def composed_posts() -> tuple[str, ...]:
    """Give posts that were composed from what they mean."""
    return tuple(post.content for post in Composer(packaged_catalogue(), SEED).posts(POSTS))


@cache
def posts_of(corpus: str) -> tuple[str, ...]:
    """Give a set of posts by its name in CORPORA."""
    if corpus == "simulated":
        return simulated_posts()
    return composed_posts() if corpus == "composed" else listed_posts(corpus)


CORPORA = {"posts": 104, "hazards": 1_310, "simulated": POSTS, "composed": POSTS}
"""Each set and the fewest posts it holds."""
