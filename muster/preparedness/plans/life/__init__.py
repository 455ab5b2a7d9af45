"""The pages and the API of a version's life: drafts, consultation, approval, filing, publication, review."""
