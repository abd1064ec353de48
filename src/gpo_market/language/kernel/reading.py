"""Reads posts from characters to quotes: the stages one after another, for one post and for many alike."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from gpo_market.events.compiling import compiled
from gpo_market.events.readings import Kind
from gpo_market.language.kernel.baskets import Page
from gpo_market.language.kernel.corrections import CORRECTION
from gpo_market.language.kernel.desk import Desk
from gpo_market.language.kernel.findings import Finding, find
from gpo_market.language.kernel.folding import FoldTables, fold
from gpo_market.language.kernel.quotes import Sheet, Stance, read_quotes
from gpo_market.language.kernel.records import ELEMENT, LEG, QUOTE, TOKEN, Characters, Integers, Records
from gpo_market.language.kernel.scanner import scan
from gpo_market.language.kernel.settling import settle
from gpo_market.language.kernel.sheets import (
    NAME,
    POST,
    TYPO,
    OpenSheets,
    Sheets,
    has_room,
    write_aliases,
    write_post,
    write_typos,
    write_unknown,
)
from gpo_market.language.kernel.tables import EDGE, EMOJI, ENTRY, WORD, LexiconTables, PlainTables
from gpo_market.language.kernel.tokens import TextBuffers, tokenise
from gpo_market.language.kernel.tracing import Trace
from gpo_market.language.kernel.trade_desk import BASKET, DRAFT, RUN, SEGMENT, TALLY, TERM, WALK, TradeDesk
from gpo_market.language.kernel.workspace import Count, Workspace, laid_over
