"""The plan studio: a draft is written in the browser, clause by clause or as text, and checked at every stroke."""
