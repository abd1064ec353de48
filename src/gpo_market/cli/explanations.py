"""Shows people why a post was read as it was: the post underlined, its pieces, the rules, the quotes."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import Console, Group
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from gpo_market.catalogue import Catalogue
from gpo_market.views.explaining import (
    Decision,
    ExplainedElement,
    ExplainedPost,
    ExplainedToken,
    Says,
)
from gpo_market.views.models import ReadLeg, ReadQuote

WIDEST = 96
FRAME_CELLS = 4
MOST_ROWS = 200
"""Rows of one table; a post that has more is not read by people."""

STYLES: dict[Says, str] = {
    "give": "bold green",
    "want": "bold cyan",
    "unknown": "bold yellow",
}
RULERS: dict[Says, str] = {"give": "━", "want": "═", "unknown": "?"}
WORDS: dict[Says, str] = {"give": "given", "want": "wanted", "unknown": "not known"}
JOINERS = "\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}"
_CONTROL_PICTURES = 0x2400
_FIRST_PRINTABLE = 0x20


def visible(character: str) -> str:
    """Give what a character of a stranger's text may be printed as: nothing that steers a terminal.

    >>> visible("a"), visible(chr(27)), visible(chr(0x202E)), visible(chr(9))
    ('a', '␛', '<202E>', ' ')
    """
    if character == "\t":
        return " "
    if ord(character) < _FIRST_PRINTABLE:
        return chr(_CONTROL_PICTURES + ord(character))
    category = unicodedata.category(character)
    if (category[0] == "C" and character not in JOINERS) or category in ("Zl", "Zp"):
        return f"<{ord(character):04X}>"
    return character


def shown(text: str) -> str:
    """Give a stranger's text on one line, with nothing in it that steers a terminal."""
    return "".join(map(visible, text))


def show_explanation(console: Console, content: str, post: ExplainedPost, catalogue: Catalogue) -> None:
    """Print the post with what was read underlined, then its pieces, the decisions and the quotes."""
    width = min(console.width, WIDEST)
    cells = width // 4
    explanation = post.explanation
    styled = _styled(content, post)
    console.print(_post(styled, post, width))
    console.print(_legend(post))
    _section(console, "Pieces", _pieces(explanation.tokens, explanation.elements, catalogue, cells), width)
    _section(console, "Decisions", _decisions(content, explanation.decisions, cells), width)
    _section(console, "Quotes", _quotes(post, catalogue), width)


def _section(console: Console, title: str, body: Table | Group, width: int) -> None:
    console.print(Text(f"\n{title}", style="bold"))
    console.print(Padding(body, (0, 0, 0, 2)), width=width)


@dataclass(frozen=True, slots=True)
class Cell:
    """One character of the post as it is printed, and what is marked there."""

    text: str
    says: Says | None

    @property
    def width(self) -> int:
        """Cells of the terminal that it takes."""
        return cell_len(self.text)


def _styled(content: str, post: ExplainedPost) -> list[list[Cell]]:
    """Give the lines of the post, character by character."""
    says: list[Says | None] = [None] * len(content)
    for mark in post.explanation.marks:
        says[mark.start : mark.end] = [mark.says] * (mark.end - mark.start)
    lines: list[list[Cell]] = [[]]
    for character, what in zip(content, says, strict=True):
        if character == "\n":
            lines.append([])
        else:
            lines[-1].append(Cell(visible(character), what))
    return lines


def _post(lines: Sequence[Sequence[Cell]], post: ExplainedPost, width: int) -> Panel:
    rows = [row for line in lines for row in _wrapped(line, width - FRAME_CELLS)]
    body = Text("\n").join(text for row in rows for text in _underlined(row))
    count = len(post.quotes)
    quotes = f" · {count} quote{'s' * (count != 1)}" if count else ""
    return Panel(body, title=Text(f"{post.kind}{quotes}", style="bold"), title_align="left", width=width)


def _wrapped(line: Sequence[Cell], width: int) -> Iterator[Sequence[Cell]]:
    """Break a line where it has a space, else where it must; a row is at most ``width`` cells wide."""
    start, space, used = 0, 0, 0
    for position, cell in enumerate(line):
        if used + cell.width > width and position > start:
            end = space if space > start else position
            yield line[start : end - (line[end - 1].text == " ")]
            start, used = end, sum(each.width for each in line[end:position])
        used += cell.width
        if cell.text == " ":
            space = position + 1
    yield line[start:]


