"""琉璃美妆, a store that does not exist and behaves as if it did: generated, kept in PostgreSQL, labelled demo."""
