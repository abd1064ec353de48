"""The caps that keep reading cheap and memory bounded, whatever a post holds."""

LONGEST_READ = 1 << 14
"""Characters of a post that are read; Discord allows 4,000."""
MOST_ELEMENTS = 1 << 14
"""Elements of one post that quotes are read from; no honest post has more."""

LARGEST_QUANTITY = 1e9
"""No post gives more than this of one thing; larger numbers count as this."""
EXACT_DIGITS = 15
"""Digits of a number that count: what a double holds exactly; more before the point are beyond any post."""

MOST_DRAFTS = 64
"""Quotes are read from the first so many trades of a post; no honest post has more."""
MOST_QUOTES = 64
"""Quotes per post; the rest are left out."""
MOST_LEGS = 64
"""Different items per side; a quote with more is incomplete."""

MOST_CORRECTIONS = 32
"""Typo look-ups per post, and corrections told of it; words beyond are left unknown."""
SHORTEST_FOR_ONE = 5
"""Letters of the shortest word that one slip is corrected in."""
SHORTEST_FOR_TWO = 6
"""Letters of the shortest word that two slips are corrected in."""
SHORTEST_NEIGHBOUR = 4
"""Letters of the shortest word that a typo may mean."""
LONGEST_TYPO = 24
"""Letters of the longest word that is corrected."""
FURTHEST = 3
"""Slips within which another item's word makes a correction a guess."""

MOST_WORDS_OF_NAME = 6
"""Words in one unknown name; longer runs are talk."""
LONGEST_UNKNOWN = 60
"""Characters of an unknown name; longer ones are talk."""
MOST_UNKNOWN = 64
"""Unknown names reported per post."""
