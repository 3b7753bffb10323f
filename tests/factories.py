"""Small makers of the things that tests need."""

from sqlalchemy.engine import make_url


def with_database(url: str, name: str) -> str:
    """`url` pointing at another database of the same server."""
    return make_url(url).set(database=name).render_as_string(hide_password=False)
