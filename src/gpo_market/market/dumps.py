"""Puts components' dumps into one, and takes them out again."""

from collections.abc import Mapping

from gpo_market.events.log import Array, Dump


def join(parts: Mapping[str, Dump]) -> Dump:
    """Make one dump of several, each under its name (without dots)."""
    arrays: dict[str, Array] = {}
    for name, dump in parts.items():
        for key, array in dump.arrays.items():
            arrays[f"{name}.{key}"] = array
    return Dump({name: dump.plain for name, dump in parts.items()}, arrays)


def part(dump: Dump, name: str) -> Dump:
    """Take one component's dump out of a joined one; raises KeyError when it holds none of that name."""
    prefix = f"{name}."
    arrays = {key.removeprefix(prefix): array for key, array in dump.arrays.items() if key.startswith(prefix)}
    return Dump(dump.plain[name], arrays)
