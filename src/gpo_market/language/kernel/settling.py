"""Settles words with several meanings by what stands beside them."""

from gpo_market.events.compiling import compiled_in_place, compiled_part, compiled_stage
from gpo_market.language.kernel.doubts import settle_doubtful
from gpo_market.language.kernel.elements import roles_said
from gpo_market.language.kernel.masks import MENTIONS, SIDE_MARKERS, among, marked, mask_of
from gpo_market.language.kernel.named_prices import ASKING, PRICING, settle_named_prices
from gpo_market.language.kernel.neighbours import (
    ITEM_LIKE,
    is_determiner,
    leads_to_item,
    likely_role,
    marks_at,
    role_at,
)
from gpo_market.language.kernel.records import Records
from gpo_market.language.kernel.side_words import become, settle_judged, settle_side_words
from gpo_market.language.kernel.tracing import Trace, note
from gpo_market.language.kernel.turning import (
    TAKERS,
    TURNING,
    settle_owners,
    settle_takers,
    settle_turning_words,
)
from gpo_market.language.marks import Mark
from gpo_market.language.roles import Doubt, Role
from gpo_market.language.rules import Rule

_DOUBTFUL = 1 << Doubt.NOUN | 1 << Doubt.FUNCTION
_BARE_LETTERS = mask_of({Role.BARE_H, Role.BARE_W})
_BACK_ARROWS = mask_of({Role.BACK_ARROW})
_LABELS = mask_of({Role.LABEL_HAVE, Role.LABEL_WANT})
_OWNERS = 1 << Mark.ME | 1 << Mark.THEM
_ADDING_ENDS = mask_of({Role.NONE, Role.TAIL, Role.STOP, Role.QUESTION_MARK})
_HAVE_LETTERS = mask_of({Role.BARE_H, Role.LABEL_HAVE})
_WANT_LETTERS = mask_of({Role.BARE_W, Role.LABEL_WANT})
_VAGUE = 1 << Mark.VAGUE_ONE | 1 << Mark.VAGUE_TWO
_LINE_HEADS = mask_of({Role.NONE, Role.LINE})
_LISTING = mask_of({Role.JOIN, Role.COMMA, Role.ITEM})
_OFFERED = ITEM_LIKE | mask_of({Role.MY})
_BESIDE_PRICE_WORDS = mask_of({Role.FOR, Role.MY, Role.NUMBER})
_LIST_HEADS = SIDE_MARKERS & ~mask_of({Role.FOR_TRADE})
_PRICES = MENTIONS | mask_of({Role.NUMBER, Role.CLOSING, Role.OR})
_SIDE_WORDS = mask_of({Role.DASH, Role.ASK})
_QUESTIONS = mask_of({Role.ASK})
_WITH = 1 << Mark.WITH
_WANTS = mask_of({Role.WANT})
_BEFORE_OFFERS = mask_of(
    {Role.NONE, Role.LINE, Role.STOP, Role.QUESTION_MARK, Role.COMMA, Role.PLAIN, Role.TAIL}
)
_SETTLED = mask_of(
    {
        Role.JOIN,
        Role.OR,
        Role.DASH,
        Role.OFFER,
        Role.OFFERS,
        Role.YOU,
        Role.PERHAPS_ASK,
        Role.COLON,
        Role.EACH,
        Role.FOR,
    }
)


@compiled_stage
def settle(elements: Records, count: int, trace: Trace) -> int:
    """Give every element its final role, and how many there are then: articles and the like go.

    There may be one more for each question whether to take something (``should i take``), so ``elements``
    holds room for them; an array as long as the post has characters always does. Without room none is added.
    Takes time linear in ``count``. What a post does not hold costs nothing beyond one look at its roles.
    """
    said, doubts, marks, loose = _survey(elements, count)
    said = _settle_first(elements, count, (said, doubts, marks), trace)
    said = _settle_turns(elements, count, said, marks, trace)
    if said & _SIDE_WORDS or marks & _WITH:
        count = settle_side_words(elements, count, said, trace)
    if loose or doubts & _DOUBTFUL:
        count = _drop_determiners(elements, count, trace)
    if said & _SETTLED:
        for at in range(count):
            if among(elements[at].role, _SETTLED):
                _settle_word(elements, count, at, trace)
    return count


