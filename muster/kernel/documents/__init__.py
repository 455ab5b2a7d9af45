"""Writers of official documents: the same blocks as Word and as PDF, in the layout of GB/T 9704-2012."""
