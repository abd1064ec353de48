"""Settles posts with the kernel and with the plain reader, and tells which rules decided."""

from gpo_market.catalogue import packaged_catalogue
from gpo_market.language.folding import fold
from gpo_market.language.kernel.settling import settle
from gpo_market.language.kernel.tracing import blank_trace
from gpo_market.language.parser import Parser
from gpo_market.language.roles import Element
from gpo_market.language.rules import Rule
from gpo_market.language.settling import settle as settle_plainly
from tests.language.kernel.conftest import Conversion

MOST_RULES = 500

PARSER = Parser(packaged_catalogue())


def scan(content: str, parser: Parser = PARSER) -> list[Element]:
    """Scan a post into elements, before any of them is settled."""
    return parser._scanner.scan(fold(content).text).elements


def settled(content: str, parser: Parser = PARSER) -> list[Element]:
    """Settle a post with the kernel."""
    conversion, elements = Conversion(), scan(content, parser)
    records, letters, _ = conversion.records(elements)
    return conversion.elements(records, settle(records, len(elements), blank_trace(0)), letters)


def settled_plainly(content: str, parser: Parser = PARSER) -> list[Element]:
    """Settle a post with the plain reader."""
    return settle_plainly(scan(content, parser))


def fired(content: str) -> list[tuple[Rule, str]]:
    """Give the rules that decided about a post, with the words each decided about."""
    conversion, elements = Conversion(), scan(content)
    records, letters, _ = conversion.records(elements)
    trace = blank_trace(MOST_RULES)
    settle(records, len(elements), trace)
    noted = trace[1 : trace[0, 0] + 1].tolist()
    return [(Rule(rule), "".join(map(chr, letters[start:end]))) for rule, start, end in noted]
