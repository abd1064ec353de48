"""What the grammar asks about a text besides its role, as bits: the words that rules name one by one."""

from collections.abc import Mapping
from enum import IntEnum, auto

from gpo_market.language.vocabulary_of_talk import LUCK_WORDS, NOBODY_PHRASES, SHUNNED_PHRASES, TOLD_PHRASES
from gpo_market.language.written_out import written_out


class Mark(IntEnum):
    """One thing a rule may ask of a text; numbers are bits, internal and free to change (at most 62)."""

    DETERMINER = 0
    """May stand before an item without parting it from what stands before it."""
    OPENER = auto()
    """Only opens a post: a greeting."""
    ASKING_HEAD = auto()
    JUDGING_HEAD = auto()
    SIGN_OF_TRADE = auto()
    PLUS = auto()
    SLASH = auto()
    EQUALS = auto()
    ARROW = auto()
    FOUR = auto()
    OF = auto()
    """Portuguese and Spanish ``de``."""
    WE = auto()
    OFFER = auto()
    PER = auto()
    PRICE_WORD = auto()
    """``vc``, ``pc``: price and value checks."""
    BESIDE_PRICE_WORD = auto()
    """May stand between a price word and what it is about."""
    RANGE_LINK = auto()
    NAME_LINK = auto()
    """May stand inside an unknown item's name."""
    VAGUE_TWO = auto()
    """A number nobody states, at least two."""
    VAGUE_ONE = auto()
    SHORT_NOT_FOR_SALE = auto()
    INVITATION = auto()
    """Asks for a message, so that a weak offer is meant as one."""
    UP = auto()
    LETTERS = auto()
    """Nothing but letters."""
    LONE_LETTER = auto()
    STRANGE_HEAD = auto()
    """Begins with neither letter nor digit."""
    SUFFIXED = auto()
    """A number that ends in k, m or b."""
    CLAUSE_HEAD = auto()
    """Begins the next clause."""
    VERSUS = auto()
    """Parts the sides of a trade that is put up for judgement."""
    GAVE = auto()
    GOT = auto()
    TAKING = auto()
    """Asks whether to take what follows."""
    TO = auto()
    OFFERED_FOR = auto()
    """Stands between offers and what they are for."""
    STOCK_EMOJI = auto()
    """A name between colons that may be one of Discord's own emoji."""
    HOW_MANY = auto()
    """Asks for a number of pieces, and so for a price."""
    TOLD = auto()
    """Tells of a trade that others spoke of, or nobody makes."""
    OVERPAYING = auto()
    """Ends in a word for overpay, so that what is named is not all that is given."""
    FOR_OWNER = auto()
    """A number that stands for a word where my or your follows (``ase 2 ur 7 mc``)."""
    OBTAINED = auto()
    """Tells what somebody has got, in a trade or not."""
    FROM = auto()
    WITH = auto()
    GETS = auto()
    """Says what a price gets, where it stands between two items."""
    CONDITION = auto()
    """Says what the trade hangs on: what somebody else has."""
    OTHERS = auto()
    """Speaks of somebody else, who is not asked for anything."""
    TRADED = auto()
    """What somebody did in a trade, told afterwards."""
    SEEN = auto()
    """Tells what somebody else was seen to do."""
    ME = auto()
    THEM = auto()
    """Names the other side of a trade where ``me`` names one."""
    ASKED = auto()
    """Begins by asking anyone."""
    TAKER = auto()
    """Says that the price before it takes an item."""
    VARIANT = auto()
    """Makes a sort of the item before it."""
    BELOW = auto()
    """Stands before the least that is accepted."""
    COMPARED = auto()
    """Compares two items, so that no trade is named."""
    GONE = auto()
    STATE = auto()
    """May stand between an item and what became of it."""
    NOBODY = auto()
    """Tells that nobody trades, unless it is asked."""
    MONEY = auto()
    """Names items that the list gives change in: a matter of the list, so no text carries it by itself."""
    PRICE = auto()
    """Stands before a price without a sign (``lih, price 3 ase``)."""
    LUCK = auto()
    """Tells how an item came by play, and not in trade."""
    EXCHANGE = auto()
    """Trades one thing with another (``swap ase with mc``)."""


