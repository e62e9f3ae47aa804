"""Scripts that make what ships as data: weights, gazetteer, lists."""
