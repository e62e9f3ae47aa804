"""People, organisations and places in a text: a conditional random field, and rules about what it finds."""
