"""``parse`` and ``fair``: what a post says, and whether the trade in it is good."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import click
import msgspec

from gpo_market.catalogue import Catalogue, Reference
from gpo_market.cli.errors import BadInputError, reason
from gpo_market.cli.lists import catalogue_of, reference_of
from gpo_market.cli.options import catalogue_option, data_option, json_option
from gpo_market.cli.output import results, write_json
from gpo_market.cli.settings import load_settings
from gpo_market.cli.verdicts import show_verdicts
from gpo_market.cli.wiring import default_folder, read_projection, reference_market
from gpo_market.language import Parser
from gpo_market.views.fair import fair_answer
from gpo_market.views.reading import read_post


class _Line(msgspec.Struct):
    content: str
    id: str | int = ""


_LINE: msgspec.json.Decoder[_Line] = msgspec.json.Decoder(_Line)


@click.command()
@click.argument("file", default="-", type=click.Path(path_type=Path, allow_dash=True))
@catalogue_option
@json_option
def parse(file: Path, catalogue_file: Path | None, as_json: bool) -> None:
    """Read posts, one per line, and print what each says as one line of JSON.

    FILE holds plain text, or JSON Lines with `id` and `content`; `-` is standard input.

    \b
    Example:
      echo "2 ase + 1 mc for case" | gpo-market parse
    """
    del as_json  # it prints JSON either way
    settings = load_settings()
    catalogue = catalogue_of(settings, catalogue_file)
    parser = Parser(catalogue)
    value = _reference_values(catalogue, reference_of(settings, catalogue_file))
    with _opened(file) as lines:
        for identity, content in _posts(lines):
            write_json(read_post(parser.parse(content), catalogue, identity, value.get))


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
