"""Compiles the reader before it is needed, and says so where that takes long."""

from threading import Timer

from gpo_market.catalogue import Catalogue
from gpo_market.cli.output import say
from gpo_market.language import Parser

PATIENCE = 3.0
"""Seconds of silence; loading what was compiled before takes less."""

NOTICE = "Compiling the reader, once on this machine: about a minute ..."


def warm_reader() -> None:
    """Read a post by an empty list, so that the machine code is there for any list."""
    notice = Timer(PATIENCE, say, [NOTICE])
    notice.daemon = True
    notice.start()
    try:
        Parser(Catalogue("", (), (), (), "")).parse("")
    finally:
        notice.cancel()
