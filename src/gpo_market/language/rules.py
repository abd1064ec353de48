"""The rules of reading by number and name, with what each says; ``parse --explain`` shows what fired."""

from collections.abc import Mapping
from enum import IntEnum


class Rule(IntEnum):
    """One decision of the reader; numbers are internal and free to change."""

    MARKER_GIVES = 230
    MARKER_WANTS = 231
    OTHERS_TRADE = 232
    HAVE_BEHIND_TRADE = 233
    FOR_POINTS_ACROSS = 234
    ARROW_POINTS_BACK = 235
    OWNER_SAYS_SIDE = 236
    OWNER_BEGINS_SIDE = 237
    OTHER_OWNER_ADDS = 238
    ADDING_ITEMS = 239
    PRICE_FOR_EACH = 240
    GIVER_ADDS = 241
    OTHER_ADDS = 242

    FIRST_IS_GIVEN = 250
    SEGMENT_ADDS = 251
    OFFERS_BEHIND_ITEMS = 252
    MARKER_TURNS_TRADE = 253
    SIDE_GOES_ON = 254
    TRADE_ENDS_AT_MARKER = 255
    SELLER_TURNS_BUYER = 256
    MARKER_SPEAKS_BACK = 257
    FOR_NAMES_OTHER_SIDE = 258
    FOR_TURNED = 259
    FOR_MINE = 260
    TRADING_FOR = 261
    FOR_IS_TALK = 262
    SECOND_FOR = 263
    LINE_APART = 264
    EACH_NAMES_PRICE = 265
    ADDED_ON_TOP = 266
    ADDED_TO_OPEN_SIDE = 267
    TRADE_IS_TALK = 268
    INVITATION_MEANS_OFFER = 269

    RATIO_COUNTS = 280
    RATIO_UNFIT = 281
    OR_PARTS = 282
    LIST_PARTS = 283
    MENTIONS_ADD_UP = 284
    RANGE_IS_LOWER_END = 285
    CURRENCY_LEFT_OUT = 286
    CURRENCY_ADDS = 287
    EACH_MULTIPLIES = 288
    SIDE_STAYS_OPEN = 289
    UNKNOWN_LEAVES_INCOMPLETE = 290
    TOO_MANY_ITEMS = 291
    NOTHING_KNOWN = 292
    TOO_MANY_QUOTES = 293
    EQUAL_QUOTE = 294
    QUESTION_KEEPS_CLOSED = 295


SENTENCES: Mapping[Rule, str] = {
    Rule.MARKER_GIVES: "a word of having, selling or trading: what follows is given",
    Rule.MARKER_WANTS: "a word of wanting or buying: what follows is wanted",
    Rule.OTHERS_TRADE: "somebody else is asked (anyone, who, you), so the word speaks of the other side",
    Rule.HAVE_BEHIND_TRADE: "have or got right behind trading or sold adds nothing to it",
    Rule.FOR_POINTS_ACROSS: "for or an arrow: what follows is the other side",
    Rule.ARROW_POINTS_BACK: "an arrow to the left: what follows is given for what stands before it",
    Rule.OWNER_SAYS_SIDE: "my or your says whose the items are",
    Rule.OWNER_BEGINS_SIDE: "my or your begins the other's side",
    Rule.OTHER_OWNER_ADDS: "joined to the other's items by +, these come on top of their owner's side",
    Rule.ADDING_ITEMS: "who adds these items is said: they come on top of that side",
    Rule.PRICE_FOR_EACH: "each: the quantity holds for every piece of the other side",
    Rule.GIVER_ADDS: "the poster adds: the given side holds more than is listed",
    Rule.OTHER_ADDS: "adds or overpay are asked for: the wanted side holds more than is listed",
    Rule.FIRST_IS_GIVEN: "no word says whose these are, so what stands first is given",
    Rule.SEGMENT_ADDS: "these items come on top of a trade that is named already",
    Rule.OFFERS_BEHIND_ITEMS: "offers behind items of the given side asks for some and adds nothing",
    Rule.MARKER_TURNS_TRADE: "the word takes the side, so what stood first is on the other",
    Rule.SIDE_GOES_ON: "the same side again: its list goes on",
    Rule.TRADE_ENDS_AT_MARKER: "both sides are named, so the word begins another trade",
    Rule.SELLER_TURNS_BUYER: "selling and buying are two trades",
    Rule.MARKER_SPEAKS_BACK: "nothing follows the word, so it speaks of what stands before it",
    Rule.FOR_NAMES_OTHER_SIDE: "what stands behind for is on the side that is not named yet",
    Rule.FOR_TURNED: "the arrow or the owner says it is the other way round",
    Rule.FOR_MINE: "for my X gives X",
    Rule.TRADING_FOR: "trading for X wants X",
    Rule.FOR_IS_TALK: "for without a trade before it is talk",
    Rule.SECOND_FOR: "a second for begins another trade with the last entry before it",
    Rule.LINE_APART: "a line or question of its own is no part of the trade that follows it",
    Rule.EACH_NAMES_PRICE: "each names a price without for",
    Rule.ADDED_ON_TOP: "what is added joins its side",
    Rule.ADDED_TO_OPEN_SIDE: "what is added to a side that names nothing is only a bound",
    Rule.TRADE_IS_TALK: "one side and no word of trade: no offer",
    Rule.INVITATION_MEANS_OFFER: "a weak word of trade with an invitation to write is an offer",
    Rule.RATIO_COUNTS: "the ratio counts the one item of each side",
    Rule.RATIO_UNFIT: "the ratio fits no pair of single uncounted items, so the quote is incomplete",
    Rule.OR_PARTS: "or begins another alternative",
    Rule.LIST_PARTS: "the other side is open, so each entry of the list is a quote of its own",
    Rule.MENTIONS_ADD_UP: "the same item again adds up",
    Rule.RANGE_IS_LOWER_END: "a range or about so many: the lower end, and more may come",
    Rule.CURRENCY_LEFT_OUT: "an alternative priced only in the game's currency is left out",
    Rule.CURRENCY_ADDS: "the game's currency on top of items counts as adds",
    Rule.EACH_MULTIPLIES: "the price for each is multiplied by the pieces of the other side",
    Rule.SIDE_STAYS_OPEN: "nothing fills this side",
    Rule.UNKNOWN_LEAVES_INCOMPLETE: "a name nobody knows leaves the quote incomplete",
    Rule.TOO_MANY_ITEMS: "more different items than a side may hold: the rest is left out",
    Rule.NOTHING_KNOWN: "no known item on either side: no quote",
    Rule.TOO_MANY_QUOTES: "more quotes than are read of one post: the rest is left out",
    Rule.EQUAL_QUOTE: "the same quote again counts once",
    Rule.QUESTION_KEEPS_CLOSED: "a question keeps only quotes that name both sides",
}
"""What each rule does, for people."""
