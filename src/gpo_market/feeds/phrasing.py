"""Writes what simulated posters mean in the language players trade in.

Follows the rules by which posts are read: who has it gives it, ``+`` binds a basket, ``or`` and slashes
are alternatives, one quote each; texts are this module's own.
"""

from collections.abc import Sequence

from gpo_market.events.readings import Kind, Leg, PostReading, QuoteReading
from gpo_market.feeds.chance import Chance
from gpo_market.feeds.posters import Case, Poster, Tongue
from gpo_market.feeds.spellings import Vocabulary

_PAIRS = {
    Tongue.ENGLISH: (
        *("{give} for {want}",) * 6,
        *("H: {give} W: {want}",) * 3,
        "h: {give}\nw: {want}",
        "**H:** {give}\n**W:** {want}",
        "[H] {give} [W] {want}",
        "W: {want} H: {give}",
        "have {give} want {want}",
        "trading {give} for {want}",
        "trading my {give} for {want}",
        "{give} -> {want}",
        "{give} > {want}",
        "LF {want}, FT {give}",
        "lf {want} ft {give}",
        "offering {give} for {want}",
        "giving {give} for {want}",
        "my {give} for ur {want}",
        "ur {want} for my {give}",
        "selling {give} for {want}",
        "buying {want} for {give}",
        "anyone selling {want}? paying {give}",
        "me: {give}\nthem: {want}",
        "still up: {give} for {want}",
    ),
    Tongue.PORTUGUESE: ("troco {give} por {want}", "tenho {give} quero {want}", "tenho {give}, quero {want}"),
    Tongue.SPANISH: ("cambio {give} por {want}", "tengo {give} quiero {want}"),
    Tongue.RUSSIAN: ("меняю {give} на {want}", "есть {give} хочу {want}"),
}
_CHOICES = ("{give} for {want}", "H: {give} W: {want}", "trading {give} for {want}")
_OPEN_WANT = ("offer on {give}", "{give} dm offers", "H: {give} W: offers", "WTS {give}", "selling {give}")
_OPEN_GIVE = ("WTB {want}", "LF {want}", "buying {want}", "anyone selling {want}?")
_QUESTIONS = (
    "{give} for {want} W/F/L?",
    "is {give} for {want} fair?",
    "W or L: {give} for {want}",
    "{give} for {want} wfl?",
)
_WORTH = ("how much is {item} worth rn", "what is {item} worth", "whats {item} worth?", "value of {item}?")
_DEALS = (
    "sold {give} for {want} ty",
    "sold {give} for {want}",
    "just traded my {give} for {want}",
    "~~{give} for {want}~~ SOLD",
    "traded {give} for {want}, ty",
)
_DONE = ("done ✅", "sold", "sold ty", "done")
_SERVICES = (
    "doing boss runs, 3 {item} per run",
    "boss carry 2 {item} a run, dm",
    "carrying raids for {item}, dm me",
    "boosting levels, {item} per 100 lvl",
)
_CASH = (
    "selling {item} 15$ paypal",
    "2 {item} for 1.5k robux",
    "{item} for nitro or $10",
    "buying {item} with robux, dm",
)
_CHATTER = (
    "bump",
    "hi",
    "gg",
    "ty bro",
    "anyone online?",
    "prices are so bad rn, nty",
    "nty",
    "lol",
    "check dms",
    "dm me",
    "good morning",
    "this channel is so slow today",
)
_ENDINGS = (" dm me", " pls", " 🔥", "!!", " dm")
_JOINERS = (" + ", " + ", " + ", " + ", " and ", " & ", ", ")
_CHOICE_JOINERS = (" or ", " or ", " / ", " // ", " | ")
_COUNTED = (
    *("{count} {name}",) * 14,
    *("{count}x {name}",) * 3,
    *("{name} x{count}",) * 2,
    "{name} ({count})",
    "{count}{name}",
)
_KEYCAPS = ("1️⃣", "2️⃣", "3️⃣", "4️⃣", "5️⃣", "6️⃣", "7️⃣", "8️⃣", "9️⃣")

_SAID_ONE = 0.25
_ENDED = 0.12
_TYPED_WRONG = 0.02
_USUAL = 0.72
_KEYCAPPED = 0.4


