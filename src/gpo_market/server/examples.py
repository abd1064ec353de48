"""Examples for the API's description: real answers, so that they cannot drift from the types."""

from gpo_market.engine.cataloguing import CatalogueAnswer
from gpo_market.engine.moderating import ModerationAnswer
from gpo_market.engine.status import EngineStatus
from gpo_market.engine.switching import Switched, TakenIn, Tidied
from gpo_market.events.forgetting import Forgotten
from gpo_market.events.updates import BasketLine, QuotedLine
from gpo_market.language import Finding
from gpo_market.views.evidence import WHY
from gpo_market.views.explaining import (
    Decision,
    ExplainedElement,
    ExplainedPost,
    ExplainedToken,
    Mark,
    PostExplanation,
)
from gpo_market.views.models import (
    CappedValue,
    ChangeItem,
    EvidenceRow,
    FairAnswer,
    GuardList,
    History,
    HistoryPoint,
    ItemDetail,
    ItemGuard,
    ItemList,
    ItemRow,
    ReadLeg,
    ReadPost,
    ReadQuote,
    SideValue,
    StandingCount,
    Tape,
    TapeRow,
    TradeAdjustment,
    UnitInflation,
    UnitPart,
    UnknownWord,
    UnknownWords,
    ValueList,
    ValueRow,
    Verdict,
)

_TIME = "2026-01-31T12:00:00Z"
_GIVE = (QuotedLine("all-seeing-eye", 1.0, 54.1),)
_WANT = (QuotedLine("mythical-fruit-chest", 6.0, 8.9),)

_INFLATION = UnitInflation("2026-01-31T00:00:00Z", 1.031, 0.001, 0.004, 0.012, None)

VALUE_ROW = ValueRow(
    item="all-seeing-eye",
    name="All Seeing Eye",
    short="ASE",
    category="accessory",
    rarity="Mythical",
    value=53.6,
    low=50.2,
    high=57.1,
    pay="1 ASE",
    basis="quotes",
    confidence="solid",
    quotes=412,
    asks=31,
    bids=44,
    last_seen=_TIME,
    change_24h=0.012,
    trend=(52.9, 53.1, 53.6),
)

VALUE_LIST = ValueList(
    simulated=False,
    game="Grand Piece Online",
    id="1.42.1",
    time=_TIME,
    unit=None,
    numeraire=(UnitPart("legendary-fruit-chest", "Legendary Fruit Chest", 1.0, 0.2),),
    change=(ChangeItem("all-seeing-eye", "ASE"), ChangeItem("mythical-fruit-chest", "MC")),
    values=(VALUE_ROW,),
    inflation=_INFLATION,
)

ITEM_LIST = ItemList(
    simulated=False,
    game="Grand Piece Online",
    items=(
        ItemRow(
            item="all-seeing-eye",
            name="All Seeing Eye",
            short="ASE",
            category="accessory",
            rarity="Mythical",
            aliases=("ASE",),
            value=53.6,
            confidence="solid",
            retired=False,
        ),
    ),
    next_cursor="aXRlbXM6MTAw",
)

ITEM_DETAIL = ItemDetail(
    simulated=False,
    id="1.42.1",
    item=VALUE_ROW,
    aliases=("ASE",),
    evidence=(
        EvidenceRow(
            id="40.0",
            time=_TIME,
            kind="offer",
            side="ask",
            quantity=1.0,
            implied=54.1,
            weight=0.97,
            give=_GIVE,
            want=_WANT,
            residual=0.009,
            standing="counted",
            why=WHY["counted"],
            capped_weight=0.95,
        ),
    ),
    standings=(
        StandingCount("counted", 58, 55.1, used=True, why=WHY["counted"]),
        StandingCount("repost", 6, 0.0, used=False, why=WHY["repost"]),
    ),
    capped=CappedValue(53.1, 49.8, 56.6, "1 ASE", differs=False),
    inflation=_INFLATION,
)

HISTORY = History(
    simulated=False,
    item="all-seeing-eye",
    interval=3600,
    points=(HistoryPoint(_TIME, 53.6, 50.2, 57.1, 412),),
)

TAPE = Tape(
    simulated=False,
    quotes=(
        TapeRow(
            id="40.0",
            update="1.42.0",
            time=_TIME,
            kind="offer",
            give=_GIVE,
            want=_WANT,
            give_adds=False,
            want_adds=True,
            give_open=False,
            want_open=False,
            complete=True,
            fairness="fair",
            edge=0.02,
            weight=0.97,
            note="",
            closed=None,
            residual=0.009,
        ),
    ),
    next_cursor="dGFwZToxLjQyLjA",
)

READ_POST = ReadPost(
    id="1",
    kind="offer",
    quotes=(
        ReadQuote(
            give=(ReadLeg("all-seeing-eye", 1.0),),
            want=(ReadLeg("mythical-fruit-chest", 6.0),),
            give_adds=False,
            want_adds=True,
            give_open=False,
            want_open=False,
            complete=True,
        ),
    ),
    unknown=("hyper mega sword",),
    notes=(),
)

