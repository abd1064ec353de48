"""Folds and cuts texts by the compiled stages, as a post would be."""

from gpo_market.language.kernel import folding, tokens
from gpo_market.language.kernel.characters import characters_of
from gpo_market.language.kernel.folding import PAGES_OF_PROCESS, Origins
from gpo_market.language.kernel.records import TOKEN, Characters, blank_records
from gpo_market.language.kernel.tokens import blank_text
from gpo_market.language.kernel.tracing import blank_trace
from gpo_market.language.tokens import Token, TokenKind
from tests.language.kernel.entries import entry_of

fold = entry_of(folding.fold)
tokenise = entry_of(tokens.tokenise)


def folded_text(text: str, folded: Characters, origins: Origins) -> int:
    """Fold a text into buffers (see ``fold``), filling what pages it needs; give how many came out."""
    characters = characters_of(text)
    tables = PAGES_OF_PROCESS.tables
    while (count := fold(characters, 0, characters.size, tables, folded, origins)) < 0:
        tables = PAGES_OF_PROCESS.with_page(count)
    return int(count)


def cut(text: str) -> list[Token]:
    """Fold a text and cut it, as a post would be.

    >>> [token.text for token in cut("lfbx450 → 3MC + <:ASE:12>")]
    ['lfb', 'x', '450', '->', '3', 'mc', '+', '<:ase:12>']
    """
    buffers = blank_text(len(text))
    count = folded_text(text, buffers.letters, buffers.origins)
    tokens = blank_records(TOKEN, count + 1)
    found, _ = tokenise(buffers, count, tokens, blank_trace(0))
    columns = (tokens[name][:found].tolist() for name in ("kind", "glued", "letters_start", "letters_end"))
    return [
        Token(TokenKind(kind), "".join(map(chr, buffers.letters[start:end].tolist())), glued)
        for kind, glued, start, end in zip(*columns, strict=True)
    ]
