"""JSON Lines of posts: one object per line, with the fields of ``events.post_json``."""

from collections.abc import Iterator
from dataclasses import dataclass

from gpo_market.events.post_json import PostError, PostRecord, record_from_json
from gpo_market.feeds.byte_stream import ByteStream
from gpo_market.feeds.findings import Findings

LONGEST_LINE = 1024 * 1024
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Line:
    """One line without its end; ``ended`` is False for a last line that has none."""

    number: int
    text: bytes
    ended: bool


def read_lines(stream: ByteStream) -> Iterator[Line]:
    """Split a stream into lines; of a longer one only ``LONGEST_LINE`` + 1 bytes are kept."""
    rest = b""
    number = 0
    while block := stream.read():
        *lines, tail = block.split(b"\n")
        for text in lines:
            number += 1
            yield Line(number, (rest + text)[: LONGEST_LINE + 1], ended=True)
            rest = b""
        if len(rest) <= LONGEST_LINE:
            rest += tail
    if rest:
        yield Line(number + 1, rest[: LONGEST_LINE + 1], ended=False)


def read_posts(stream: ByteStream, findings: Findings) -> Iterator[PostRecord]:
    """Read the posts of a JSON Lines stream, dropping and naming the lines that are none.

    A last line without an end that is no post counts as broken off: writing the file was interrupted.
    """
    for line in read_lines(stream):
        text = line.text.removeprefix(BYTE_ORDER_MARK) if line.number == 1 else line.text
        if not (text := text.strip()):
            continue
        record = _read_line(line, text, findings)
        if record is not None:
            findings.posts += 1
            yield record
    if stream.fault:
        findings.break_off(stream.fault)


def _read_line(line: Line, text: bytes, findings: Findings) -> PostRecord | None:
    if len(line.text) > LONGEST_LINE:
        findings.drop(f"line {line.number}", f"longer than {LONGEST_LINE} bytes")
        return None
    try:
        return record_from_json(text)
    except PostError as error:
        findings.drop(f"line {line.number}", str(error))
        if not line.ended:
            findings.break_off(f"line {line.number}: the file ends inside it")
        return None