WORDS: Mapping[Mark, str] = {
    Mark.DETERMINER: """a an the some only just this that these those perm permanent clean um uma un una el la
        los las o os as more extra spare another both""",
    Mark.OPENER: """yo yoo yooo yoooo hey heyy hi hello guys bro bros ok okay so oi ola hola привет sup legit
        trusted pls plz please urgent quick quickly asap fast""",
    Mark.ASKING_HEAD: "is are was would does",
    Mark.JUDGING_HEAD: "is are would does",
    Mark.SIGN_OF_TRADE: "+ & / // | ->",
    Mark.PLUS: "+",
    Mark.SLASH: "/",
    Mark.EQUALS: "=",
    Mark.ARROW: "->",
    Mark.FOUR: "4",
    Mark.OF: "de",
    Mark.WE: "we",
    Mark.OFFER: "offer",
    Mark.PER: "per",
    Mark.PRICE_WORD: "vc pc",
    Mark.BESIDE_PRICE_WORD: "on of",
    Mark.RANGE_LINK: "- ~ to",
    Mark.NAME_LINK: "of the de",
    Mark.VAGUE_TWO: "couple few several multiple many lots bunch alguns varios",
    Mark.VAGUE_ONE: "some all",
    Mark.SHORT_NOT_FOR_SALE: "nfs",
    Mark.INVITATION: "dm dms pm pms hmu lmk msg message inbox chama chame pv лс пишите",
    Mark.UP: "up",
    Mark.CLAUSE_HEAD: """i im ill ive if but cuz bc because since pm ping msg join anyone someone also dont
        bump obo serious who""",
    Mark.VERSUS: "vs versus against",
    Mark.GAVE: "gave",
    Mark.GOT: "got",
    Mark.TO: "to into em on en",
    Mark.FOR_OWNER: "2 4",
    Mark.OFFERED_FOR: "for on por на",
    Mark.TOLD: "imagine declined rejected remember remembers wish wished",
    Mark.HOW_MANY: "howmuch quantos quantas cuantos cuantas",
    Mark.OVERPAYING: "op overpay overpaying",
    Mark.FROM: "from after off",
    Mark.WITH: "with w",
    Mark.GETS: "gets takes buys",
    Mark.OTHERS: """he she they someone somebody some1 dude guy friend friends brother cousin sister kid
        people ppl homie scammer teammate ele ela eles elas alguem alguien он она они""",
    Mark.TRADED: """gave sold traded bought took offered wanted paid swapped stole vendeu trocou deu comprou
        pagou продал купил обменял поменял отдал дал""",
    Mark.SEEN: "saw seen watched",
    Mark.ME: "me",
    Mark.THEM: "u you them him he they she her",
    Mark.VARIANT: "variant variants variation variations",
    Mark.BELOW: "under below than",
    Mark.GONE: "gone",
    Mark.STATE: "is are r",
    Mark.PRICE: "price preco precio asking pricing getting receiving цена",
    Mark.LUCK: LUCK_WORDS,
    Mark.EXCHANGE: "swap swaps swapping swaping exchange exchanging",
}
"""The words that carry a mark, parted by spaces."""

