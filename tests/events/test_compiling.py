"""Compiled functions and their plain originals."""

from gpo_market.events.compiling import compiled, plain


@compiled
def halve_and_add(first: float, second: float) -> float:
    """Add half of the second number to the first."""
    return first + second / 2.0


def test_compiled_function_gives_the_same_bits_as_its_original() -> None:
    """A compiled function returns exactly what the plain Python does."""
    assert halve_and_add(0.1, 0.7) == plain(halve_and_add)(0.1, 0.7)


def test_plain_gives_the_original() -> None:
    """The original of a compiled function is the Python function that was decorated."""
    assert plain(halve_and_add).__name__ == "halve_and_add"
    assert plain(halve_and_add) is not halve_and_add


def test_plain_of_a_function_never_compiled_is_itself() -> None:
    """A function that was not compiled is its own original."""
    assert plain(len) is len
