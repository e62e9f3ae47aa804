"""The headline of a page: chosen among what markup and print offer, and freed from what is not of it."""