PHRASES: Mapping[Mark, tuple[str, ...]] = {
    Mark.HOW_MANY: ("how many", "how much"),
    Mark.OPENER: tuple(written_out("no {scam,scams,scammers,lowballs,lowballers,trolls,rush,cap,joke,bs}")),
    Mark.TOLD: (
        *written_out(TOLD_PHRASES),
        *("got offered", "i got offered", "was offered", "i was offered", "being offered", "been offered"),
        *("someone offered", "someone offered me", "offered me", "he offered", "he offered me", "he offers"),
        *("they offered", "they offered me", "they offer"),
    ),
    Mark.NOBODY: (*written_out(NOBODY_PHRASES), *written_out(SHUNNED_PHRASES)),
    Mark.CONDITION: (
        *("open to", "open for", "prefer", "preferably", "preferring", "pref", "would accept"),
        *("would consider", "ideally", "prefiro", "prefiero"),
        *("if u got", "if you got", "if ya got", "if u have", "if you have", "if ya have", "if u has"),
        *("if anyone has", "if anyone got", "if anyone have", "if any1 has", "if any1 got", "if someone has"),
        *("if someone got", "if anybody has", "if anybody got", "if somebody has", "whoever has"),
        *("whoever got", "whoever have", "se tiver", "se voce tiver", "se alguem tiver", "si tienes"),
        *("si alguien tiene", "если есть"),
    ),
    Mark.CLAUSE_HEAD: (
        "no lowballs",
        "no lowball",
        "no lowballers",
        "no lowballing",
        "no scams",
        "no scammers",
        "no trolls",
        "no rush",
    ),
    Mark.WITH: ("w /",),
    Mark.TAKER: ("takes it", "gets it", "buys it"),
    Mark.COMPARED: ("in value", "is anyone paying more than"),
    Mark.OBTAINED: ("just got", "finally got"),
    Mark.GAVE: ("gave :", "i gave :"),
    Mark.GOT: ("got :",),
    Mark.TRADED: (
        "just sold",
        "just traded",
        "just bought",
        "just swapped",
        "finally sold",
        "finally traded",
    ),
    Mark.TAKING: (
        *("should i take", "should i accept", "do i take", "do i accept"),
        *("would u guys take", "would you guys take", "would yall take"),
    ),
}
"""The texts of several words that carry a mark; each must be a phrase of the lexicon."""

_MARKS_BY_TEXT: dict[str, int] = {}
for _mark, _texts in (*((mark, words.split()) for mark, words in WORDS.items()), *PHRASES.items()):
    for _text in _texts:
        _MARKS_BY_TEXT[_text] = _MARKS_BY_TEXT.get(_text, 0) | 1 << _mark


_ASKED = frozenset(
    {"anyone", "any1", "anybody", "someone", "some1", "somebody", "who", "whos"}
    | {"alguem", "quem", "alguien", "quien", "кто"}
)
_WITH = (" with", " w", " w /")


def _without_with(text: str) -> str:
    """Give a text without the word that what is overpaid stands behind (``will overpay with``)."""
    for ending in _WITH:
        text = text.removesuffix(ending)
    return text


def marks_of(text: str) -> int:
    """Give the marks of a folded text, as bits.

    >>> marks_of("->") == 1 << Mark.SIGN_OF_TRADE | 1 << Mark.ARROW | 1 << Mark.STRANGE_HEAD
    True
    >>> marks_of("2k") == 1 << Mark.SUFFIXED
    True
    """
    marks = _MARKS_BY_TEXT.get(text, 0)
    marks |= _MARKS_BY_TEXT.get(_without_with(text).rpartition(" ")[2], 0) & 1 << Mark.OVERPAYING
    if text.partition(" ")[0] in _ASKED and " " in text:
        marks |= 1 << Mark.ASKED
    if text.isalpha():
        marks |= 1 << Mark.LETTERS
        marks |= (len(text) == 1) << Mark.LONE_LETTER
    if not text[:1].isalnum():
        marks |= 1 << Mark.STRANGE_HEAD
    if text[:1].isdecimal() and text[-1:].isalpha():
        marks |= 1 << Mark.SUFFIXED
    if len(text) > 1 and text[0] == ":" == text[-1]:
        marks |= 1 << Mark.STOCK_EMOJI
    return marks
