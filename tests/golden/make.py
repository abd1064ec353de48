"""Make the golden journals: each fact as the version that brought it in wrote it, and a made-up secret.

Each folder is written once, never again over files that exist: what was written must load for ever.
"""

import shutil
import sys
import tempfile
from pathlib import Path

from gpo_market.events.facts import (
    CatalogueChanged,
    ClockTicked,
    Fact,
    Item,
    ItemGuarded,
    MarketOpened,
    MoneyItem,
    ReferenceLoaded,
    ReferenceRemoved,
    encode_facts,
)
from gpo_market.events.log import Submission
from gpo_market.events.posts import DeletionSubmission, PostSubmission, RawDeletion, RawPost
from gpo_market.events.readings import AmbiguousLeg, Kind, Leg, PostReading, QuoteReading
from gpo_market.journal.backup import back_up
from gpo_market.journal.folder import DataFolder
from gpo_market.journal.sqlite_journal import SqliteJournal

HERE = Path(__file__).parent
SECRET = bytes(range(32))
START = 1_700_000_000_000_000
SNOWFLAKE = "11740123456789012"


def first_facts() -> list[list[Submission]]:
    """Give what goes into the first journal, one list for each frame."""
    items = (
        Item("mythical-chest", "Mythical Chest", "money", "", ("mc",), ("MC",)),
        Item("all-seeing-eye", "All Seeing Eye", "accessory", "mythical", ("ase",)),
        Item("old-hat", "Old Hat", retired=True),
    )
    quote = QuoteReading(
        (Leg(1, 2.0),),
        (Leg(0, 7.5),),
        want_adds=True,
        ambiguous=(AmbiguousLeg("fb", (1, 2), 1.0, gives=False),),
    )
    opened = MarketOpened(0, START, START, simulated=False)
    catalogue = CatalogueChanged(0, START, START, "gpo", "c0ffee", items, (MoneyItem(0, 1.0, 1.0),), (0,))
    reference = ReferenceLoaded(0, START, START, "a list", START, ((0, 1.0), (1, 3.5)))
    return [
        [opened, catalogue, reference],
        [post("1001", "2 ASE for 7.5 mc + adds", quote), post("1002", "hello", reference="1001")],
        [post("1001", "2 ase for 8 mc", quote, edited_timestamp=START + 9)],
        [DeletionSubmission(RawDeletion("1002", "7", START + 10)), ClockTicked(0, START + 11, START + 12)],
        [ReferenceRemoved(0, START + 13, START + 13)],
    ]


def guards() -> list[list[Submission]]:
    """Give what goes into the second journal: guards on items."""
    items = (Item("mythical-chest", "Mythical Chest"), Item("all-seeing-eye", "All Seeing Eye"))
    opened = MarketOpened(0, START, START, simulated=False)
    catalogue = CatalogueChanged(0, START, START, "gpo", "c0ffee", items, (MoneyItem(0, 1.0, 1.0),), (0,))
    return [
        [opened, catalogue],
        [ItemGuarded(0, START + 1, START + 2, 1, guarded=True, reason="new accounts ask 40 % more")],
        [ItemGuarded(0, START + 3, START + 4, 1, guarded=False)],
    ]


def sealed_texts() -> list[list[Submission]]:
    """Give what goes into the third journal: texts, words, edits and keys as format 3 holds them."""
    opened = MarketOpened(0, START, START, simulated=False)
    return [
        [opened],
        [post(f"{SNOWFLAKE}1", "a zorb for mc", unknown=("zorb",)), post(f"{SNOWFLAKE}2", "hello")],
        [post(f"{SNOWFLAKE}1", "a blorp for mc", edited_timestamp=START + 9, unknown=("blorp",))],
        [post(f"{SNOWFLAKE}1", "A BLORP for mc", edited_timestamp=START + 10), post("no snowflake", "π")],
        [DeletionSubmission(RawDeletion(f"{SNOWFLAKE}2", "7", START + 11))],
    ]


def recent_commits() -> list[list[Submission]]:
    """Give what goes into the fourth journal: small commits that were not moved to their tables."""
    return [*sealed_texts(), [post(f"{SNOWFLAKE}3", "a yak for mc", unknown=("yak",))], *more_recent()]


def more_recent() -> list[list[Submission]]:
    """Give an edit, and a post of another author in another channel."""
    return [
        [post(f"{SNOWFLAKE}1", "a zorb again", edited_timestamp=START + 12, unknown=("zorb",))],
        [post(f"{SNOWFLAKE}4", "hi", stranger=True), ClockTicked(0, START + 14, START + 14)],
    ]


FOLDERS = {"1": first_facts, "2": guards, "3": sealed_texts, "4": recent_commits}


def post(
    message: str,
    text: str,
    *quotes: QuoteReading,
    reference: str = "",
    edited_timestamp: int = 0,
    unknown: tuple[str, ...] = (),
    stranger: bool = False,
) -> Submission:
    """Make a post."""
    place = ("8", "43", START + 1) if stranger else ("7", "42", START + 1)
    raw = RawPost(message, *place, text, edited_timestamp, reference, "9", author_created=START // 2)
    kind = Kind.OFFER if quotes else Kind.CHATTER
    return PostSubmission(raw, PostReading(kind, quotes, unknown), 2, 1, text.lower())


def make(into: Path, submissions: list[list[Submission]]) -> list[Fact]:
    """Write journal and secret into a folder; give the facts."""
    with tempfile.TemporaryDirectory() as place:
        Path(place, "secret.key").write_bytes(SECRET)
        with DataFolder.open(place, simulated=False) as folder, SqliteJournal(folder, grow=False) as journal:
            for number, frame in enumerate(submissions):
                journal.append(frame, START + 100 + number)
            facts = [fact for _, fact in journal.read()]
            # A copy of one that is open, so that what is recent stays so.
            back_up(Path(place), into / "journal.sqlite")
        shutil.copyfile(Path(place, "secret.key"), into / "secret.key")
    return facts


def main() -> None:
    """Write the golden folders that do not exist."""
    missing = [HERE / name for name in FOLDERS if not (HERE / name).exists()]
    if not missing:
        sys.exit("all golden folders exist and must stay as they are")
    for folder in missing:
        folder.mkdir()
        facts = make(folder, FOLDERS[folder.name]())
        lines = {type(fact).__name__: encode_facts([fact]).hex() for fact in facts}
        (folder / "facts.txt").write_text("".join(f"{name} {octets}\n" for name, octets in lines.items()))


if __name__ == "__main__":
    main()
