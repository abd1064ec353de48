"""Reads posts from characters to quotes: the stages one after another, for one post and for many alike."""

from enum import IntEnum
from typing import NamedTuple

import numpy as np

from gpo_market.events.compiling import compiled, compiled_in_place, compiled_without_lock, inlined
from gpo_market.events.readings import Kind
from gpo_market.language.kernel.baskets import Page
from gpo_market.language.kernel.blocks import block_of, held_as
from gpo_market.language.kernel.corrections import CORRECTION
from gpo_market.language.kernel.desk import Desk
from gpo_market.language.kernel.findings import Finding, find
from gpo_market.language.kernel.folding import FoldTables, fold
from gpo_market.language.kernel.layout import laid_over
from gpo_market.language.kernel.plain_tables import (
    ARRAYS,
    PlainTables,
    arrays_of,
    bytes_at,
    characters_at,
    integers_at,
    numbers_at,
    open_tables,
    tables_at,
)
from gpo_market.language.kernel.quotes import Sheet, Stance, read_quotes
from gpo_market.language.kernel.records import ELEMENT, TOKEN, Characters, Integers, Records
from gpo_market.language.kernel.scanner import scan
from gpo_market.language.kernel.settling import settle
from gpo_market.language.kernel.sheets import (
    OpenSheets,
    Sheets,
    Use,
    has_room,
    open_sheets,
    write_aliases,
    write_names,
    write_post,
    write_typos,
)
from gpo_market.language.kernel.tables import LexiconTables
from gpo_market.language.kernel.tokens import Text, tokenise
from gpo_market.language.kernel.tracing import Trace
from gpo_market.language.kernel.trade_desk import DESK
from gpo_market.language.kernel.workspace import Count, Workspace

_CASH, _SERVICE, _ASKS, _JUDGES = (
    1 << finding for finding in (Finding.CASH, Finding.SERVICE, Finding.ASKS, Finding.JUDGES)
)
_DEAL, _OFFERS_UNKNOWN, _INVITES, _UNDERPAY = (
    1 << finding for finding in (Finding.DEAL, Finding.OFFERS_UNKNOWN, Finding.INVITES, Finding.UNDERPAY)
)
_ASKS_PRICE = 1 << Finding.ASKS_PRICE
_TELLS = 1 << Finding.TELLS

_FOLDS = ARRAYS
_WORKSPACE = _FOLDS + len(FoldTables._fields)
_SHEETS = _WORKSPACE + len(Workspace._fields)

flags_at = held_as(np.dtype(np.bool_))
tokens_in = laid_over(TOKEN)
elements_in = laid_over(ELEMENT)
corrections_in = laid_over(CORRECTION)
desks_in = laid_over(DESK)


class PostFlag(IntEnum):
    """What a post says besides its quotes; numbers are bits of ``POST.says``."""

    UNDERPAY = 1
    """The poster speaks of underpay."""
    CUT = 2
    """Only its first characters were read."""


class Room(NamedTuple):
    """A thread's workspace as records."""

    text: Text
    desk: Desk
    kept: Records
    trades: Records
    counts: Integers
    items: int
    trace: Trace


@compiled_without_lock
def read_posts(characters: Characters, bounds: Integers, items: int, block: Integers, trace: Trace) -> int:
    """Read posts until the sheets are full, all are read, or a page of the fold tables is missing.

    The posts stand one behind another in ``characters``, parted by one character each: post ``p`` from
    ``bounds[p]`` up to, but without, the one before ``bounds[p + 1]``; as many as the sheets hold already are
    passed over. ``block`` is a ``reading_block``, ``items`` the count of the list's items. Gives the number
    of posts read, or the missing page's number (see ``fold``), with what was read so far on the sheets.
    """
    folds = FoldTables(
        characters_at(block, _FOLDS),
        bytes_at(block, _FOLDS + 1),
        flags_at(block, _FOLDS + 2),
        characters_at(block, _FOLDS + 3),
    )
    tables = open_tables(tables_at(block, items))
    room = _open_workspace(_workspace_at(block), folds, items, trace)
    return _read_all(characters, bounds, room, folds, tables, open_sheets(_sheets_at(block)))


def reading_block(tables: PlainTables, folds: FoldTables, workspace: Workspace, sheets: Sheets) -> Integers:
    """Give the block of all arrays that ``read_posts`` works by and in."""
    return block_of([*arrays_of(tables), *folds, *workspace, *sheets])