@compiled_in_place
def _settle_first(elements: Records, count: int, held: tuple[int, int, int], trace: Trace) -> int:
    """Settle labels, and then the aliases that what they say decides about; give the roles said since.

    ``held`` are the roles, the doubts and the marks of the post.
    """
    said, doubts, marks = held
    if said & _BARE_LETTERS:
        _settle_label_letters(elements, count, said, trace)
        said |= _LABELS
    if marks & _OWNERS == _OWNERS:
        settle_owners(elements, count, trace)
        said |= _LABELS
    if marks & PRICING or said & ASKING == ASKING:
        settle_named_prices(elements, count, said, trace)
    if said & _QUESTIONS:
        settle_judged(elements, count, trace)
        said = roles_said(elements, count)
    if doubts & _DOUBTFUL:
        said = settle_doubtful(elements, count, said, doubts, trace)
    return said


@compiled_in_place
def _settle_turns(elements: Records, count: int, said: int, marks: int, trace: Trace) -> int:
    """Settle words that turn what stands beside them; give the roles said since."""
    if marks & TURNING:
        settle_turning_words(elements, count, marks, trace)
        said |= _WANTS
    if said & _BACK_ARROWS:
        _settle_getting(elements, count, trace)
    if said & _BARE_LETTERS:
        _settle_other_letters(elements, count, trace)
    if marks & TAKERS:
        settle_takers(elements, count, trace)
    return said


@compiled_in_place
def _survey(elements: Records, count: int) -> tuple[int, int, int, bool]:
    """Give a post's roles, its items' doubts and its marks, as bits, and whether a determiner is in it."""
    said = doubts = marks = 0
    loose = False
    for at in range(count):
        element = elements[at]
        said |= 1 << int(element.role)
        marks |= int(element.marks)
        doubts |= int(element.role == Role.ITEM) << int(element.doubt)
        loose |= (element.role == Role.PLAIN) & marked(element.marks, Mark.DETERMINER)
    return said, doubts, marks, loose


@compiled_part
def _settle_getting(elements: Records, count: int, trace: Trace) -> None:
    """``5 ase gets my case``: what a price gets is given; ``gets`` anywhere else is a word."""
    for at in range(count):
        if elements[at].role != Role.BACK_ARROW or not marked(elements[at].marks, Mark.GETS):
            continue
        if among(role_at(elements, count, at - 1), MENTIONS) and leads_to_item(elements, count, at + 1):
            note(trace, Rule.PRICE_GETS, elements[at].start, elements[at].end)
        else:
            become(elements, at, Role.PLAIN, Rule.GETTING_SPOKEN_OF, trace)


@compiled_part
def _settle_label_letters(elements: Records, count: int, said: int, trace: Trace) -> None:
    """Read H and W without a sign as labels when both stand in the post, or at the head of a line."""
    both = said & _HAVE_LETTERS != 0 and said & _WANT_LETTERS != 0
    for at in range(count):
        role = int(elements[at].role)
        if not among(role, _BARE_LETTERS):
            continue
        label = Role.LABEL_HAVE if role == Role.BARE_H else Role.LABEL_WANT
        if both:
            become(elements, at, label, Rule.LETTERS_LABEL_BOTH, trace)
        elif among(likely_role(elements, count, at - 1), _LINE_HEADS) and among(
            likely_role(elements, count, at + 1), ITEM_LIKE
        ):
            become(elements, at, label, Rule.LETTER_LABELS_HEAD, trace)


@compiled_part
def _settle_other_letters(elements: Records, count: int, trace: Trace) -> None:
    """Any other W between two items means with; a letter anywhere else means nothing."""
    for at in range(count):
        role = int(elements[at].role)
        if not among(role, _BARE_LETTERS):
            continue
        left, right = role_at(elements, count, at - 1), role_at(elements, count, at + 1)
        if role == Role.BARE_W and among(left, MENTIONS) and among(right, ITEM_LIKE):
            become(elements, at, Role.JOIN, Rule.LETTER_JOINS, trace)
        else:
            become(elements, at, Role.PLAIN, Rule.LETTER_MEANS_NOTHING, trace)


@compiled_part
def _drop_determiners(elements: Records, count: int, trace: Trace) -> int:
    """Close the ranks over words that part nothing; those that count vaguely stay."""
    kept = 0
    for at in range(count):
        if is_determiner(elements, at) and elements[at].marks & _VAGUE == 0:
            note(trace, Rule.DETERMINER_GOES, elements[at].start, elements[at].end)
            continue
        if kept != at:
            elements[kept] = elements[at]
        kept += 1
    return kept


