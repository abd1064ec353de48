"""Updates: what every outlet sends on."""

import json

import pytest
from jsonschema import Draft202012Validator

from gpo_market.events.updates import (
    UPDATE_TYPES,
    CatalogueAdopted,
    ItemGuardSwitched,
    MarketStarted,
    QuoteClosed,
    QuotedLine,
    QuoteOpened,
    ReferenceChanged,
    UnitMoved,
    Update,
    ValueMoved,
    decode_update,
    encode_update,
    update_schema,
)

NOW = "2026-11-01T00:00:00Z"
ONE_OF_EACH: list[Update] = [
    MarketStarted(time=NOW, simulated=True),
    CatalogueAdopted(time=NOW, simulated=True, version=2, game="game", items=3),
    ReferenceChanged(time=NOW, simulated=False, source="somewhere", as_of=NOW, items=2),
    QuoteOpened(
        time=NOW,
        simulated=True,
        id="3.0",
        kind="offer",
        give=(QuotedLine("a-b", 2.0, 1.5),),
        want=(QuotedLine("c", 1.0, None),),
        give_adds=False,
        want_adds=True,
        give_open=False,
        want_open=False,
        complete=True,
        fairness="uncertain",
        edge=None,
        weight=0.0,
    ),
    QuoteClosed(time=NOW, simulated=True, id="3.0", reason="expired"),
    ValueMoved(
        time=NOW,
        simulated=True,
        item="a-b",
        value=None,
        low=None,
        high=None,
        basis="none",
        confidence="unknown",
        quotes=0,
    ),
    UnitMoved(time=NOW, simulated=True, index=1.02, day=0.001, week=-0.01, month=None, year=None),
    ItemGuardSwitched(time=NOW, simulated=False, item="a-b", guarded=True, reason="pushed"),
]


def test_every_update_survives_encoding() -> None:
    """What was encoded decodes to an equal update."""
    assert [decode_update(encode_update(update)) for update in ONE_OF_EACH] == ONE_OF_EACH


@pytest.mark.parametrize("update", ONE_OF_EACH, ids=lambda update: type(update).__name__)
def test_every_update_fits_its_published_schema(update: Update) -> None:
    """The schema that is published under an update's type accepts it."""
    sent = json.loads(encode_update(update))
    Draft202012Validator(update_schema()[sent["type"]]).validate(sent)


def test_a_schema_is_published_for_every_type() -> None:
    """No update type is missing from the schemas or from this test."""
    assert len(update_schema()) == len(UPDATE_TYPES) == len(ONE_OF_EACH)


def test_no_update_has_a_field_that_could_name_a_person_or_hold_text() -> None:
    """Updates are public: their fields are a closed list."""
    fields = {field for kind in UPDATE_TYPES for field in kind.__struct_fields__}
    assert not fields & {"author", "author_id", "poster", "content", "text", "message_id", "channel", "link"}