@inlined
def _workspace_at(block: Integers) -> Workspace:
    return Workspace(
        characters_at(block, _WORKSPACE),
        numbers_at(block, _WORKSPACE + 1),
        bytes_at(block, _WORKSPACE + 2),
        bytes_at(block, _WORKSPACE + 3),
        bytes_at(block, _WORKSPACE + 4),
        bytes_at(block, _WORKSPACE + 5),
        integers_at(block, _WORKSPACE + 6),
        bytes_at(block, _WORKSPACE + 7),
        integers_at(block, _WORKSPACE + 8),
    )


@inlined
def _sheets_at(block: Integers) -> Sheets:
    return Sheets(
        bytes_at(block, _SHEETS),
        bytes_at(block, _SHEETS + 1),
        bytes_at(block, _SHEETS + 2),
        bytes_at(block, _SHEETS + 3),
        bytes_at(block, _SHEETS + 4),
        bytes_at(block, _SHEETS + 5),
        characters_at(block, _SHEETS + 6),
        integers_at(block, _SHEETS + 7),
    )


@compiled_in_place
def _read_all(
    characters: Characters,
    bounds: Integers,
    room: Room,
    folds: FoldTables,
    tables: LexiconTables,
    sheets: OpenSheets,
) -> int:
    for post in range(int(sheets.used[Use.POSTS]), bounds.shape[0] - 1):
        if not has_room(sheets):
            return post
        start, end = int(bounds[post]), int(bounds[post + 1]) - 1
        folded = fold(characters, start, end, folds, room.text.letters, room.text.origins)
        if folded < 0:
            return folded
        _read_post(room, folded, tables, sheets)
    return int(bounds.shape[0]) - 1


@compiled
def _open_workspace(workspace: Workspace, folds: FoldTables, items: int, trace: Trace) -> Room:
    desk = Desk(
        workspace.letters,
        tokens_in(workspace.tokens),
        elements_in(workspace.elements),
        corrections_in(workspace.corrections),
        workspace.scratch,
        trace,
    )
    text = Text(workspace.letters, workspace.origins, folds.classes)
    return Room(
        text, desk, elements_in(workspace.kept), desks_in(workspace.desks), workspace.counts, items, trace
    )


@inlined
def _read_post(room: Room, folded: int, tables: LexiconTables, sheets: OpenSheets) -> None:
    desk, trace = room.desk, room.trace
    tokens, letters_end = tokenise(room.text, folded, desk.tokens, trace)
    count, typos, letters_end = scan(desk, tokens, letters_end, tables)
    count = settle(desk.elements, count, trace)
    count, letters_end, found = find(desk.elements, count, room.kept, desk.letters, letters_end, trace)
    room.counts[Count.TOKENS], room.counts[Count.ELEMENTS] = tokens, count
    if found & (_CASH | _SERVICE):
        write_post(sheets, Kind.CASH if found & _CASH else Kind.SERVICE, 0)
        return
    kind = _read_trades(room, count, found, sheets)
    if kind != Kind.CHATTER:
        write_names(sheets, desk.elements, count, desk.letters)
        write_typos(sheets, desk.corrections, typos, desk.letters)
    write_post(sheets, kind, PostFlag.UNDERPAY if found & _UNDERPAY and kind != Kind.CHATTER else 0)


@compiled_in_place
def _read_trades(room: Room, count: int, found: int, sheets: OpenSheets) -> int:
    """Write the quotes of a post that is neither for cash nor for a service; give its kind."""
    used = sheets.used
    first_leg = int(used[Use.LEGS])
    stance = Stance(found & _DEAL != 0, found & _INVITES != 0, found & _ASKS != 0, found & _JUDGES != 0)
    page = Page(room.desk.elements, count, room.desk.letters, room.items)
    sheet = Sheet(sheets.quotes, sheets.legs, int(used[Use.QUOTES]), first_leg)
    quotes, legs, offered, question = read_quotes(page, stance, room.trades, sheet, room.trace)
    kind = _kind(found, offered, question)
    if kind != Kind.CHATTER and not (question and found & _ASKS_PRICE):
        used[Use.QUOTES], used[Use.LEGS] = quotes, legs
        write_aliases(sheets, first_leg, room.items, room.desk.letters)
    return kind


@compiled_in_place
def _kind(found: int, offered: bool, question: bool) -> int:  # noqa: FBT001 - compiled code takes no keywords
    if question:
        return Kind.QUESTION
    if found & _DEAL:
        return Kind.DEAL
    if found & _TELLS:
        return Kind.CHATTER
    return Kind.OFFER if offered or found & _OFFERS_UNKNOWN else Kind.CHATTER
