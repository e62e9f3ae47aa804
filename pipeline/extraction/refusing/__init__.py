"""What is no article: walls, errors, listings, empty shells; and what a paywall leaves of one."""
