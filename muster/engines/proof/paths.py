"""Making proofs. The tree is read through one function, so that a proof of a long log reads few of its nodes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from muster.engines.proof.hashing import EMPTY_ROOT, node_hash

Nodes = Callable[[int, int], bytes]
"""(level, index) to the hash of the complete subtree over leaves index * 2**level up to (index + 1) * 2**level."""


def subtree_root(start: int, end: int, nodes: Nodes) -> bytes:
    """Merkle tree hash of the leaves from `start` up to `end`, where `start` is a multiple of the subtree's width."""
    width = end - start
    if width == 0:
        return EMPTY_ROOT
    level = (width - 1).bit_length()
    if width == 1 << level:
        return nodes(level, start >> level)
    middle = start + _split(width)
    return node_hash(subtree_root(start, middle, nodes), subtree_root(middle, end, nodes))


def inclusion_proof(index: int, size: int, nodes: Nodes) -> list[bytes]:
    """Hashes that lead from leaf `index` (0-based) to the root of the first `size` leaves, the lowest first.

    Raises ValueError when there is no such leaf. Source: RFC 9162, 2.1.3.1.
    """
    if not 0 <= index < size:
        raise ValueError(f"there is no leaf {index} among {size}")
    path: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(subtree_root(middle, end, nodes))
            end = middle
        else:
            path.append(subtree_root(start, middle, nodes))
            start = middle
    return path[::-1]


def consistency_proof(old: int, new: int, nodes: Nodes) -> list[bytes]:
    """Hashes that show that the first `old` leaves are still the first ones of `new`.

    Raises ValueError unless 0 < old <= new. Source: RFC 9162, 2.1.4.1.
    """
    if not 0 < old <= new:
        raise ValueError(f"{old} leaves cannot be the beginning of {new}")
    path: list[bytes] = []
    start, end, whole = 0, new, True
    while end != old:
        middle = start + _split(end - start)
        if old <= middle:
            path.append(subtree_root(middle, end, nodes))
            end = middle
        else:
            path.append(subtree_root(start, middle, nodes))
            start, whole = middle, False
    if not whole:
        path.append(subtree_root(start, end, nodes))
    return path[::-1]


def nodes_of(leaves: Sequence[bytes]) -> Nodes:
    """The complete subtrees of a list of leaf hashes that is in memory."""

    def nodes(level: int, index: int) -> bytes:
        if level == 0:
            return leaves[index]
        return node_hash(nodes(level - 1, 2 * index), nodes(level - 1, 2 * index + 1))

    return nodes


def _split(width: int) -> int:
    """The largest power of two below `width`."""
    return 1 << ((width - 1).bit_length() - 1)