def _underlined(row: Sequence[Cell]) -> Iterator[Text]:
    text, ruler = Text(), Text()
    for cell in row:
        text.append(cell.text, style=STYLES[cell.says] if cell.says else "")
        if cell.says:
            ruler.append(RULERS[cell.says] * cell.width, style=STYLES[cell.says])
        else:
            ruler.append(" " * cell.width)
    yield text
    if ruler.plain.strip():
        ruler.rstrip()
        yield ruler


def _legend(post: ExplainedPost) -> Text:
    used = {mark.says for mark in post.explanation.marks}
    signs = [
        Text.assemble((RULERS[says] * 2, STYLES[says]), f" {WORDS[says]}") for says in STYLES if says in used
    ]
    return Text("  ").append_text(Text("   ").join(signs)) if signs else Text("  nothing in it is traded")


def _table(*headings: str) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", expand=False)
    for heading in headings:
        table.add_column(heading, overflow="fold", no_wrap=False)
    return table


def _pieces(
    tokens: Sequence[ExplainedToken],
    elements: Sequence[ExplainedElement],
    catalogue: Catalogue,
    cells: int,
) -> Table:
    table = _table("piece", "kind", "understood as")
    remaining = list(reversed(elements))
    told = -1
    for token in tokens[:MOST_ROWS]:
        while remaining and remaining[-1].end <= token.start:
            remaining.pop()
        element = remaining[-1] if remaining and remaining[-1].start < token.end else None
        meaning = Text("·", style="dim")
        if element is not None:
            meaning = Text('"', style="dim") if told == element.start else _meaning(element, catalogue)
            told = element.start
        table.add_row(Text(_short(token.text, cells)), Text(token.kind, style="dim"), meaning)
    _say_cut(table, len(tokens))
    return table


def _meaning(element: ExplainedElement, catalogue: Catalogue) -> Text:
    if element.role == "item":
        names = " or ".join(_name(slug, catalogue) for slug in element.items)
        return Text(f"{_number(element.quantity)}{names}", style="bold")
    if element.role == "unknown":
        return Text(f"{_number(element.quantity)}{shown(element.text)}, which nobody knows", style="yellow")
    return Text(element.role)


def _decisions(content: str, decisions: Sequence[Decision], cells: int) -> Table:
    table = _table("about", "decision")
    for decision in decisions[:MOST_ROWS]:
        piece = _short(content[decision.start : decision.end], cells)
        table.add_row(Text(piece, style="bold"), Text(decision.sentence))
    _say_cut(table, len(decisions))
    return table


def _say_cut(table: Table, count: int) -> None:
    if count > MOST_ROWS:
        table.add_row(Text(f"… {count - MOST_ROWS} more (--json has them all)", style="dim"))


def _short(text: str, cells: int) -> str:
    """Give a piece of the post on one line of at most so many cells."""
    short = Text(shown(text.replace("\n", "⏎")))
    short.truncate(cells, overflow="ellipsis")
    return short.plain


def _quotes(post: ExplainedPost, catalogue: Catalogue) -> Group:
    lines = [_quote(quote, catalogue) for quote in post.quotes] or [Text("none")]
    if post.unknown:
        lines.append(Text(f"Not understood: {', '.join(map(shown, post.unknown))}", style="yellow"))
    lines += [Text(f"Note: {shown(note)}", style="dim") for note in post.notes]
    return Group(*lines)


def _quote(quote: ReadQuote, catalogue: Catalogue) -> Text:
    give = _side(quote.give, catalogue, adds=quote.give_adds, is_open=quote.give_open)
    want = _side(quote.want, catalogue, adds=quote.want_adds, is_open=quote.want_open)
    text = Text.assemble("gives ", (give, STYLES["give"]), ", wants ", (want, STYLES["want"]))
    if not quote.complete:
        text.append(" (not complete: it stays out of the values)", style="yellow")
    return text


def _side(legs: Sequence[ReadLeg], catalogue: Catalogue, *, adds: bool, is_open: bool) -> str:
    parts = [f"{_number(leg.quantity)}{_name(leg.item, catalogue)}" for leg in legs]
    parts += ["adds"] if adds else []
    return " + ".join(parts) or ("any offer" if is_open else "something unknown")


def _number(quantity: float | None) -> str:
    return f"{quantity:,.12g} " if quantity is not None else ""


def _name(slug: str, catalogue: Catalogue) -> str:
    return shown(catalogue.items[catalogue.number(slug)].name)
