"""One understood piece of a post, as the plain reader hands it on."""

from dataclasses import dataclass, field

from gpo_market.language.roles import Doubt, Role


@dataclass(slots=True)
class Element:
    """One understood piece of a post.

    ``items`` are the readings of an item mention; ``amount`` is its quantity or a number's value, and
    ``counted`` tells that the post states it; ``ranged`` that it is a lower end. ``spare`` is the role
    of a doubtful alias where no item can stand; ``glued`` tells that no space stands before it; ``held``
    that an alias in an item's place may be a word, so that its quote is not complete. ``ratio`` says how
    many of the first side go for how many of the second; ``money`` that its items serve as change.
    ``typed`` is the text as the post writes it.
    """

    role: Role
    text: str
    items: tuple[int, ...] = ()
    amount: float = 1.0
    counted: bool = False
    ranged: bool = False
    doubt: Doubt = Doubt.NONE
    spare: Role = Role.PLAIN
    glued: bool = False
    held: bool = False
    ratio: tuple[float, float] | None = None
    money: bool = field(default=False, compare=False)
    typed: str = field(default="", compare=False)

    @property
    def name(self) -> str:
        """What the post calls it, which is not its text where a typo was corrected."""
        return self.typed or self.text