@compiled_part
def _settle_word(elements: Records, count: int, at: int, trace: Trace) -> None:
    role = int(elements[at].role)
    if role == Role.FOR:
        _settle_for(elements, count, at, trace)
    elif role in (Role.JOIN, Role.OR):
        _settle_join(elements, count, at, trace)
    elif role == Role.COLON:
        _settle_colon(elements, count, at, trace)
    elif role == Role.DASH:
        _settle_dash(elements, count, at, trace)
    elif role == Role.EACH:
        _settle_each(elements, count, at, trace)
    elif role == Role.OFFER:
        _settle_offer(elements, count, at, trace)
    elif role == Role.OFFERS:
        _settle_offers(elements, count, at, trace)
    elif role == Role.YOU:
        _settle_you(elements, count, at, trace)
    else:
        _settle_question(elements, count, at, trace)


@compiled_part
def _settle_for(elements: Records, count: int, at: int, trace: Trace) -> None:
    """An arrow right behind a marker (``lf>> ase``) or at the head of a post only points at the list.

    So does ``for`` behind words that ask for offers (``lf upgrade for ase``); before a span of time it is a
    word (``online for 30 min``).
    """
    if role_at(elements, count, at - 1) == Role.OFFER_ON:
        become(elements, at, Role.PLAIN, Rule.ARROW_POINTS_AT_LIST, trace)
        return
    spanned = marked(marks_at(elements, count, at + 1), Mark.SUFFIXED)
    if spanned and role_at(elements, count, at + 1) == Role.PLAIN:
        become(elements, at, Role.PLAIN, Rule.FOR_SOME_TIME, trace)
        return
    if not marked(elements[at].marks, Mark.ARROW):
        return
    headed = among(role_at(elements, count, at - 1), _LIST_HEADS)
    if at == 0 or (headed and not among(role_at(elements, count, at - 2), MENTIONS)):
        become(elements, at, Role.PLAIN, Rule.ARROW_POINTS_AT_LIST, trace)


@compiled_part
def _settle_join(elements: Records, count: int, at: int, trace: Trace) -> None:
    """A plus that nothing follows asks for adds; ``e``, ``o``, ``n`` join only what stands beside them."""
    if marked(elements[at].marks, Mark.PLUS) and _leads_to_nothing(elements, count, at):
        become(elements, at, Role.ADDS, Rule.PLUS_ASKS_ADDS, trace)
        return
    if not marked(elements[at].marks, Mark.LONE_LETTER):
        return
    if not among(role_at(elements, count, at - 1), MENTIONS):
        become(elements, at, Role.PLAIN, Rule.LETTER_JOINS_NOTHING, trace)


@compiled_part
def _leads_to_nothing(elements: Records, count: int, at: int) -> bool:
    """Tell whether a plus behind an item joins nothing to it (``case for 5 ase +``)."""
    if not among(role_at(elements, count, at - 1), MENTIONS):
        return False
    following = role_at(elements, count, at + 1)
    if following == Role.LINE:
        return not among(role_at(elements, count, at + 2), ITEM_LIKE)
    return among(following, _ADDING_ENDS)


@compiled_part
def _settle_colon(elements: Records, count: int, at: int, trace: Trace) -> None:
    """A colon or equals sign between two mentions names a price (``ase: 7 mc``)."""
    behind_mention = among(role_at(elements, count, at - 1), MENTIONS)
    if _heads_list(elements, count, at):
        elements[at - 1].role = Role.PLAIN
        become(elements, at, Role.PLAIN, Rule.COLON_HEADS_LIST, trace)
    elif behind_mention and among(role_at(elements, count, at + 1), ITEM_LIKE):
        become(elements, at, Role.FOR, Rule.COLON_NAMES_PRICE, trace)
    elif marked(elements[at].marks, Mark.EQUALS):
        become(elements, at, Role.COMMA, Rule.EQUALS_PARTS, trace)
    else:
        become(elements, at, Role.PLAIN, Rule.COLON_MEANS_NOTHING, trace)


