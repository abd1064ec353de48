"""One call into compiled code per quote: it is appraised, learned and counted, and what moved is told."""

from math import sqrt
from typing import NamedTuple

from gpo_market.events.compiling import compiled
from gpo_market.events.numeric import log
from gpo_market.market.chances import chances
from gpo_market.market.layout import (
    ASK_SPREAD,
    DEAL_SPREAD,
    SIZE_PREMIUM,
    STATES_BEFORE,
    Bank,
    Flags,
    Integers,
    Legs,
)
from gpo_market.market.learning import learn, pass_time
from gpo_market.market.mixture import EQUAL
from gpo_market.market.numeraire import LOG_VALUE
from gpo_market.market.quoting import Telling, appraise, report
from gpo_market.market.storing import Board, Bytes, bank_of, board_of
from gpo_market.market.support import count

APPRAISE, LEARN, TELL = 1, 2, 4
ALL = APPRAISE | LEARN | TELL
"""What to do with a quote; several add up."""

COUNTED_WEIGHT = 0.5
"""A quote that counted less than this was an outlier."""

NOT_TOLD = -1.0


class Heard(NamedTuple):
    """What became of a quote, as the numbers that compiled code leaves in ``Board.findings``.

    Appraised: whether all its items are ``known`` (else the five after it are 0), the taker's ``edge``, the
    ``residual`` (log of how much more was asked than is usual), and the chances that it is a ``win``,
    ``fair`` or a ``loss`` for the taker. Learned: how much it counted, 0..1, in the open ``weight`` (-1:
    beyond belief) and in the capped twin, by how much it was off in log (``surprise``), the ``jumps`` it
    raised, and whether it ``stirred`` what is connected, so that this must be worked out before values are
    told. ``told``: how many rows the report has, NOT_TOLD where none was made.
    """

    known: float
    edge: float
    residual: float
    win: float
    fair: float
    loss: float
    weight: float
    capped_weight: float
    surprise: float
    jumps: float
    stirred: float
    told: float


(
    KNOWN,
    EDGE,
    RESIDUAL,
    WIN,
    FAIR,
    LOSS,
    WEIGHT,
    CAPPED_WEIGHT,
    SURPRISE,
    JUMPS,
    STIRRED,
    TOLD,
) = range(len(Heard._fields))


@compiled
def hear(  # noqa: PLR0913, PLR0917 - numbers are handed over one by one: a tuple takes as long as all of it
    store: Bytes,
    memory: Bytes,
    desk: Bytes,
    supported: Flags,
    quotes: Integers,
    own_quotes: Integers,
    parents: Integers,
    offset: float,
    earlier: int,
    later: int,
    task: int,
    wanted: int,
    given: int,
    poster: int,
    account_days: float,
    kind: int,
    relation: int,
    lateness: float,
) -> None:
    """Let time pass, and do with the quote on the board what the task says; leaves ``Board.findings``.

    The quote's ``wanted`` and ``given`` items stand first among ``Board.items``, their amounts in
    ``Board.legs``; ``poster``, ``account_days`` and so on are those of AskedQuote.
    ``earlier`` and ``later``: the time up to which uncertainty has grown, and is to grow. A
    quote that changes what is connected ends before values are told.
    """
    bank, board = bank_of(store, memory), board_of(desk)
    if later > earlier:
        pass_time(bank, offset, earlier, later)
    board.findings[: TOLD + 1] = 0.0
    board.findings[TOLD] = NOT_TOLD
    if task != TELL:
        legs = _legs_of(board, wanted + given, kind)
        ratio = log(wanted / given)
        if task & APPRAISE:
            _appraise(bank, board, legs, ratio)
        if task & LEARN:
            quote = board.quotes[0]
            quote.time, quote.poster, quote.account_days = later, poster, account_days
            quote.kind, quote.relation, quote.lateness, quote.size_ratio = kind, relation, lateness, ratio
            learn(bank, legs, quote)
            _note(board, wanted + given, quotes, own_quotes, parents)
    if task & TELL and board.findings[STIRRED] == 0.0 and (task == TELL or board.findings[WEIGHT] > 0.0):
        board.findings[TOLD] = report(bank, offset, telling_of(board, supported), quotes)


@compiled
def telling_of(board: Board, supported: Flags) -> Telling:
    """Give what values are told from."""
    return Telling(
        supported, board.guarded, board.named, board.relative, board.reported, board.population, board.rows
    )


@compiled
def _legs_of(board: Board, count: int, kind: int) -> Legs:
    """Write the quote's legs as the filters take them."""
    positions, amounts = board.legs
    for leg in range(count):
        positions[leg] = STATES_BEFORE + board.items[leg]
    positions[count] = DEAL_SPREAD if kind else ASK_SPREAD
    positions[count + 1] = SIZE_PREMIUM
    amounts[count] = amounts[count + 1] = 0.0
    return Legs(positions[: count + 2], amounts[: count + 2])


@compiled
def _appraise(bank: Bank, board: Board, legs: Legs, size_ratio: float) -> None:
    """Compare a quote's baskets by the values at hand, for the one who would take it."""
    findings, implied = board.findings, board.findings[TOLD + 1 :]
    known, spread, log_ratio, variance = appraise(
        bank, legs, size_ratio, board.relative[LOG_VALUE], board.guarded, implied
    )
    if known:
        findings[KNOWN], findings[EDGE], findings[RESIDUAL] = 1.0, -log_ratio, log_ratio - spread
        findings[WIN], findings[FAIR], findings[LOSS] = chances(-log_ratio, sqrt(variance))


@compiled
def _note(board: Board, legs: int, quotes: Integers, own_quotes: Integers, parents: Integers) -> None:
    """Note what became of a quote that was learned, name its items where it counted, and count it."""
    quote, findings, items = board.quotes[0], board.findings, board.items[:legs]
    findings[WEIGHT], findings[CAPPED_WEIGHT] = quote.weight, quote.capped_weight
    findings[SURPRISE], findings[JUMPS] = -quote.residual, quote.jumps
    for leg in range(legs):
        board.named[items[leg]] |= quote.weight > 0.0
    if quote.relation == EQUAL and quote.weight >= COUNTED_WEIGHT:
        findings[STIRRED] = 1.0 if count(quotes, own_quotes, parents, items) else 0.0
