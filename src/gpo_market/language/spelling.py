"""How far two words are apart."""


def edit_distance(first: str, second: str, limit: int) -> int:
    """Count insertions, deletions, substitutions and swaps of neighbours between two words.

    Optimal string alignment (Damerau 1964; Wagner and Fischer 1974). Gives ``limit + 1`` as soon as
    the distance is known to be beyond ``limit``.

    >>> edit_distance("kikuko", "kikoku", 2), edit_distance("dargon", "dragon", 1)
    (2, 1)
    >>> edit_distance("a", "abcd", 1)
    2
    """
    if abs(len(first) - len(second)) > limit:
        return limit + 1
    before: list[int] = []
    last = list(range(len(second) + 1))
    for row, letter in enumerate(first, 1):
        current = [row]
        for column, other in enumerate(second, 1):
            cost = min(last[column] + 1, current[-1] + 1, last[column - 1] + (letter != other))
            swapped = row > 1 and column > 1 and letter == second[column - 2] and first[row - 2] == other
            current.append(min(cost, before[column - 2] + 1) if swapped else cost)
        if min(current) > limit:
            return limit + 1
        before, last = last, current
    return min(last[-1], limit + 1)
