"""Checking proofs: what a reader needs who holds a root and nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from muster.engines.proof.hashing import node_hash


def inclusion_holds(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether `proof` leads from the leaf's hash at `index` (0-based) to `root` of `size` leaves.

    Source: RFC 9162, 2.1.3.2.
    """
    if not 0 <= index < size:
        return False
    place, last, node = index, size - 1, leaf
    for step in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            node = node_hash(step, node)
            while not place & 1 and place:
                place >>= 1
                last >>= 1
        else:
            node = node_hash(node, step)
        place >>= 1
        last >>= 1
    return last == 0 and node == root


def consistency_holds(old: int, new: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes) -> bool:
    """Whether `proof` shows that the tree of `old` leaves is the beginning of the tree of `new` leaves.

    Source: RFC 9162, 2.1.4.2.
    """
    if not 0 < old <= new:
        return False
    if old == new:
        return not proof and old_root == new_root
    path = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    if not path:
        return False
    return _both_roots(old, new, path) == (old_root, new_root)


def _both_roots(old: int, new: int, path: Sequence[bytes]) -> tuple[bytes, bytes] | None:
    """The roots that the path leads to; None when it is too long or too short."""
    place, last = old - 1, new - 1
    while place & 1:
        place >>= 1
        last >>= 1
    old_node = new_node = path[0]
    for step in path[1:]:
        if last == 0:
            return None
        if place & 1 or place == last:
            old_node, new_node = node_hash(step, old_node), node_hash(step, new_node)
            while not place & 1 and place:
                place >>= 1
                last >>= 1
        else:
            new_node = node_hash(new_node, step)
        place >>= 1
        last >>= 1
    return (old_node, new_node) if last == 0 else None
