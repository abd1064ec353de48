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
from gpo_market.language.kernel.records import (
    ELEMENT,
    LEG,
    NOTHING,
    QUOTE,
    TOKEN,
    Characters,
    Integers,
    Records,
)
from gpo_market.language.kernel.scanner import scan
from gpo_market.language.kernel.settling import settle
from gpo_market.language.kernel.tables import LexiconTables
from gpo_market.language.kernel.tokens import TextBuffers, tokenise
from gpo_market.language.kernel.tracing import Trace
from gpo_market.language.kernel.trade_desk import MOST_LEGS_OF_POST, MOST_QUOTES, TradeDesk
from gpo_market.language.kernel.workspace import Sheets, Workspace
from gpo_market.language.roles import Role
