"""``parse`` and ``fair``: what a post says, and whether the trade in it is good."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import click
import msgspec

from gpo_market.catalogue import Catalogue, Reference
from gpo_market.cli.errors import BadInputError, reason
from gpo_market.cli.explanations import show_explanation
from gpo_market.cli.lists import catalogue_of, reference_of
from gpo_market.cli.options import catalogue_option, data_option, json_option
from gpo_market.cli.output import results, say, write_json
from gpo_market.cli.settings import load_settings
from gpo_market.cli.verdicts import show_verdicts
from gpo_market.cli.warming import warm_reader
from gpo_market.cli.wiring import default_folder, read_projection, reference_market
from gpo_market.language import Parser
from gpo_market.views.explaining import explain_post
from gpo_market.views.fair import fair_answer
from gpo_market.views.reading import read_post

SUFFIXES = frozenset({".txt", ".json", ".jsonl", ".ndjson", ".csv", ".log", ".gz"})
"""What stands at the end of names of files, and of no post."""


class _Line(msgspec.Struct):
    content: str
    id: str | int = ""


_LINE: msgspec.json.Decoder[_Line] = msgspec.json.Decoder(_Line)


@click.command()
@click.argument("source", metavar="[FILE]", default="-")
@click.option("--explain", is_flag=True, help="Tell why one post is read as it is; FILE may be its text.")
@catalogue_option
@json_option
def parse(source: str, explain: bool, catalogue_file: Path | None, as_json: bool) -> None:
    """Read posts, one per line, and print what each says as one line of JSON.

    FILE holds plain text, or JSON Lines with `id` and `content`; `-` is standard input.

    With --explain, shows what was made of each piece of the first post, and which rules decided; where FILE
    is no file, it is the post's text.

    \b
    Examples:
      echo "2 ase + 1 mc for case" | gpo-market parse
      gpo-market parse --explain "2 ase + 1 mc for case"
    """
    settings = load_settings()
    catalogue = catalogue_of(settings, catalogue_file)
    reference = reference_of(settings, catalogue_file)
    if explain:
        _explain(_first_post(source), catalogue, reference, as_json=as_json)
        return
    with _opened(Path(source)) as lines:
        warm_reader()
        parser = Parser(catalogue)
        value = _reference_values(catalogue, reference)
        for identity, content in _posts(lines):
            write_json(read_post(parser.parse(content), catalogue, identity, value.get))


def _explain(
    post: tuple[str, str], catalogue: Catalogue, reference: Reference | None, *, as_json: bool
) -> None:
    identity, content = post
    warm_reader()
    value = _reference_values(catalogue, reference)
    explained = explain_post(Parser(catalogue).explain(content), catalogue, identity, value.get)
    if as_json:
        write_json(explained)
    else:
        show_explanation(results(), content, explained, catalogue)


def _first_post(source: str) -> tuple[str, str]:
    """Give the post to explain: the text itself, or the first of a file, and say when there are more."""
    if source != "-" and _is_text(source):
        return "", _as_unicode(source)
    with _opened(Path(source)) as lines:
        posts = _posts(lines)
        first = next(posts, None)
        if first is None:
            raise BadInputError(f"{source}: no post to explain; give one, or its text")
        if next(posts, None) is not None:
            say("This is the first post; the others are not explained.")
    return first


def _is_text(source: str) -> bool:
    """Tell a post from the name of a file, be it one that exists or one that was mistyped."""
    try:
        exists = Path(source).exists()
    except (OSError, ValueError):  # too long for a name, or with a zero in it
        return True
    named = len(source.split()) == 1 and Path(source).suffix in SUFFIXES
    return not exists and not named


def _as_unicode(argument: str) -> str:
    """Replace what the shell handed on that is no UTF-8."""
    return argument.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _reference_values(catalogue: Catalogue, reference: Reference | None) -> dict[int, float]:
    if reference is None:
        return {}
    return {
        catalogue.number(slug): value for slug, value in reference.values.items() if slug in catalogue.numbers
    }


def _opened(file: Path) -> BinaryIO:
    if str(file) == "-":
        return sys.stdin.buffer
    try:
        return file.open("rb")
    except OSError as error:
        raise BadInputError(f"{file}: {reason(error)}") from error


def _posts(lines: BinaryIO) -> Iterator[tuple[str, str]]:
    for number, raw in enumerate(lines, 1):
        line = raw.strip(b"\r\n")
        if not line.strip():
            continue
        yield _post(line, str(number))


def _post(line: bytes, number: str) -> tuple[str, str]:
    if line.lstrip().startswith(b"{"):
        try:
            parsed = _LINE.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError):
            pass  # a post may well begin with a brace
        else:
            return str(parsed.id) or number, parsed.content
    return number, line.decode("utf-8", "replace")


@click.command()
@click.argument("text")
@click.option(
    "--as",
    "perspective",
    type=click.Choice(["poster", "taker"]),
    default="poster",
    show_default=True,
    help="Whose side to judge: the one who posts TEXT, or the one who takes the offer.",
)
@data_option
@catalogue_option
@json_option
def fair(
    text: str,
    perspective: str,
    data: Path | None,
    catalogue_file: Path | None,
    as_json: bool,
) -> int:
    """Judge a trade written as a post.

    Uses the folder's values; without a journal it uses the reference list, and says so.

    \b
    Examples:
      gpo-market fair "2 ase + 1 mc for case"
      gpo-market fair --as taker "H: pika W: 3 lc"
    """
    warm_reader()
    settings = load_settings()
    folder = data or default_folder(settings)
    projection = read_projection(folder)
    market = projection.market if projection else None
    if market is None or market.catalogue is None:
        market = reference_market(
            catalogue_of(settings, catalogue_file), reference_of(settings, catalogue_file)
        )
    assert market.catalogue is not None
    answer = fair_answer(
        market, Parser(market.catalogue), text, "taker" if perspective == "taker" else "poster"
    )
    if as_json:
        write_json(answer)
    else:
        show_verdicts(results(), answer, market)
    return 0 if answer.verdicts else 1
