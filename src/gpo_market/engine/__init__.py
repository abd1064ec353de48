"""The runtime: feed to journal to market to hub, and what wakes what."""