@compiled_part
def _heads_list(elements: Records, count: int, at: int) -> bool:
    """Tell whether a colon stands between a line's first word, no item, and a list (``wings: a + b``)."""
    if role_at(elements, count, at - 1) != Role.UNKNOWN or elements[at - 1].held:
        return False
    if not among(role_at(elements, count, at - 2), _LINE_HEADS):
        return False
    if role_at(elements, count, at + 1) != Role.ITEM:
        return False
    return among(role_at(elements, count, at + 2), _LISTING)


@compiled_part
def _settle_dash(elements: Records, count: int, at: int, trace: Trace) -> None:
    behind_number = role_at(elements, count, at - 1) == Role.NUMBER
    if behind_number and role_at(elements, count, at + 1) == Role.NUMBER:
        note(trace, Rule.DASH_BETWEEN_NUMBERS, elements[at].start, elements[at].end)
    elif marked(elements[at].marks, Mark.LETTERS):
        become(elements, at, Role.PLAIN, Rule.DASH_WORD, trace)
    else:
        become(elements, at, Role.COMMA, Rule.DASH_PARTS, trace)


@compiled_part
def _settle_each(elements: Records, count: int, at: int, trace: Trace) -> None:
    before_mention = among(role_at(elements, count, at + 1), MENTIONS)
    if before_mention and marked(elements[at].marks, Mark.PER):
        become(elements, at, Role.FOR, Rule.PER_NAMES_PRICE, trace)
    elif among(role_at(elements, count, at - 1), _PRICES):
        note(trace, Rule.EACH_BEHIND_PRICE, elements[at].start, elements[at].end)
    else:
        become(elements, at, Role.PLAIN, Rule.EACH_SPOKEN_OF, trace)


@compiled_part
def _settle_offer(elements: Records, count: int, at: int, trace: Trace) -> None:
    if among(role_at(elements, count, at + 1), _OFFERED):
        if marked(elements[at].marks, Mark.CONDITION):
            become(elements, at, Role.WANT, Rule.CONDITION_WANTS, trace)
        else:
            become(elements, at, Role.HAVE, Rule.OFFER_GIVES, trace)
    elif marked(elements[at].marks, Mark.OFFER):
        become(elements, at, Role.OFFERS, Rule.OFFER_INVITES, trace)
    else:
        become(elements, at, Role.PLAIN, Rule.OFFER_SPOKEN_OF, trace)


@compiled_part
def _settle_offers(elements: Records, count: int, at: int, trace: Trace) -> None:
    """``open to offers for X``: the poster has X."""
    opens = among(role_at(elements, count, at - 1), _BEFORE_OFFERS)
    leads = among(role_at(elements, count, at + 2), _OFFERED)
    if opens and leads and marked(marks_at(elements, count, at + 1), Mark.OFFERED_FOR):
        become(elements, at, Role.OFFER_ON, Rule.OFFERS_FOR_WHAT_IS_GIVEN, trace)
        elements[at + 1].role = Role.PLAIN


@compiled_part
def _settle_you(elements: Records, count: int, at: int, trace: Trace) -> None:
    if among(role_at(elements, count, at + 1), SIDE_MARKERS):
        become(elements, at, Role.ANYONE, Rule.YOU_TRADE, trace)
    else:
        become(elements, at, Role.PLAIN, Rule.YOU_SPOKEN_TO, trace)


@compiled_part
def _settle_question(elements: Records, count: int, at: int, trace: Trace) -> None:
    """``pc`` and ``vc`` ask about the item beside them, ``fair`` where the post begins like a question."""
    if not marked(elements[at].marks, Mark.PRICE_WORD):
        if marked(elements[0].marks, Mark.ASKING_HEAD):
            become(elements, at, Role.ASK, Rule.FAIRNESS_ASKED, trace)
        else:
            become(elements, at, Role.PLAIN, Rule.FAIRNESS_SPOKEN_OF, trace)
    elif count == 1 or _is_beside_mention(elements, count, at):
        become(elements, at, Role.ASK, Rule.PRICE_ASKED, trace)
    else:
        become(elements, at, Role.PLAIN, Rule.PRICE_SPOKEN_OF, trace)


@compiled_part
def _is_beside_mention(elements: Records, count: int, at: int) -> bool:
    if among(role_at(elements, count, at - 1), MENTIONS):
        return True
    following = at + 1
    while among(role_at(elements, count, following), _BESIDE_PRICE_WORDS) or marked(
        marks_at(elements, count, following), Mark.BESIDE_PRICE_WORD
    ):
        following += 1
    return among(role_at(elements, count, following), MENTIONS)
