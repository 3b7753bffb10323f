"""Any shop with a REST interface, described by a mapping file."""
