"""The journal: a durable, ordered, exactly-once log of facts, and the stores kept beside it."""
