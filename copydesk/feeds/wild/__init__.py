"""What files and feeds hold as they really are: packed, escaped twice, half characters in them."""
