"""The right edge of the tree: all that is needed to go on growing it."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from muster.engines.proof.hashing import EMPTY_ROOT, NODE, node_hash

Completed = tuple[int, int, bytes]  # level (0 is a leaf), index within the level, hash


class Frontier:
    """A tree of `size` leaves, known by its complete subtrees, the largest first: one for each bit of `size`.

    Appending m leaves to n costs O(m + log n) hashes, whatever n is.

    Parameters
    ----------
    size : leaves so far.
    peaks : one hash of 32 bytes for each bit that is set in `size`, from the highest bit down.

    Raises
    ------
    ValueError : if the number of peaks does not fit the size.
    """

    __slots__ = ("peaks", "size")

    def __init__(self, size: int = 0, peaks: Iterable[bytes] = ()) -> None:
        self.size = size
        self.peaks = list(peaks)
        if size < 0 or len(self.peaks) != size.bit_count():
            raise ValueError(f"{len(self.peaks)} peaks do not make a tree of {size} leaves")

    def extend(self, leaves: Iterable[bytes], keep_from: int = 64) -> list[Completed]:
        """Append leaf hashes in order; returns the subtrees of level `keep_from` and above that became complete."""
        completed: list[Completed] = []
        peaks, size = self.peaks, self.size
        for leaf in leaves:
            node, index, level = leaf, size, 0
            while index & 1:
                node = sha256(NODE + peaks.pop() + node).digest()
                index >>= 1
                level += 1
                if level >= keep_from:
                    completed.append((level, index, node))
            peaks.append(node)
            size += 1
        self.size = size
        return completed

    def root(self) -> bytes:
        """Merkle tree hash of all leaves so far. Source: RFC 9162, 2.1.1."""
        if not self.peaks:
            return EMPTY_ROOT
        root = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            root = node_hash(peak, root)
        return root
