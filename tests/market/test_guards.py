"""Guards on items."""

from gpo_market.market.guards import Guards


def guarded(guards: Guards, items: int) -> list[int]:
    """List the items that are guarded."""
    return [item for item in range(items) if item in guards]


def test_a_guard_holds_until_it_is_lifted() -> None:
    """An item is guarded from the switch on to the next one; the switch names the item it stirs."""
    guards = Guards()
    guards.adopt((0, 1, 2))
    assert guards.switch(1, guarded=True, reason="pushed") == [1]
    assert guarded(guards, 3) == [1]
    assert guards.switch(1, guarded=False, reason="") == [1]
    assert (guarded(guards, 3), len(guards)) == ([], 0)


def test_a_guard_on_a_merged_item_guards_its_survivor() -> None:
    """A merge carries a guard over, undoing it gives it back, and lifting the survivor's lifts it too."""
    guards = Guards()
    guards.adopt((0, 1, 2))
    guards.switch(1, guarded=True, reason="pushed")
    guards.adopt((0, 2, 2))
    assert guarded(guards, 3) == [2]
    guards.adopt((0, 1, 2))
    assert guarded(guards, 3) == [1]
    guards.adopt((0, 2, 2))
    assert guards.switch(2, guarded=False, reason="") == [2]
    guards.adopt((0, 1, 2))
    assert guarded(guards, 3) == []


def test_an_item_beyond_the_list_cannot_be_guarded() -> None:
    """A number that the list does not have changes nothing."""
    guards = Guards()
    guards.adopt((0, 1))
    assert guards.switch(2, guarded=True, reason="") == []
    assert guards.switch(-1, guarded=True, reason="") == []
    assert len(guards) == 0


def test_guards_survive_a_dump() -> None:
    """Loaded guards are those dumped, over the list they then had."""
    guards = Guards()
    guards.adopt((0, 2, 2))
    guards.switch(1, guarded=True, reason="pushed")
    loaded = Guards.load(guards.dump(), (0, 2, 2))
    assert guarded(loaded, 3) == [2]
    assert loaded.dump() == guards.dump()
