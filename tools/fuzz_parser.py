"""Drives the parser with texts that its own branches suggest, and compares it with its oracle on each.

``fuzz SECONDS FOLDER`` runs libFuzzer (through atheris) over the reader's plain Python, the compiler being
off, so that every branch of the kernels is seen; ``FOLDER`` keeps the corpus from run to run.
``check FOLDER`` reads that corpus again with the compiled reader. A text that fails is kept in ``FOLDER``.
"""

import importlib.util
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
LONGEST_TEXT = 300
FAILED = 1
WRONG_USAGE = 2
NO_WHEEL = "fuzz skipped: atheris is not installed (it has wheels for CPython 3.11 to 3.13 on Linux x86-64)"


def main(arguments: list[str]) -> int:
    """Run one of the two commands."""
    match arguments:
        case ["fuzz", seconds, folder] if seconds.isdecimal():
            return fuzz(int(seconds), Path(folder))
        case ["check", folder] if (Path(folder) / "corpus").is_dir():
            return check(Path(folder))
    print("usage: fuzz_parser.py fuzz SECONDS FOLDER | check FOLDER (with a corpus)", file=sys.stderr)
    return WRONG_USAGE


def fuzz(seconds: int, folder: Path) -> int:
    """Fuzz for so long; libFuzzer ends the process itself, with a code other than 0 when a text failed."""
    if importlib.util.find_spec("atheris") is None:
        print(NO_WHEEL, file=sys.stderr)
        return 0
    os.environ["NUMBA_DISABLE_JIT"] = "1"
    import atheris  # noqa: PLC0415 - it has no wheel everywhere

    with atheris.instrument_imports(include=["gpo_market.language", "tests.reference"]):
        import tests.readers  # noqa: F401, PLC0415 - instrumented by the import

    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    write_seeds(corpus)
    words = folder / "words.dict"
    words.write_text("".join(f'"{word}"\n' for word in dictionary()), encoding="utf-8")
    options = [f"-max_total_time={seconds}", f"-max_len={LONGEST_TEXT}", f"-dict={words}", "-timeout=60"]
    checks = Checks()
    atheris.Setup(
        [sys.argv[0], str(corpus), f"-artifact_prefix={folder}/failed-", "-print_final_stats=1", *options],
        lambda raw: checks.check(text_of(raw)),
    )
    atheris.Fuzz()
    return 0


def check(folder: Path) -> int:
    """Read every text of the corpus with the compiled reader; 1 when one fails."""
    checks = Checks()
    files = sorted(path for path in (folder / "corpus").iterdir() if path.is_file())
    failed = 0
    for file in files:
        try:
            checks.check_in_columns(text_of(file.read_bytes()))
        except Exception as error:  # noqa: BLE001 - whatever it raises is the finding
            failed += 1
            print(f"{file}: {type(error).__name__}: {error}", file=sys.stderr)
    print(f"{len(files):,} texts, {failed} failed")
    return FAILED if failed else 0


class Checks:
    """What is asked of every text; raises AssertionError, or whatever a reader raises."""

    def __init__(self) -> None:
        from gpo_market.catalogue import packaged_catalogue  # noqa: PLC0415 - after the compiler's switch
        from tests import soundness  # noqa: PLC0415 - as above
        from tests.agreement import Comparison  # noqa: PLC0415 - as above

        catalogue = packaged_catalogue()
        self._items = len(catalogue)
        self._comparison = Comparison(catalogue)
        self._soundness = soundness

    def check(self, text: str) -> None:
        """Check that a text is read soundly, in bounds, and as the oracle reads it."""
        reading = self._comparison.compiled.parse(text)
        self._soundness.check_places(self._comparison.compiled, text)
        self._soundness.check_reading(reading, self._items)
        reference = self._comparison.reference.parse(text)
        assert reading == reference, f"{text!r} reads {reading}, by the oracle {reference}"

    def check_in_columns(self, text: str) -> None:
        """Check the same, and that the columns of a batch say it too."""
        self.check(text)
        columns = self._comparison.compiled.parse_many([text, text])
        self._soundness.check_columns(columns, 2)
        for reading in columns:
            self._soundness.check_reading(reading, self._items)
            assert reading == self._comparison.compiled.parse(text), f"{text!r} reads {reading} in columns"


def text_of(raw: bytes) -> str:
    """Read bytes as a text of any characters: what is no UTF-8 becomes lone surrogates."""
    return raw.decode("utf-8", "surrogateescape")


def write_seeds(corpus: Path) -> None:
    """Put the labelled posts and the hazards into a corpus."""
    for name, content in seeds():
        (corpus / name).write_text(content, encoding="utf-8", newline="")


def seeds() -> Iterator[tuple[str, str]]:
    """Yield the posts to begin with, each with its id."""
    for name in ("posts.jsonl", "hazards.jsonl"):
        for line in (ROOT / "tests" / "data" / name).read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            yield f"seed-{row['id']}", row["content"]


def dictionary() -> list[str]:
    """Give the words that a fuzzer would hardly find by itself: those of the seeds."""
    words = {word for _, content in seeds() for word in content.split()}
    return sorted(word for word in words if word.isascii() and word.isprintable() and not {*word} & {*'"\\'})


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "src")]
    sys.exit(main(sys.argv[1:]))
