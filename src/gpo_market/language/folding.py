# ruff: noqa: RUF001, RUF002 - this module is about characters that look like others
"""Folds a post's characters: case, accents, fancy letters, quotes, dashes, keycaps and invisible signs."""

import re
import unicodedata
from dataclasses import dataclass

MOST_CACHED_CHARACTERS = 1 << 16

_SMALL_CAPITALS = dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘǫʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnopqrstuvwyz", strict=True))
_SIGNS = {
    **dict.fromkeys("‘’‚‛ʼʹ`´′＇", "'"),
    **dict.fromkeys("“”„‟«»″", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("→➜➝➞➡⇒⟶⟹➔➙➛➤▶⮕⇨🡆👉", " -> "),
    **dict.fromkeys("←⇐⟵⬅👈", " <- "),
    **dict.fromkeys("↔⇄⇆⇔🔄🔁", " -> "),
    **dict.fromkeys("×✕", "x"),
    **dict.fromkeys("•·●▪◦‣∙・", ","),
    **dict.fromkeys("⁄∕÷", "/"),
    **dict.fromkeys("➕", "+"),
    **dict.fromkeys("✔☑✓", "✅"),
    **dict.fromkeys("\r\v\f\x85\u2028\u2029", "\n"),
    "🔟": "10",
    "❓": "?",
    "❗": "!",
    "ı": "i",
    "ł": "l",
    "ø": "o",
    "ғ": "f",
}
_PLAIN_FORMS = {**_SMALL_CAPITALS, **_SIGNS}
_ASCII_SIGNS = str.maketrans({sign: plain for sign, plain in _SIGNS.items() if sign.isascii()})
_NAMED_LETTER = re.compile(
    r"(?:REGIONAL INDICATOR SYMBOL LETTER|NEGATIVE (?:SQUARED|CIRCLED) LATIN CAPITAL LETTER"
    r"|SQUARED LATIN CAPITAL LETTER) ([A-Z])"
)
_DROPPED_CATEGORIES = frozenset({"Mn", "Me", "Mc", "Cf", "Cs", "Co", "Cn"})
_LOOKALIKES = str.maketrans("аеорсухкмтнвіѕјԁ", "aeopcyxkmthbisjd")
_DECORATION = re.compile(r"^(?:[>#\s*_`~\\-]|\|\|)+|[*_`~\\]+|\|\|", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Folded:
    """A post's folded ``text`` beside the ``original`` it came from."""

    original: str
    text: str

    def offsets(self) -> list[int]:
        """Give, for each folded character and the end, the position in the original it stands for.

        >>> fold("A\u200bS\U0001d5d8").offsets()
        [0, 2, 3, 4]
        """
        if self.original.isascii():
            return list(range(len(self.original) + 1))
        positions: list[int] = []
        for position, character in enumerate(self.original):
            positions.extend([position] * len(_FOLDS[ord(character)]))
        return [*positions, len(self.original)]


class _FoldTable(dict[int, str]):
    """Folds by code point, filled as characters are met, up to MOST_CACHED_CHARACTERS of them."""

    def __missing__(self, code: int) -> str:
        folded = fold_character(chr(code))
        if len(self) < MOST_CACHED_CHARACTERS:
            self[code] = folded
        return folded


def fold_character(character: str) -> str:
    """Fold one character: compatibility form without marks and case; "" for what cannot be seen.

    >>> [fold_character(c) for c in "É\u200b７٧ß"]
    ['e', '', '7', '7', 'ss']
    """
    if character in _PLAIN_FORMS:
        return _PLAIN_FORMS[character]
    if character.isascii():
        return character.lower()
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    named = _NAMED_LETTER.fullmatch(unicodedata.name(character, ""))
    if named:
        return named[1].lower()
    bare = _without_marks(unicodedata.normalize("NFKD", character))
    return "".join(_PLAIN_FORMS.get(part, part) for part in _without_marks(bare.casefold()))


def _without_marks(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(part for part in decomposed if unicodedata.category(part) not in _DROPPED_CATEGORIES)


_FOLDS = _FoldTable()


def fold(content: str) -> Folded:
    """Fold a whole post; time and memory are linear in its length.

    >>> fold("𝗔𝗦𝗘 for 7️⃣ A\u200bSE’s").text
    "ase for 7 ase's"
    """
    if content.isascii():
        return Folded(content, content.lower().translate(_ASCII_SIGNS))
    return Folded(content, content.translate(_FOLDS))


def plain_letters(word: str) -> str:
    """Write a folded word's Cyrillic letters as the Latin ones they look like.

    >>> plain_letters("аsе")
    'ase'
    """
    return word.translate(_LOOKALIKES)


def normalise(content: str) -> str:
    r"""Give the text that a content fingerprint is taken over.

    Case, accents, spacing, invisible characters, markdown and decorative symbols make no difference.

    >>> normalise("**1 ASE**  for\n7 MC 🔥") == normalise("1 ase for 7 mc")
    True
    """
    folded = fold(content).text
    written = folded if folded.isascii() else "".join(filter(_is_written, folded))
    return " ".join(_DECORATION.sub(" ", written).split())


def _is_written(character: str) -> bool:
    return character.isascii() or unicodedata.category(character) != "So"