EXPLAINED_POST = ExplainedPost(
    id="1",
    kind="offer",
    quotes=(
        ReadQuote(
            give=(ReadLeg("all-seeing-eye", 1.0),),
            want=(ReadLeg("mythical-fruit-chest", 6.0),),
            give_adds=False,
            want_adds=False,
            give_open=False,
            want_open=False,
            complete=True,
        ),
    ),
    unknown=(),
    notes=(),
    explanation=PostExplanation(
        marks=(
            Mark(0, 3, "give", ("all-seeing-eye",)),
            Mark(8, 12, "want", ("mythical-fruit-chest",)),
        ),
        tokens=(
            ExplainedToken(0, 3, "ase", "word"),
            ExplainedToken(4, 7, "for", "word"),
            ExplainedToken(8, 9, "6", "number"),
            ExplainedToken(10, 12, "mc", "word"),
        ),
        elements=(
            ExplainedElement(0, 3, "ase", "item", ("all-seeing-eye",), 1.0),
            ExplainedElement(4, 7, "for", "for", (), None),
            ExplainedElement(8, 12, "mc", "item", ("mythical-fruit-chest",), 6.0),
        ),
        decisions=(
            Decision(8, 9, "counts_behind_it", "A number counts the item behind it."),
            Decision(4, 7, "for_points_across", "for or an arrow: what follows is the other side"),
        ),
    ),
)

FAIR_ANSWER = FairAnswer(
    simulated=False,
    read=READ_POST,
    verdicts=(
        Verdict(
            perspective="taker",
            verdict="win",
            give=SideValue((BasketLine("mythical-fruit-chest", 5.0),), 44.5, 41.9, 47.3, "5 MC"),
            get=SideValue((BasketLine("all-seeing-eye", 1.0),), 53.6, 50.2, 57.1, "1 ASE"),
            edge=0.186,
            win=0.97,
            fair=0.03,
            lose=0.0,
            basis="quotes",
            reason="You get about 20 % more than you give: a win with 97 % certainty.",
            adjust=TradeAdjustment(
                side="you",
                items=(BasketLine("legendary-fruit-chest", 9.0),),
                text="add 9 LC to make it fair",
                edge=0.002,
                verdict="fair",
                fair=0.86,
            ),
        ),
    ),
)

STATUS = EngineStatus(
    simulated=False,
    feed="discord",
    ready=True,
    seq=42,
    id="1.42.1",
    hash="3f0b2c44d1f85e0a9c6b7d8e1f2a3b4c",
    facts=42,
    posts=39,
    started=_TIME,
    last_fact=_TIME,
    queue=0,
    streams=3,
    version="0.1.0",
)

POST = {
    "id": "1199",
    "channel_id": "77",
    "author_id": "5",
    "timestamp": _TIME,
    "content": "1 ase for 6 mc + adds",
}

CHANGE = {"change": "alias", "slug": "all-seeing-eye", "alias": "asi"}

CATALOGUE_ANSWER = CatalogueAnswer(
    seq=43,
    summary="alias 'asi' added to all-seeing-eye",
    findings=(
        Finding(
            severity="note",
            code="near_names",
            message="'asi' and 'asu' (all-seeing-eye and ashen-sun) are one letter apart: typos stay unknown",
            slugs=("all-seeing-eye", "ashen-sun"),
        ),
    ),
)

UNKNOWN_WORDS = UnknownWords(
    simulated=False,
    words=(UnknownWord(word="hyper mega sword", posters=12, posts=31, newest=_TIME, near=("mega-sword",)),),
)

GUARD = {"item": "all-seeing-eye", "guarded": True, "reason": "new accounts ask 40 % more"}

GUARD_LIST = GuardList(
    simulated=False, guards=(ItemGuard("all-seeing-eye", "new accounts ask 40 % more", _TIME),)
)

REFERENCE = {
    "source": "a trading server's list",
    "as_of": "2026-01-31",
    "values": {"all-seeing-eye": 54.0, "mythical-fruit-chest": 9.0},
}

FORGET = {"author_id": "80351110224678912"}
FORGOTTEN = Forgotten(known=True, posts=31, texts=34, links=31)

MODERATION_ANSWER = ModerationAnswer(
    seq=44, summary="2 values from a trading server's list as of 2026-01-31 taken as reference"
)

TAKEN_IN = TakenIn(last=20_480)
SWITCHED = Switched(epoch=2, seq=48_211, carried=17, hash="9d2c6b7e8f1a2b3c4d5e6f708192a3b4")
TIDIED = Tidied(more=False)

PROBLEM = {
    "type": "about:blank",
    "title": "Not Found",
    "status": 404,
    "detail": "no item 'sword' in the list; GET /api/v1/items names them",
}
