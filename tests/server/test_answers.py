"""Tagged answers."""

import pytest

from gpo_market.server.answers import MOST_KEPT, TaggedAnswers
from gpo_market.views.update_id import UpdateId

NOW, LATER = UpdateId(1, 5, 0), UpdateId(1, 6, 0)


def test_an_answer_is_made_once_per_update() -> None:
    """Asked again without news, it is not worked out again."""
    made: list[int] = []

    def make() -> dict[str, int]:
        made.append(1)
        return {"made": len(made)}

    answers = TaggedAnswers()
    bodies = [answers.get(None, at, make, None).body for at in (NOW, NOW, LATER)]
    assert bodies == [b'{"made":1}', b'{"made":1}', b'{"made":2}']


@pytest.mark.parametrize(
    ("asked", "status"),
    [(None, 200), ("{tag}", 304), ("W/{tag}", 304), ('"other", {tag}', 304), ("*", 304), ('"other"', 200)],
)
def test_the_client_gets_304_for_what_it_has(asked: str | None, status: int) -> None:
    """Several tags and weak ones are understood (RFC 9110, section 13.1.2)."""
    answers = TaggedAnswers()
    tag = answers.get(None, NOW, dict, None).headers["etag"]
    if_none_match = None if asked is None else asked.replace("{tag}", tag)
    assert answers.get(None, NOW, dict, if_none_match).status_code == status


def test_few_answers_are_kept() -> None:
    """Asking for every unit does not fill the memory; the oldest goes first."""
    answers = TaggedAnswers()
    made: list[str] = []
    for number in range(MOST_KEPT + 1):
        answers.get(str(number), NOW, lambda: made.append("x"), None)
    answers.get("0", NOW, lambda: made.append("again"), None)
    answers.get(str(MOST_KEPT), NOW, lambda: made.append("never"), None)
    assert (len(answers._kept), made[-1]) == (MOST_KEPT, "again")


def test_a_refused_question_is_not_kept() -> None:
    """An unknown unit leaves nothing behind."""
    answers = TaggedAnswers()

    def refuse() -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        answers.get("gold", NOW, refuse, None)
    assert len(answers._kept) == 0
