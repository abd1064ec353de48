"""Cuts a phrase as a post would be cut: the same compiled stages, called by themselves."""

from gpo_market.events.compiling import compiled
from gpo_market.language.kernel.characters import characters_of
from gpo_market.language.kernel.folding import PAGES_OF_PROCESS, FoldTables, fold
from gpo_market.language.kernel.records import TOKEN, Characters, Origins, Records, blank_records
from gpo_market.language.kernel.tokens import Counts, Text, blank_text, tokenise
from gpo_market.language.kernel.tracing import Trace, blank_trace
from gpo_market.language.tokens import Token, TokenKind


def cut(text: str) -> list[Token]:
    """Fold a text and cut it, as a post would be.

    >>> [token.text for token in cut("lfbx450 → 3MC + <:ASE:12>")]
    ['lfb', 'x', '450', '->', '3', 'mc', '+', '<:ase:12>']
    """
    buffers = blank_text(len(text))
    count = folded_text(text, buffers.letters, buffers.origins)
    tokens = blank_records(TOKEN, count + 1)
    found, _ = _tokenise(buffers, count, tokens, blank_trace(0))
    columns = (tokens[name][:found].tolist() for name in ("kind", "glued", "letters_start", "letters_end"))
    return [
        Token(TokenKind(kind), "".join(map(chr, buffers.letters[start:end].tolist())), glued)
        for kind, glued, start, end in zip(*columns, strict=True)
    ]


def folded_text(text: str, letters: Characters, origins: Origins) -> int:
    """Fold a text into buffers (see ``fold``), filling what pages it needs; give how many came out."""
    characters = characters_of(text)
    tables = PAGES_OF_PROCESS.tables
    while (count := _fold(characters, tables, letters, origins)) < 0:
        tables = PAGES_OF_PROCESS.with_page(count)
    return count


@compiled
def _fold(characters: Characters, tables: FoldTables, letters: Characters, origins: Origins) -> int:
    return fold(characters, 0, characters.size, tables, letters, origins)


@compiled
def _tokenise(text: Text, count: int, tokens: Records, trace: Trace) -> Counts:
    return tokenise(text, count, tokens, trace)
