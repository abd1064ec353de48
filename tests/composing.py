"""Composes posts of any shape with the meaning they were made from, by section after section of the rules.

Written from the contract alone, by hand, without the parser: each shape puts known sides into known words.
The same seed gives the same posts.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from random import Random

from gpo_market.catalogue import Catalogue
from gpo_market.feeds.spellings import Spellings, Vocabulary

Leg = tuple[str, float]

FANCY_CAPITALS = {chr(65 + i): chr(0x1D5D4 + i) for i in range(26)}
FANCY_SMALL = {chr(97 + i): chr(0x1D5EE + i) for i in range(26)}
FULL_WIDTH = {chr(33 + i): chr(0xFF01 + i) for i in range(94)}
KEYCAPS = {str(digit): f"{digit}\ufe0f\u20e3" for digit in range(10)}
STRANGERS = ("hyper mega sword", "galaxy cutlass", "moonlit katana", "zorbo", "frostfang", "quartz helm")
PER_STRANGER = 40
"""One unknown item in so many mentions."""


@dataclass(frozen=True, slots=True)
class ComposedQuote:
    """One quote as meant."""

    give: tuple[Leg, ...] = ()
    want: tuple[Leg, ...] = ()
    give_adds: bool = False
    want_adds: bool = False
    give_open: bool = False
    want_open: bool = False
    complete: bool = True


@dataclass(frozen=True, slots=True)
class ComposedPost:
    """A post, what it means, and the names of the rules it tries."""

    content: str
    kind: str
    quotes: tuple[ComposedQuote, ...]
    unknown: tuple[str, ...]
    rules: tuple[str, ...]


@dataclass(slots=True)
class _Basket:
    """A side as written and as meant."""

    text: str
    legs: tuple[Leg, ...]
    unknown: tuple[str, ...] = ()
    adds: bool = False


@dataclass(slots=True)
class Composer:
    """Makes posts over one item list, from one seed; memory is bounded by the list."""

    catalogue: Catalogue
    seed: int
    _random: Random = field(init=False)
    _spellings: list[tuple[str, Spellings]] = field(init=False)
    _rules: list[str] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        """Gather the items that can be named without doubt."""
        self._random = Random(self.seed)
        numbers = [number for number, item in enumerate(self.catalogue.items) if not item.retired]
        vocabulary = Vocabulary(self.catalogue, numbers)
        self._spellings = [(self.catalogue.slug(number), vocabulary.of(number)) for number in numbers]

    def posts(self, count: int) -> Iterator[ComposedPost]:
        """Yield ``count`` posts."""
        for _ in range(count):
            yield self.compose()

    def compose(self) -> ComposedPost:
        """Make one post."""
        self._rules = []
        shape = self._random.choices(_SHAPES, _WEIGHTS)[0]
        post = shape(self)
        return replace(post, content=self._decorated(post.content), rules=tuple(dict.fromkeys(self._rules)))

    def _pick(self, *choices: str) -> str:
        return self._random.choice(choices)

    def _tried(self, rule: str) -> None:
        self._rules.append(rule)

    def _mentions(self, count: int) -> list[tuple[str, Spellings]]:
        return self._random.sample(self._spellings, count)

    def _name(self, spellings: Spellings) -> str:
        roll = self._random.random()
        if roll < 0.12:
            self._tried("emoji")
            return spellings.emoji
        if roll < 0.22 and spellings.typos:
            self._tried("typo")
            return self._random.choice(spellings.typos)
        text = spellings.usual if roll < 0.6 else self._random.choice(spellings.all)
        return self._cased(text)

    def _cased(self, text: str) -> str:
        roll = self._random.random()
        if roll < 0.5:
            return text.lower()
        if roll < 0.8:
            return text.upper()
        return text.title() if "'" not in text else text

    def _counted(self, name: str) -> tuple[str, float]:
        if self._random.random() < 0.4:
            return name, 1.0
        count = self._random.choice((2, 3, 4, 5, 7, 10, 12, 25))
        emoji = name.startswith("<")
        forms: list[tuple[str, str]] = [
            ("number before", f"{count} {name}"),
            ("number before", f"{count}x {name}"),
            ("number behind", f"{name} x{count}"),
            ("number in brackets", f"{name} ({count})"),
        ]
        if count < 10 and not emoji:
            forms.append(("keycap", f"{KEYCAPS[str(count)]} {name}"))
        if name.isalpha() and name[0] not in "xkmbhds":
            forms.append(("number glued", f"{count}{name}"))
        rule, text = self._random.choice(forms)
        self._tried(rule)
        return text, float(count)

    def _basket(self, most: int = 3, *, joins: Sequence[str] = (" + ", " and ", " & ", "+", ", ")) -> _Basket:
        size = self._random.choices((1, 2, 3), (6, 3, 1))[0]
        parts: list[str] = []
        legs: list[Leg] = []
        for slug, spellings in self._mentions(min(size, most)):
            text, quantity = self._counted(self._name(spellings))
            parts.append(text)
            legs.append((slug, quantity))
        if len(parts) > 1:
            self._tried("basket")
        return _Basket(self._random.choice(joins).join(parts), tuple(legs))

    def _side(self) -> _Basket:
        """A closed side: maybe with an unknown item, maybe with adds."""
        basket = self._basket()
        roll = self._random.random()
        if roll < 1 / PER_STRANGER:
            self._tried("unknown item")
            stranger = self._random.choice(STRANGERS)
            return _Basket(f"{basket.text} + {stranger}", basket.legs, (stranger,))
        if roll < 0.12:
            self._tried("adds")
            adds = self._pick("adds", "small adds", "adds")
            return _Basket(f"{basket.text} + {adds}", basket.legs, adds=True)
        return basket

    def _for(self) -> str:
        return self._pick(" for ", " for ", " FOR ", " -> ", " > ", " ➜ ")

    def _closed(self, give: _Basket, want: _Basket) -> ComposedQuote:
        unknown = (*give.unknown, *want.unknown)
        return ComposedQuote(give.legs, want.legs, give.adds, want.adds, complete=not unknown)

    def _post(
        self, content: str, kind: str, quotes: Sequence[ComposedQuote], *sides: _Basket
    ) -> ComposedPost:
        unknown = tuple(dict.fromkeys(word for side in sides for word in side.unknown))
        return ComposedPost(content, kind, tuple(quotes), unknown, ())

    def swap(self) -> ComposedPost:
        """``A for B``, in any wording."""
        give, want = self._side(), self._side()
        rule = self._pick(*_SWAPS)
        self._tried(rule)
        content = _SWAPS[rule].format(give=give.text, want=want.text, arrow=self._for())
        return self._post(content, "offer", [self._closed(give, want)], give, want)

    def foreign(self) -> ComposedPost:
        """Portuguese, Spanish and Russian."""
        give, want = self._basket(joins=(" + ",)), self._basket(joins=(" + ",))
        self._tried("foreign words")
        form = self._pick(
            "troco {} por {}",
            "tenho {} quero {}",
            "cambio {} por {}",
            "tengo {} busco {}",
            "меняю {} на {}",
            "есть {} нужен {}",
        )
        return self._post(form.format(give.text, want.text), "offer", [self._closed(give, want)])

    def alternatives(self) -> ComposedPost:
        """``or`` and slashes part alternatives, both sides crossed."""
        give, first, second = (
            self._basket(2, joins=(" + ",)),
            self._basket(2, joins=(" + ",)),
            self._basket(2, joins=(" + ",)),
        )
        parting = self._pick(" or ", " / ", " | ", " OR ", " // ")
        self._tried("alternatives")
        content = f"{give.text} for {first.text}{parting}{second.text}"
        quotes = [self._closed(give, first), self._closed(give, second)]
        if self._random.random() < 0.3:
            content = f"H: {give.text} W: {first.text}{parting}{second.text}{parting}offers"
            quotes.append(ComposedQuote(give.legs, want_open=True))
            self._tried("alternatives or offers")
        return self._post(content, "offer", list(dict.fromkeys(quotes)))

    def several(self) -> ComposedPost:
        """Several quotes in one post: a second ``for``, or a line each."""
        pairs = [
            (self._basket(2, joins=(" + ",)), self._basket(2, joins=(" + ",)))
            for _ in range(self._random.choice((2, 2, 3)))
        ]
        self._tried("several quotes")
        parting = self._pick(", ", "\n")
        content = parting.join(f"{give.text} for {want.text}" for give, want in pairs)
        return self._post(content, "offer", list(dict.fromkeys(self._closed(*pair) for pair in pairs)))

    def listed(self) -> ComposedPost:
        """With one side open, everything but ``+`` parts quotes."""
        baskets = [self._basket(2, joins=(" + ",)) for _ in range(self._random.choice((1, 2, 3, 4)))]
        texts = [basket.text for basket in baskets]
        self._tried("open list")
        gives = self._random.random() < 0.5
        joined = self._pick(", ", "\n", " / ").join(texts)
        if gives:
            content = self._pick(
                "H: {} W: offers",
                "offers on {}",
                "WTS {}",
                "selling {} dm offers",
                "FT: {}",
                "taking offers on {}",
            )
            quotes = [ComposedQuote(basket.legs, want_open=True) for basket in baskets]
        else:
            content = self._pick("LF {}", "WTB {}", "looking for {}", "ISO {}", "W: {}", "buying {} dm me")
            quotes = [ComposedQuote(want=basket.legs, give_open=True) for basket in baskets]
        return self._post(content.format(joined), "offer", list(dict.fromkeys(quotes)))

    def merchant(self) -> ComposedPost:
        """``WTS ... WTB ...`` makes one-sided quotes of each."""
        give, want = self._basket(1), self._basket(1)
        self._tried("WTS WTB")
        parting = self._pick(" ", "\n", ", ")
        content = self._pick("WTS {}{}WTB {}", "selling {}{}buying {}").format(give.text, parting, want.text)
        quotes = [ComposedQuote(give.legs, want_open=True), ComposedQuote(want=want.legs, give_open=True)]
        return self._post(content, "offer", quotes)

    def question(self) -> ComposedPost:
        """A question that names both sides lists its quotes; one that names one item lists none."""
        if self._random.random() < 0.3:
            self._tried("question of worth")
            form = self._pick("how much is {} worth?", "what is {} worth", "vc {}", "pc on {}", "{} value?")
            return self._post(form.format(self._mentions(1)[0][1].usual), "question", [])
        give, want = self._basket(2), self._basket(2)
        self._tried("question of fairness")
        form = self._pick(
            "{} for {} wfl?",
            "{} for {} w/f/l",
            "is {} for {} fair?",
            "should i trade {} for {}?",
            "{} for {} is this fair",
        )
        return self._post(form.format(give.text, want.text), "question", [self._closed(give, want)])

    def deal(self) -> ComposedPost:
        """A post that says a trade is done."""
        give, want = self._basket(2, joins=(" + ",)), self._basket(2, joins=(" + ",))
        self._tried("deal")
        form = self._pick(
            "sold {} for {}",
            "traded {} for {}",
            "just traded my {} for {}",
            "sold {} for {} ✅",
            "{} for {} done ✅",
        )
        return self._post(form.format(give.text, want.text), "deal", [self._closed(give, want)])

    def outside(self) -> ComposedPost:
        """Cash and services have no quotes."""
        give, want = self._basket(2), self._basket(1)
        if self._random.random() < 0.6:
            self._tried("cash")
            form = self._pick(
                "selling {} for robux",
                "{} for $20 paypal",
                "{0} for {1} or robux",
                "WTS {} cashapp only",
                "{} for 500 rbx",
            )
            return self._post(form.format(give.text, want.text), "cash", [])
        self._tried("service")
        form = self._pick(
            "doing raid carries for {}",
            "bounty hunting service, pay {}",
            "carry service for {} dm me",
            "boosting for {}",
        )
        return self._post(form.format(want.text), "service", [])

    def refusal(self) -> ComposedPost:
        """What is refused is taken out."""
        give, want = self._basket(1), self._basket(1)
        refused = self._mentions(1)[0][1].usual
        self._tried("negation")
        form = self._pick(
            "H: {} W: {}, nlf {}", "{} for {}, no {}", "trading {} for {} not {}", "H: {} W: {} (nlf {})"
        )
        return self._post(form.format(give.text, want.text, refused), "offer", [self._closed(give, want)])

    def owed(self) -> ComposedPost:
        """Adds and overpay by whose they are."""
        give, want = self._basket(1), self._basket(1)
        form, gives, wants = self._random.choice(
            (
                ("{} + my adds for {}", True, False),
                ("{} for {} i add", True, False),
                ("{} for {} + your adds", False, True),
                ("{} for {} ur adds", False, True),
                ("{} for {} op", False, True),
                ("H: {} W: {} overpay", False, True),
                ("{} + adds for {}", True, False),
                ("{} for {} + adds", False, True),
                ("{} for {} my op", True, False),
            )
        )
        self._tried("adds by owner")
        quote = replace(self._closed(give, want), give_adds=gives, want_adds=wants)
        return self._post(form.format(give.text, want.text), "offer", [quote])

    def ranged(self) -> ComposedPost:
        """A range counts as its lower end with adds on that side; ``each`` multiplies."""
        give, (slug, spellings) = self._basket(1), self._mentions(1)[0]
        low = self._random.choice((2, 3, 5))
        if self._random.random() < 0.5:
            self._tried("range")
            link = self._pick("-", " - ", " to ")
            want = ((slug, float(low)),)
            content = f"{give.text} for {low}{link}{low + 1} {spellings.usual}"
            return self._post(content, "offer", [ComposedQuote(give.legs, want, want_adds=True)])
        self._tried("each")
        total = sum(quantity for _, quantity in give.legs)
        content = f"selling {give.text} for {low} {spellings.usual} {self._pick('each', 'ea')}"
        return self._post(content, "offer", [ComposedQuote(give.legs, ((slug, low * total),))])

    def chatter(self) -> ComposedPost:
        """Talk, with or without an item's name, trades nothing."""
        name = self._mentions(1)[0][1].usual
        self._tried("chatter")
        form = self._pick(
            "how do i get {}",
            "i love {} so much",
            "who wants to raid",
            "good morning everyone",
            "lol nice one",
            "{} is so good in pvp",
            "anyone online?",
            "where is the trade hub",
            "the new {} looks sick",
        )
        return self._post(form.format(name), "chatter", [])

    def _decorated(self, content: str) -> str:
        roll = self._random.random()
        if "<" in content and roll < 0.12:
            return content
        for limit, rule, decorate in _DECORATIONS:
            if roll < limit:
                self._tried(rule)
                return decorate(content)
        return content


