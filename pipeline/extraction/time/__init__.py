"""When: time stamps in many ways of writing, their zones, and what says that a page was updated."""
