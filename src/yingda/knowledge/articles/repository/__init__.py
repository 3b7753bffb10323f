"""All SQL of articles: `articles` themselves, what is `live`, `proposals`, and `figures`."""
