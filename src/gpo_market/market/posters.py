"""What is known of each poster: how much they ask beyond the usual, how they scatter, how often they mean it.

A cache of fixed size: SETS sets of WAYS records; a poster's set follows from the number, and who has been silent
longest makes room. Nothing of it ever leaves the market.
"""

from gpo_market.events.compiling import compiled_part
from gpo_market.market.layout import People, Records

SETS = 4096
WAYS = 4

ASK, DEAL = range(2)

SPREAD_VARIANCE = 0.005
"""Of posters' spreads around their kind's."""
NOISE_COUNT = 4.0
MEANT_COUNT = 8.0
"""How many quotes the population counts for in a poster's own noise, and in how often they mean it."""
MOST_COUNTED = 100.0
MOST_COUNTED_OF_ALL = 2000.0
"""Older quotes fade so that no more than so many count, for one poster and for all."""

FIRST_NOISE = (0.015, 0.010)
"""Variance of asks and of deals before any was seen."""
FIRST_MEANT = 0.87
FIRST_COUNT = 50.0
LEAST_MEANT, MOST_MEANT = 0.3, 0.98


def spread_of(posters: Records, poster: int) -> float:
    """Give what a poster asks beyond the usual, 0 for one nobody knows."""
    first = (poster % SETS) * WAYS
    for place in range(first, first + WAYS):
        if poster > 0 and posters[place].poster == poster:
            return float(posters[place].spread)
    return 0.0


def first_population(population: Records) -> None:
    """Fill in what is thought of all posters before the first quote."""
    population[0].noise_count[:] = FIRST_COUNT
    for kind, noise in enumerate(FIRST_NOISE):
        population[0].noise_sum[kind] = FIRST_COUNT * noise
    population[0].meant = FIRST_COUNT * FIRST_MEANT
    population[0].quotes = FIRST_COUNT


@compiled_part
def look_up(people: People, quote: Records) -> None:
    """Find the poster of a quote, or make room for them, and fill in what the quote's noise must be."""
    place = _place_of(people.posters, quote.poster, quote.time)
    quote.place = place
    quote.spread = quote.spread_variance = 0.0
    if place >= 0 and quote.kind == ASK:
        quote.spread, quote.spread_variance = people.posters[place].spread, people.posters[place].variance
    population = people.population[0]
    noise = population.noise_sum[quote.kind] / population.noise_count[quote.kind]
    meant = population.meant / population.quotes
    if place >= 0:
        record = people.posters[place]
        noise *= (NOISE_COUNT + record.noise_sum) / (NOISE_COUNT + record.noise_count)
        meant = (MEANT_COUNT * meant + record.meant) / (MEANT_COUNT + record.quotes)
    quote.noise = noise + quote.lateness
    quote.inlier_rate = min(max(meant, LEAST_MEANT), MOST_MEANT)


@compiled_part
def _place_of(posters: Records, poster: int, time: int) -> int:
    """Give where a poster's record stands, making one where there is none; -1 for the unknown poster."""
    if poster <= 0:
        return -1
    first = (poster % SETS) * WAYS
    oldest = first
    for place in range(first, first + WAYS):
        if posters[place].poster == poster:
            posters[place].seen = time
            return place
        if posters[place].seen < posters[oldest].seen:
            oldest = place
    record = posters[oldest]
    record.poster, record.seen = poster, time
    record.spread, record.variance = 0.0, SPREAD_VARIANCE
    record.noise_count = record.noise_sum = record.meant = record.quotes = 0.0
    return oldest


@compiled_part
def count_quote(people: People, quote: Records) -> None:
    """Learn of its poster, and of all, from a quote that the bank has judged.

    The squared noise expected of it, given that it was meant: ``(R/S)^2 v^2 + R (1 - R/S)`` (the E step of
    Dempster, Laird and Rubin 1977 for a noise variance R, with innovation v of variance S).
    """
    share = quote.noise / quote.deviation
    squared = share * share * quote.residual * quote.residual + quote.noise * (1.0 - share)
    usual = _count_for_all(people.population[0], quote, squared / quote.noise)
    if quote.place < 0:
        return
    record, fade = people.posters[quote.place], 1.0 - 1.0 / MOST_COUNTED
    record.noise_count = record.noise_count * fade + quote.weight
    record.noise_sum = record.noise_sum * fade + quote.weight * squared / usual
    record.meant = record.meant * fade + quote.weight
    record.quotes = record.quotes * fade + 1.0
    if quote.kind == ASK:
        gain = quote.weight * record.variance / quote.deviation
        record.spread -= gain * quote.residual
        record.variance -= gain * record.variance


@compiled_part
def _count_for_all(population: Records, quote: Records, relative: float) -> float:
    """Count a quote for the population; give the usual noise of its kind as it was before."""
    fade = 1.0 - 1.0 / MOST_COUNTED_OF_ALL
    usual = population.noise_sum[quote.kind] / population.noise_count[quote.kind]
    population.noise_count[quote.kind] = population.noise_count[quote.kind] * fade + quote.weight
    population.noise_sum[quote.kind] = (
        population.noise_sum[quote.kind] * fade + quote.weight * relative * usual
    )
    population.meant = population.meant * fade + quote.weight
    population.quotes = population.quotes * fade + 1.0
    return float(usual)