class Writer:
    """Turns a meaning into a post's text, by the poster's tongue, case and liking for emoji; keeps no state.

    The text says what the meaning says: items, quantities, sides, open sides, adds, alternatives.
    """

    def __init__(self, vocabulary: Vocabulary, chance: Chance) -> None:
        self._vocabulary = vocabulary
        self._chance = chance

    def write(self, meant: PostReading, poster: Poster, topic: int) -> str:
        """Write a post; ``topic`` is the item that questions, services and cash offers talk about."""
        emoji = poster.emoji and self._chance.happens(0.5)
        if meant.quotes:
            text = "\n".join(self._lines(meant, poster, emoji=emoji))
        else:
            text = self._pick(_unquoted(meant.kind)).format(item=self._vocabulary.of(topic).usual.lower())
        if meant.kind is Kind.OFFER and self._chance.happens(_ENDED):
            text += self._pick(_ENDINGS)
        if emoji or poster.case is Case.AS_IS:
            return text
        return text.upper() if poster.case is Case.UPPER else text.lower()

    def _lines(self, meant: PostReading, poster: Poster, *, emoji: bool) -> list[str]:
        first, *others = meant.quotes
        if others and all(quote.give == first.give for quote in others):
            wants = self._alternatives([quote.want for quote in meant.quotes], emoji=emoji)
            give = self._side(first.give, adds=False, emoji=emoji)
            return [self._pick(_CHOICES).format(give=give, want=wants)]
        if others and all(quote.want == first.want for quote in others):
            gives = self._alternatives([quote.give for quote in meant.quotes], emoji=emoji)
            want = self._side(first.want, adds=False, emoji=emoji)
            return [self._pick(_CHOICES).format(give=gives, want=want)]
        if others:
            return [self._filled("{give} for {want}", quote, emoji=emoji) for quote in meant.quotes]
        return [self._filled(self._pick(_patterns(meant.kind, first, poster)), first, emoji=emoji)]

    def _alternatives(self, sides: Sequence[Sequence[Leg]], *, emoji: bool) -> str:
        return self._pick(_CHOICE_JOINERS).join(
            self._side(side, adds=False, emoji=emoji, joiner=" + ") for side in sides
        )

    def _filled(self, pattern: str, quote: QuoteReading, *, emoji: bool) -> str:
        joiner = " + " if "," in pattern else None
        return pattern.format(
            give=self._side(quote.give, adds=quote.give_adds, emoji=emoji, joiner=joiner),
            want=self._side(quote.want, adds=quote.want_adds, emoji=emoji, joiner=joiner),
        )

    def _side(self, legs: Sequence[Leg], *, adds: bool, emoji: bool, joiner: str | None = None) -> str:
        between = joiner or self._pick(_JOINERS)
        text = between.join(self._leg(leg, emoji=emoji) for leg in legs)
        return f"{text} + adds" if adds else text

    def _leg(self, leg: Leg, *, emoji: bool) -> str:
        count = int(leg.quantity)
        if emoji:
            return self._emoji_leg(leg.item, count)
        name = self._name(leg.item)
        if count == 1:
            return f"1 {name}" if self._chance.happens(_SAID_ONE) else name
        return self._pick(_COUNTED).format(count=count, name=name)

    def _emoji_leg(self, item: int, count: int) -> str:
        mention = self._vocabulary.of(item).emoji
        if count == 1:
            return mention
        if count <= len(_KEYCAPS) and self._chance.happens(_KEYCAPPED):
            return f"{_KEYCAPS[count - 1]} {mention}"
        return f"{count} {mention}"

    def _name(self, item: int) -> str:
        spellings = self._vocabulary.of(item)
        way = self._chance.uniform()
        if way < _USUAL:
            return spellings.usual
        if way < _USUAL + _TYPED_WRONG and spellings.typos:
            return self._pick(spellings.typos)
        return self._pick(spellings.all)

    def _pick(self, choices: Sequence[str]) -> str:
        return self._chance.pick(choices)


def _patterns(kind: Kind, quote: QuoteReading, poster: Poster) -> Sequence[str]:
    if kind is Kind.DEAL:
        return _DEALS
    if kind is Kind.QUESTION:
        return _QUESTIONS
    if quote.want_open:
        return _OPEN_WANT
    if quote.give_open:
        return _OPEN_GIVE
    return _PAIRS[poster.tongue]


def _unquoted(kind: Kind) -> Sequence[str]:
    return {
        Kind.QUESTION: _WORTH,
        Kind.DEAL: _DONE,
        Kind.SERVICE: _SERVICES,
        Kind.CASH: _CASH,
    }.get(kind, _CHATTER)
