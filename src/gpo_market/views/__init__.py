"""Pure queries over market state and its history; REST, Discord and the commands all answer from here."""
