"""The rules of reading by number and name, with what each says; ``parse --explain`` shows what fired."""

from collections.abc import Mapping
from enum import IntEnum


class Rule(IntEnum):
    """One decision of the reader; numbers are internal and free to change."""

    NAME_JOINED = 150
    NAME_TOO_LONG = 151
    FOUR_MEANS_FOR = 152
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
    TOO_LONG_TO_NAME = 170
    UNKNOWN_IN_SENTENCE = 171
    UNKNOWN_IN_TALK = 172
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


SENTENCES: Mapping[Rule, str] = {
    Rule.NAME_JOINED: "Unknown words that stand together are one name.",
    Rule.NAME_TOO_LONG: "More than six unknown words in a row are talk, no name.",
    Rule.FOUR_MEANS_FOR: "A 4 between an item and its price stands for the word for.",
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
    Rule.UNKNOWN_OFFERED: "A word of trade with money or an item nobody knows makes an offer.",
    Rule.INVITED: "Asking for messages or offers shows that a weak offer is meant.",
    Rule.UNDERPAY_SPOKEN: "The poster speaks of underpay.",
}
"""What each rule does, for people."""
