"""The journal's benchmark appends what it says it appends."""

from pathlib import Path

import pytest

from benchmarks import journal
from gpo_market.journal.folder import DataFolder
from gpo_market.journal.sqlite_journal import SqliteJournal


def test_its_posts_are_all_new_and_in_order_of_time() -> None:
    """Snowflakes that rise, and a reply names the post before it."""
    made = [submission.post for submission in journal.posts(0, 100)]
    ids = [int(post.id) for post in made]
    assert ids == sorted(set(ids))
    assert [(post.reference, made[at - 1].id) for at, post in enumerate(made) if post.reference and at] == [
        (made[at - 1].id, made[at - 1].id) for at in range(20, 100, 20)
    ]


@pytest.mark.parametrize("preload", [0, 2_000])
def test_a_run_appends_every_post_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, preload: int) -> None:
    """Each row is measured, and the journal it leaves holds every text."""
    monkeypatch.setattr(journal, "SINGLE", 20)
    monkeypatch.setattr(journal, "BATCHED", 300)
    rows = list(journal.measure(tmp_path, preload))
    assert [row.what.split(",")[0].split(" on ")[0] for row in rows] == [
        "disk: one page and fdatasync",
        "one post per commit",
        "100 posts per commit",
        "100 posts per commit",
        "read with checksum and typed decode",
        "texts read and decrypted",
    ]
    with DataFolder.open_reading(tmp_path / "market") as folder, SqliteJournal(folder) as opened:
        assert opened.head == 1 + preload + 320
        assert len(list(opened.texts())) == preload + 320
        assert opened.unknown_words(1)[0].word == "zorb"