_SWAPS = {
    "A for B": "{give}{arrow}{want}",
    "trading A for B": "trading {give} for {want}",
    "trading my A for B": "Trading my {give} for {want}",
    "my A for ur B": "my {give} for ur {want}",
    "ur B for my A": "ur {want} for my {give}",
    "H: A W: B": "H: {give} W: {want}",
    "H: A, W: B by lines": "h: {give}\nw: {want}",
    "[H] A [W] B": "[H] {give} [W] {want}",
    "W: B H: A": "W: {want} H: {give}",
    "have A want B": "have {give} want {want}",
    "LF B, FT A": "LF {want}, FT {give}",
    "ft A lf B": "ft {give} lf {want}",
    "me: A you: B": "me: {give} you: {want}",
    "offering A for B": "offering {give} for {want}",
    "i give A you give B": "i give {give} you give {want}",
}


def _translated(table: dict[str, str]) -> Callable[[str], str]:
    letters = str.maketrans(table)
    return lambda content: content.translate(letters)


_DECORATIONS: tuple[tuple[float, str, Callable[[str], str]], ...] = (
    (0.02, "fancy letters", _translated({**FANCY_CAPITALS, **FANCY_SMALL})),
    (0.03, "full width letters", _translated({k: v for k, v in FULL_WIDTH.items() if k.isalpha()})),
    (0.05, "zero-width characters", lambda content: content.replace("a", "a\u200b")),
    (0.07, "bold", lambda content: "\n".join(f"**{line}**" for line in content.split("\n"))),
    (0.09, "spoiler", lambda content: f"||{content}||"),
    (0.13, "dm me", lambda content: f"{content} dm me"),
    (0.15, "mention", lambda content: f"<@123456789012345678> {content}"),
    (0.17, "greeting", lambda content: f"yo {content}"),
    (0.19, "pls", lambda content: f"{content} pls"),
    (0.21, "fire", lambda content: f"{content} 🔥🔥"),
)
_SHAPES: tuple[Callable[[Composer], ComposedPost], ...] = (
    Composer.swap,
    Composer.foreign,
    Composer.alternatives,
    Composer.several,
    Composer.listed,
    Composer.merchant,
    Composer.question,
    Composer.deal,
    Composer.outside,
    Composer.refusal,
    Composer.owed,
    Composer.ranged,
    Composer.chatter,
)
_WEIGHTS = (40, 6, 6, 5, 12, 3, 6, 4, 4, 3, 4, 4, 5)
