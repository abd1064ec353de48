"""``python -m gpo_market`` is the command ``gpo-market``."""

from gpo_market.cli.main import main

if __name__ == "__main__":
    main()
