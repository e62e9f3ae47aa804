"""Makes the gazetteer, from GeoNames and Unicode CLDR."""
