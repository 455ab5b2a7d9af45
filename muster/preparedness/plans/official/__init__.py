"""A plan as an official document: Word or PDF, in Chinese, English or both."""
