"""The rules of reading by number and name, with what each says; ``parse --explain`` shows what fired."""

from collections.abc import Mapping
from enum import IntEnum


class Rule(IntEnum):
    """One decision of the reader; numbers are internal and free to change."""

    NONE = 0

    LINE_HEAD = 1
    LINK = 2
    MENTION = 3
    MARKDOWN = 4
    HYPHEN = 5
    APOSTROPHE = 6
    EMOJI = 7
    CASH = 8
    RATIO = 9
    TIME = 10
    SHARE = 11
    LEVEL = 12
    RANK = 13
    SET_PHRASE = 14
    VERSION = 15
    WORD_WITH_DIGIT = 16
    TIMES_SIGN = 17
    DIGITS_GROUPED = 18
    DECIMAL_COMMA = 19
    NUMBER_SHORTENED = 20
    LARGEST_QUANTITY = 21
    ARROW = 22

    KNOWN_PHRASE = 40
    LOOKALIKES = 41
    TYPO = 42
    BETWEEN_ITEMS = 43
    TOO_MANY_TYPOS = 44
    UNKNOWN_WORD = 45
    LONE_LETTER = 46
    TYPO_IN_NAME = 47
    DRAWN_OUT = 48
    EMOJI_BY_ID = 50
    EMOJI_BY_NAME = 51
    EMOJI_BY_WORDS = 52
    STOCK_EMOJI = 53
    DECORATION = 54

    ALIAS_ACROSS = 70
    ALIAS_CALLED_FOR = 71
    OWNERS_LABEL_BOTH = 119
    ASKED_IS_WANTED = 72
    VARIANT_MEANS_ANY = 73
    TAKER_NAMES_PRICE = 74
    PLUS_ASKS_ADDS = 75
    BUYING_WITH = 76
    CONDITION_WANTS = 77
    PRICE_GETS = 78
    GETTING_SPOKEN_OF = 79

    ALIAS_COUNTED_BEHIND = 80
    ALIAS_BEHIND_SIGN = 81
    ALIAS_BEHIND_PLUS_OR_LABEL = 82
    ALIAS_BESIDE_ITEM = 83
    ALIAS_BEFORE_SIGN = 84
    ALIAS_PRICED_BY_COLON = 85
    ALIAS_JOINED = 86
    ALIAS_HEADS_ITEMS = 87
    ALIAS_ASKED_ABOUT = 88
    ALIAS_LISTED = 89
    ALIAS_COUNTED_BY_TIMES = 90
    ALIAS_IS_PRICE = 91
    ALIAS_ENDS_CLAUSE = 92
    ALIAS_VALUE_ASKED = 93
    ALIAS_ENDS_LINE = 94

    HELD_BEHIND_SIGN = 95
    HELD_BEFORE_ARROW = 96
    HELD_HEADING_ITEMS = 97
    HELD_JOINED = 98
    HELD_BEHIND_HELD = 99
    HELD_BESIDE_ITEM = 100
    HELD_BEFORE_ALIAS = 101
    HELD_LISTED = 102
    HELD_BEFORE_MARKER = 103

    WORD_IN_SENTENCE = 105
    WORD_BEHIND_SIGN = 106
    WORD_BEFORE_UNKNOWN = 107
    WORD_BESIDE_ITEM = 108
    WORD_BY_ITSELF = 109
    WORD_OF_GRAMMAR = 110
    WORD_PER_PIECE = 111
    WORD_DE = 112
    WORD_OR = 113
    WORD_WE = 114
    WORD_WHERE_NOTHING_IS_SURE = 115
    WORD_OF_DECORATION = 116
    WORD_ENDS_NAME = 117
    OFFERS_FOR_WHAT_IS_GIVEN = 118

    LETTERS_LABEL_BOTH = 120
    LETTER_LABELS_HEAD = 121
    LETTER_JOINS = 122
    LETTER_MEANS_NOTHING = 123
    DETERMINER_GOES = 124
    LETTER_JOINS_NOTHING = 125
    DASH_BETWEEN_NUMBERS = 126
    DASH_WORD = 127
    DASH_PARTS = 128
    OFFER_GIVES = 129
    OFFER_INVITES = 130
    OFFER_SPOKEN_OF = 131
    YOU_TRADE = 132
    YOU_SPOKEN_TO = 133
    PRICE_ASKED = 134
    PRICE_SPOKEN_OF = 135
    FAIRNESS_ASKED = 136
    FAIRNESS_SPOKEN_OF = 137
    COLON_NAMES_PRICE = 138
    EQUALS_PARTS = 139
    COLON_MEANS_NOTHING = 140
    ARROW_POINTS_AT_LIST = 141
    PER_NAMES_PRICE = 142
    EACH_BEHIND_PRICE = 143
    EACH_SPOKEN_OF = 144
    DASH_NAMES_PRICE = 145
    VERSUS_PARTS_SIDES = 146
    GAVE_AND_GOT_SAY_SIDES = 147
    TAKING_WANTS = 148
    TO_STANDS_BETWEEN_SIDES = 149
    NAME_JOINED = 150
    NAME_TOO_LONG = 151
    FOUR_MEANS_FOR = 152
    TWO_BEFORE_OWNER = 168
    TIMES_MEANS_FOR = 169
    COUNTS_BEHIND_IT = 153
    COUNTS_BEFORE_IT = 154
    RANGE_OF_NUMBERS = 155
    AT_LEAST = 156
    MONEY = 157
    COUNTS_NOTHING = 158
    NUMBER_IN_TALK = 159
    VAGUE_COUNT = 160
    RATIO_OF_SIDES = 161
    RATIO_MEANS_FOR = 162
    RATIO_OF_NOTHING = 163
    RANGE_OF_ITEMS = 164
    NONE_OF_IT = 165
    GLUED_FOUR_MEANS_FOR = 166
    COUNTS_PAST_OF = 167
    TOO_LONG_TO_NAME = 170
    UNKNOWN_IN_SENTENCE = 171
    UNKNOWN_IN_TALK = 172
    COUNTS_WHAT_PRICE_IS_FOR = 173
    UNKNOWN_COUNTED = 180
    UNKNOWN_REFUSED = 181
    UNKNOWN_AMID_ITEMS = 182
    UNKNOWN_BEHIND_SIGN = 183
    UNKNOWN_BEHIND_MARKER = 184
    UNKNOWN_BEFORE_PRICE = 185
    UNKNOWN_BEFORE_SIGN = 186
    UNKNOWN_LISTED = 187
    CASH_IS_OUTSIDE = 190
    SERVICE_IS_OUTSIDE = 191
    OUTSIDE_REFUSED = 192
    ASKED = 193
    WORTH_ASKED = 194
    JUDGED = 195
    DEAL_BY_WORD = 196
    DEAL_DONE = 197
    DEAL_SIGNED = 198
    STRUCK_OUT = 199
    CLAUSE_SOLD = 200
    ENTRY_SOLD = 201
    NOTHING_LIVE = 202
    NOT_FOR_SALE = 203
    REFUSED = 204
    UNKNOWN_OFFERED = 205
    INVITED = 206
    UNDERPAY_SPOKEN = 207
    PIECES_ASKED = 208
    DEAL_CLOSED = 209
    SALE_ANNOUNCED = 210
    REFUSALS_GO_ON = 211
    CURRENCY_OFFERED = 212
    TRADE_TOLD = 213
    OTHERS_TRADED = 214
    OBTAINED_BY_LUCK = 215
    GONE_IS_SOLD = 216
    REFUSED_BELOW = 217
    COMPARED = 218

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
    OVERPAY_BEGINS = 243
    ADDS_ACROSS = 244

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
    OVERPAYING_FOR = 270
    FOR_MINE_TURNS_MARKED = 271
    ONLY_UNKNOWN = 272
    BARE_PRICE = 273
    PRICE_BEHIND_FOR_SALE = 274
    OVERPAID_IS_SIDE = 275
    FOR_BEHIND_OR = 276

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
    Rule.NONE: "nothing was decided",
    Rule.LINE_HEAD: "the sign of a quote, heading or list at the head of a line is left out",
    Rule.LINK: "a link is left out",
    Rule.MENTION: "a mention of a person, channel, time or command is left out",
    Rule.MARKDOWN: "signs of markdown and quotation marks are left out",
    Rule.HYPHEN: "a hyphen between letters parts words as a space does",
    Rule.APOSTROPHE: "an apostrophe inside a word is left out",
    Rule.EMOJI: "a custom emoji stands for what its id or name says",
    Rule.CASH: "a currency sign makes it money",
    Rule.RATIO: "two numbers around a colon, one of them 1 or both single digits, are a ratio",
    Rule.TIME: "a number of hours, minutes or days is no quantity",
    Rule.SHARE: "a percentage is no quantity",
    Rule.LEVEL: "a number of a level, server, update or season is no quantity",
    Rule.RANK: "a number in a rank is no quantity",
    Rule.SET_PHRASE: "24/7 and 10/10 are no numbers",
    Rule.VERSION: "the number of a version is no quantity",
    Rule.WORD_WITH_DIGIT: "a word written with a digit is one word",
    Rule.TIMES_SIGN: "an x beside a number is parted from the word it is written with",
    Rule.DIGITS_GROUPED: "commas group the digits of a number by threes",
    Rule.DECIMAL_COMMA: "a comma before one or two digits and k or m is a decimal comma",
    Rule.NUMBER_SHORTENED: "k, m and b behind a number stand for thousands, millions and billions",
    Rule.LARGEST_QUANTITY: "no quantity is larger than a billion",
    Rule.ARROW: "an arrow however it is drawn points from what is given to what is wanted",
    Rule.KNOWN_PHRASE: "these words mean one thing together; the longest phrase wins",
    Rule.LOOKALIKES: "Cyrillic letters are read as the Latin ones they look like",
    Rule.TYPO: "a mistyped word is read as the one item word near it",
    Rule.BETWEEN_ITEMS: "near the words of more than one item, so nobody can tell which is meant",
    Rule.TOO_MANY_TYPOS: "too many unknown words in this post to look for typos",
    Rule.UNKNOWN_WORD: "nobody knows this word",
    Rule.LONE_LETTER: "a letter by itself is no item",
    Rule.TYPO_IN_NAME: "a typo inside an item's name is read as the one word near it that goes on the name",
    Rule.DRAWN_OUT: "a letter written three times or more in a row counts once",
    Rule.EMOJI_BY_ID: "an emoji is the item that lists its id",
    Rule.EMOJI_BY_NAME: "an emoji is the item that lists its name",
    Rule.EMOJI_BY_WORDS: "an emoji's name is read as words",
    Rule.STOCK_EMOJI: "an emoji that may be one of Discord's own is an item only where one must stand",
    Rule.DECORATION: "an emoji whose name is no item says nothing",
    Rule.ALIAS_COUNTED_BEHIND: "a count in brackets behind it: the alias is its item",
    Rule.ALIAS_BEHIND_SIGN: "behind a sign of trade or a count: the alias is its item",
    Rule.ALIAS_BEHIND_PLUS_OR_LABEL: "behind a plus sign or a list's label: the alias is its item",
    Rule.ALIAS_BESIDE_ITEM: "behind an item, and followed as an item is: the alias is its item",
    Rule.ALIAS_BEFORE_SIGN: "before a sign of trade: the alias is its item",
    Rule.ALIAS_PRICED_BY_COLON: "a colon and a price behind it: the alias is its item",
    Rule.ALIAS_JOINED: "joined to an item behind it: the alias is its item",
    Rule.ALIAS_HEADS_ITEMS: "at the head of items: the alias is its item",
    Rule.ALIAS_ASKED_ABOUT: "behind a question's first word, followed as an item is: the alias is its item",
    Rule.ALIAS_LISTED: "an entry of a list: the alias is its item",
    Rule.ALIAS_COUNTED_BY_TIMES: "a count behind an x follows: the alias is its item",
    Rule.ALIAS_IS_PRICE: "behind an item and 'for': the alias is its item",
    Rule.ALIAS_ENDS_CLAUSE: "behind a sign of trade, and the next clause begins: the alias is its item",
    Rule.ALIAS_VALUE_ASKED: "behind a price check at the head of a line: the alias is its item",
    Rule.ALIAS_ENDS_LINE: "the last entry of a list before words of chat: the alias is its item",
    Rule.HELD_BEHIND_SIGN: "behind a sign of trade, but followed like a word: item or word, left unknown",
    Rule.HELD_BEFORE_ARROW: "behind an item and before 'for', but in a sentence: left unknown",
    Rule.HELD_HEADING_ITEMS: "an item follows without a sign: item or word, left unknown",
    Rule.HELD_JOINED: "joined to an item, but in a sentence: item or word, left unknown",
    Rule.HELD_BEHIND_HELD: "behind an alias that was left unknown: left unknown too",
    Rule.HELD_BESIDE_ITEM: "behind an item, but a common word: left unknown",
    Rule.HELD_BEFORE_ALIAS: "before another alias that is a common word: left unknown",
    Rule.HELD_LISTED: "an entry of a list, but a common word: left unknown",
    Rule.HELD_BEFORE_MARKER: "before a word of trade: item or word, left unknown",
    Rule.WORD_IN_SENTENCE: "in a sentence: the alias is a word",
    Rule.WORD_BEHIND_SIGN: "behind a sign of trade, but nothing of trade follows: the alias is a word",
    Rule.WORD_BEFORE_UNKNOWN: "before a word nobody knows: the alias is a part of its name",
    Rule.WORD_BESIDE_ITEM: "behind an item, but not followed as an item is: the alias is a word",
    Rule.WORD_BY_ITSELF: "by itself, with no sign of trade beside it: the alias is a word",
    Rule.WORD_OF_GRAMMAR: "a word of trade or grammar first, an item only beside clear signs",
    Rule.WORD_PER_PIECE: "a slash glued before it: a price per piece",
    Rule.WORD_DE: "'de' between a count or a word of trade and its noun is a word",
    Rule.WORD_OR: "'or' behind an edge or a counted item names an alternative",
    Rule.WORD_WE: "'we' before a word of trade is who speaks",
    Rule.WORD_WHERE_NOTHING_IS_SURE: "nothing in the post is surely an item: the alias is a word",
    Rule.WORD_OF_DECORATION: "an emoji anybody can use, where it may be no item: decoration",
    Rule.WORD_ENDS_NAME: "right behind a word nobody knows: the alias is the end of that name",
    Rule.OFFERS_FOR_WHAT_IS_GIVEN: "what offers are asked for is given",
    Rule.LETTERS_LABEL_BOTH: "labels for have and want both stand here: the letter is a label",
    Rule.LETTER_LABELS_HEAD: "at the head of a line, before an item: the letter is a label",
    Rule.LETTER_JOINS: "'w' between two items means 'with'",
    Rule.LETTER_MEANS_NOTHING: "the letter labels nothing",
    Rule.DETERMINER_GOES: "an article or the like parts nothing and goes",
    Rule.LETTER_JOINS_NOTHING: "a single letter joins only what stands right behind an item",
    Rule.DASH_BETWEEN_NUMBERS: "between two numbers: a range",
    Rule.DASH_WORD: "'to' that is no range is a word",
    Rule.DASH_PARTS: "a dash that is no range parts like a comma",
    Rule.OFFER_GIVES: "'offer' before an item says what is given",
    Rule.OFFER_INVITES: "'offer' by itself asks for offers",
    Rule.OFFER_SPOKEN_OF: "'offered' by itself is a word",
    Rule.YOU_TRADE: "'you' before a word of trade means anyone",
    Rule.YOU_SPOKEN_TO: "'you' anywhere else is a word",
    Rule.PRICE_ASKED: "a price check beside an item, or alone, is a question",
    Rule.PRICE_SPOKEN_OF: "'pc' and 'vc' beside no item are words",
    Rule.FAIRNESS_ASKED: "'fair' in a post that begins like a question asks",
    Rule.FAIRNESS_SPOKEN_OF: "'fair' anywhere else is a word",
    Rule.COLON_NAMES_PRICE: "between two mentions: what stands behind it is the price",
    Rule.EQUALS_PARTS: "an equals sign that names no price parts like a comma",
    Rule.COLON_MEANS_NOTHING: "a colon that names no price means nothing",
    Rule.ARROW_POINTS_AT_LIST: "an arrow right behind a word of trade only points at the list",
    Rule.PER_NAMES_PRICE: "'per' before an item stands for 'for'",
    Rule.EACH_BEHIND_PRICE: "behind a price: the price is for each",
    Rule.EACH_SPOKEN_OF: "'each' behind no price is a word",
    Rule.DASH_NAMES_PRICE: "an entry's only dash, between an item and a counted price, stands for 'for'",
    Rule.VERSUS_PARTS_SIDES: "'vs' in a question about a trade parts its sides",
    Rule.GAVE_AND_GOT_SAY_SIDES: "'gave' and 'got' in a question about a trade say its sides",
    Rule.TAKING_WANTS: "what somebody asks whether to take is wanted",
    Rule.TO_STANDS_BETWEEN_SIDES: "'to' between items, beside a rate or a trade without 'for', means 'for'",
    Rule.ALIAS_ACROSS: "behind 'to' or 'on' and an item, at an edge: the alias is its item",
    Rule.ALIAS_CALLED_FOR: "anyone is asked for it: the alias is its item",
    Rule.OWNERS_LABEL_BOTH: "'me' and 'you' both stand before items: each says whose they are",
    Rule.ASKED_IS_WANTED: "asked of anyone, with an answer of what the poster has: it is wanted",
    Rule.VARIANT_MEANS_ANY: "'variant' behind an item means any of that sort",
    Rule.TAKER_NAMES_PRICE: "'takes it' behind a price: the price is for what stands before it",
    Rule.PLUS_ASKS_ADDS: "a plus behind an item that nothing follows asks for adds",
    Rule.BUYING_WITH: "'with' behind buying or looking for, beside no other word of trade, names the price",
    Rule.CONDITION_WANTS: "'if you got' before an item names what is wanted",
    Rule.PRICE_GETS: "'gets' between two items: what the price gets is given",
    Rule.GETTING_SPOKEN_OF: "'gets' that stands between no items is a word",
    Rule.NAME_JOINED: "Unknown words that stand together are one name.",
    Rule.NAME_TOO_LONG: "More than six unknown words in a row are talk, no name.",
    Rule.FOUR_MEANS_FOR: "A 4 between an item and its price stands for the word for.",
    Rule.TWO_BEFORE_OWNER: "A 2 or 4 between an item and my or your stands for the word for.",
    Rule.TIMES_MEANS_FOR: "An x of its own between an item and its price stands for the word for.",
    Rule.COUNTS_BEHIND_IT: "A number counts the item behind it.",
    Rule.COUNTS_BEFORE_IT: "A number behind x, in brackets or with no item to come counts the item before.",
    Rule.RANGE_OF_NUMBERS: "Of two numbers that make a range the lower one counts.",
    Rule.AT_LEAST: "A plus glued to a number makes it the least there can be.",
    Rule.MONEY: "A number of thousands or millions that counts no item is an amount of money.",
    Rule.COUNTS_NOTHING: "A number that counts no item goes.",
    Rule.NUMBER_IN_TALK: "A number word that counts no item is an ordinary word.",
    Rule.VAGUE_COUNT: "Words such as few or couple count the item behind them as the least they can mean.",
    Rule.RATIO_OF_SIDES: "A ratio says how many of the item beside it go for one of the other side.",
    Rule.RATIO_MEANS_FOR: "A ratio between two items stands for the word for.",
    Rule.RATIO_OF_NOTHING: "A ratio with no item near it goes.",
    Rule.RANGE_OF_ITEMS: "The same item counted twice across a dash or to is one range.",
    Rule.NONE_OF_IT: "An item counted as none goes.",
    Rule.GLUED_FOUR_MEANS_FOR: "A 4 written into one word with what stands on its sides means for.",
    Rule.COUNTS_PAST_OF: "A number counts the item behind of or the.",
    Rule.COUNTS_WHAT_PRICE_IS_FOR: "A number behind a price and for counts what the price is for.",
    Rule.TOO_LONG_TO_NAME: "An unknown name of more than sixty characters is talk.",
    Rule.UNKNOWN_IN_SENTENCE: "An unknown word that leads on into a sentence is talk.",
    Rule.UNKNOWN_IN_TALK: "An unknown word beside no sign of trade is talk.",
    Rule.UNKNOWN_COUNTED: "An unknown word with a quantity is an item nobody knows.",
    Rule.UNKNOWN_REFUSED: "An unknown word behind no or not looking for is an item nobody knows.",
    Rule.UNKNOWN_AMID_ITEMS: "An unknown word between items is an item nobody knows.",
    Rule.UNKNOWN_BEHIND_SIGN: "An unknown word behind a label, plus or price sign is an item nobody knows.",
    Rule.UNKNOWN_BEHIND_MARKER: "An unknown word behind a word of trade or an owner is an item nobody knows.",
    Rule.UNKNOWN_BEFORE_PRICE: "An unknown word before a sign of price is an item nobody knows.",
    Rule.UNKNOWN_BEFORE_SIGN: "An unknown word before a plus or a label is an item nobody knows.",
    Rule.UNKNOWN_LISTED: "An unknown word that is a whole entry of a list is an item nobody knows.",
    Rule.GONE_IS_SOLD: "An item that is gone was sold.",
    Rule.REFUSED_BELOW: "Under, below or than in a refusal says which offers are refused.",
    Rule.COMPARED: "A comparison of two items names no trade.",
    Rule.CASH_IS_OUTSIDE: "A post for real money is no trade of items.",
    Rule.SERVICE_IS_OUTSIDE: "A post for a service is no trade of items.",
    Rule.OUTSIDE_REFUSED: "Real money or a service that is refused is no price.",
    Rule.ASKED: "Words such as w/f/l ask about a trade.",
    Rule.WORTH_ASKED: "Worth asks for a value where no word of trade stands in the post.",
    Rule.JUDGED: "A trade behind is, are, would or does, with a question mark, asks for judgement.",
    Rule.DEAL_BY_WORD: "Sold or bought tells of a trade that is done.",
    Rule.DEAL_DONE: "Done tells of a trade with items for items, a tick or nothing named.",
    Rule.DEAL_SIGNED: "A tick at the end or a struck line tells that the trade is done.",
    Rule.STRUCK_OUT: "What is struck through beside a live offer no longer counts.",
    Rule.CLAUSE_SOLD: "A clause with a word of sale beside a live offer no longer counts.",
    Rule.ENTRY_SOLD: "A list's entry marked sold no longer counts.",
    Rule.NOTHING_LIVE: "Without a live offer beside it, what is sold or struck is the trade that was done.",
    Rule.NOT_FOR_SALE: "Not for sale takes back the item before it.",
    Rule.REFUSED: "No, not and not looking for take out the items behind them.",
    Rule.UNKNOWN_OFFERED: "A word of trade right before an item nobody knows makes an offer.",
    Rule.INVITED: "Asking for messages or offers shows that a weak offer is meant.",
    Rule.UNDERPAY_SPOKEN: "The poster speaks of underpay.",
    Rule.PIECES_ASKED: "A question how many of an item are given names no trade.",
    Rule.DEAL_CLOSED: "Done at the end of a trade with a label tells that it is done.",
    Rule.SALE_ANNOUNCED: "Sold and an exclamation mark tell that what stands behind them is sold.",
    Rule.REFUSALS_GO_ON: "A list of what is refused goes on behind a word that is no item.",
    Rule.CURRENCY_OFFERED: "A word of trade in a post with money of the game makes an offer.",
    Rule.TRADE_TOLD: "A trade that is told of, beside no offer, is talk, unless the post asks about it.",
    Rule.OTHERS_TRADED: "What somebody else did in a trade is told: no offer, and no deal of the poster's.",
    Rule.OBTAINED_BY_LUCK: "What somebody got from a chest or the like, with no price said, was no trade.",
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
    Rule.OVERPAY_BEGINS: "overpay in these items: more than they may come on top",
    Rule.ADDS_ACROSS: "for the other's adds alone: that side stays open, with adds",
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
    Rule.OVERPAYING_FOR: "overpaying for X wants X",
    Rule.FOR_MINE_TURNS_MARKED: "for my X gives X, whatever a word of trade said of the other side",
    Rule.ONLY_UNKNOWN: "one side of words nobody knows is more likely talk than an offer",
    Rule.BARE_PRICE: "a counted item right behind one that is sold or bought is its price",
    Rule.PRICE_BEHIND_FOR_SALE: "right behind for sale stands the price of what is for sale",
    Rule.OVERPAID_IS_SIDE: "what is overpaid with is the side that names nothing else",
    Rule.FOR_BEHIND_OR: "or before a second for: another price",
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
