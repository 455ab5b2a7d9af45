"""The Merkle log against the RFC's own recursion, published vectors, and people who forge."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muster.engines.proof import (
    Frontier,
    consistency_holds,
    consistency_proof,
    inclusion_holds,
    inclusion_proof,
    leaf_hash,
    nodes_of,
    subtree_root,
)
from tests.engines.proof import naive

# The reference entries and roots of the Certificate Transparency projects (certificate-transparency, merkle).
ENTRIES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
logs = st.lists(st.binary(max_size=8), min_size=1, max_size=70)


def leaves_of(entries: list[bytes]) -> list[bytes]:
    return [leaf_hash(entry) for entry in entries]


def root_of(entries: list[bytes]) -> bytes:
    frontier = Frontier()
    frontier.extend(leaves_of(entries))
    return frontier.root()


def test_roots_are_those_of_certificate_transparency() -> None:
    entries = [bytes.fromhex(entry) for entry in ENTRIES]
    assert [root_of(entries[: n + 1]).hex() for n in range(8)] == ROOTS


def test_an_empty_log_has_the_hash_of_nothing() -> None:
    assert Frontier().root() == naive.root([])
    assert subtree_root(0, 0, nodes_of([])) == naive.root([])


def test_paths_of_the_seven_leaves_in_the_rfc() -> None:
    """RFC 9162, 2.1.5: with a..g the leaves, h = (a b), i = (c d), j = (e f), k = (h i), l = (j g)."""
    _, b, c, d, _, f, g = leaves = leaves_of([bytes([n]) for n in range(7)])
    nodes = nodes_of(leaves)
    h, i, j, k = nodes(1, 0), nodes(1, 1), nodes(1, 2), nodes(2, 0)
    lower = subtree_root(4, 7, nodes)
    assert inclusion_proof(0, 7, nodes) == [b, i, lower]
    assert inclusion_proof(3, 7, nodes) == [c, h, lower]
    assert inclusion_proof(4, 7, nodes) == [f, g, k]
    assert inclusion_proof(6, 7, nodes) == [j, k]
    assert consistency_proof(3, 7, nodes) == [c, d, h, lower]
    assert consistency_proof(4, 7, nodes) == [lower]
    assert consistency_proof(6, 7, nodes) == [j, g, k]


@given(logs, st.data())
def test_the_engine_says_what_the_rfc_says(entries: list[bytes], data: st.DataObject) -> None:
    size = data.draw(st.integers(1, len(entries)))
    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))
    nodes, part = nodes_of(leaves_of(entries)), entries[:size]
    assert root_of(part) == subtree_root(0, size, nodes) == naive.root(part)
    assert inclusion_proof(index, size, nodes) == naive.path(index, part)
    assert consistency_proof(old, size, nodes) == naive.proof(old, part)


@given(logs, st.lists(st.integers(1, 20), max_size=6))
def test_a_log_grown_in_parts_has_the_root_of_the_whole(entries: list[bytes], parts: list[int]) -> None:
    frontier, taken = Frontier(), 0
    for part in [*parts, len(entries)]:
        frontier.extend(leaves_of(entries[taken : taken + part]))
        taken = min(taken + part, len(entries))
        frontier = Frontier(frontier.size, frontier.peaks)  # as it is read back from a database
    assert (frontier.size, frontier.root()) == (len(entries), naive.root(entries))


@given(logs)
def test_every_complete_subtree_is_handed_out_once(entries: list[bytes]) -> None:
    leaves = leaves_of(entries)
    completed = Frontier().extend(leaves, keep_from=1)
    nodes = nodes_of(leaves)
    expected = {(level, i) for level in range(1, 8) for i in range(len(leaves) >> level)}
    assert {(level, index) for level, index, _ in completed} == expected
    assert len(completed) == len(expected)
    assert all(nodes(level, index) == node for level, index, node in completed)


@given(logs, st.data())
def test_honest_proofs_hold(entries: list[bytes], data: st.DataObject) -> None:
    size, nodes = len(entries), nodes_of(leaves_of(entries))
    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))
    root = root_of(entries)
    assert inclusion_holds(leaf_hash(entries[index]), index, size, inclusion_proof(index, size, nodes), root)
    proof = consistency_proof(old, size, nodes)
    assert consistency_holds(old, size, proof, root_of(entries[:old]), root)


@given(st.lists(st.binary(max_size=8), min_size=1, max_size=40, unique=True), st.data())
def test_no_entry_can_be_proved_at_another_place_or_in_another_tree(entries: list[bytes], data: st.DataObject) -> None:
    size, nodes, root = len(entries), nodes_of(leaves_of(entries)), root_of(entries)
    index, other = data.draw(st.integers(0, size - 1)), data.draw(st.integers(-2, size + 2))
    proof = inclusion_proof(index, size, nodes)
    leaf = leaf_hash(entries[index])
    assert inclusion_holds(leaf, other, size, proof, root) == (other == index)
    assert not inclusion_holds(leaf_hash(b"another entry"), index, size, proof, root)
    assert not inclusion_holds(leaf, index, size, proof, leaf_hash(b"another root"))


def forged(proof: list[bytes], chance: random.Random) -> list[bytes]:
    """The proof with one bit, one step or the order changed."""
    changed = list(proof)
    match chance.randrange(4) if changed else 3:
        case 0:
            at, bit = chance.randrange(len(changed)), chance.randrange(256)
            changed[at] = (int.from_bytes(changed[at], "big") ^ (1 << bit)).to_bytes(32, "big")
        case 1:
            del changed[chance.randrange(len(changed))]
        case 2:
            i, j = chance.randrange(len(changed)), chance.randrange(len(changed))
            changed[i], changed[j] = changed[j], changed[i]
        case _:
            changed.insert(chance.randrange(len(changed) + 1), chance.randbytes(32))
    return changed


def test_forged_proofs_are_refused(fault_runs: int) -> None:
    chance, accepted, tried = random.Random(7), 0, 0
    leaves = leaves_of([bytes([n % 256, n // 256]) for n in range(300)])
    nodes = nodes_of(leaves)
    roots = [subtree_root(0, n, nodes) for n in range(301)]
    runs = max(2_000, fault_runs * 10)
    while tried < runs:
        size = chance.randrange(2, 301)
        index, old = chance.randrange(size), chance.randrange(1, size + 1)
        honest = inclusion_proof(index, size, nodes)
        if (lie := forged(honest, chance)) != honest:
            accepted += inclusion_holds(leaves[index], index, size, lie, roots[size])
            tried += 1
        honest = consistency_proof(old, size, nodes)
        if (lie := forged(honest, chance)) != honest:
            accepted += consistency_holds(old, size, lie, roots[old], roots[size])
            tried += 1
    print(f"forged proofs: {tried}, seed 7, accepted {accepted}, bound {3 / tried:.1e}")
    assert accepted == 0


@settings(max_examples=200)
@given(st.integers(-3, 40), st.integers(-3, 40), st.lists(st.binary(min_size=32, max_size=32), max_size=7))
def test_nonsense_is_refused_without_a_crash(old: int, new: int, proof: list[bytes]) -> None:
    root = naive.root([b"x"])
    assert not consistency_holds(old, new, proof, root, naive.root([b"y"]))
    assert not inclusion_holds(leaf_hash(b"z"), old, new, proof, root)


@pytest.mark.parametrize(("size", "peaks"), [(-1, []), (3, [b"a"]), (0, [b"a"])])
def test_a_frontier_that_does_not_fit_its_size_is_refused(size: int, peaks: list[bytes]) -> None:
    with pytest.raises(ValueError, match="peaks"):
        Frontier(size, peaks)


@pytest.mark.parametrize(("old", "new"), [(0, 3), (4, 3), (-1, 3)])
def test_impossible_proofs_are_not_made(old: int, new: int) -> None:
    nodes = nodes_of(leaves_of([b"a", b"b", b"c"]))
    with pytest.raises(ValueError, match="cannot be the beginning"):
        consistency_proof(old, new, nodes)
    with pytest.raises(ValueError, match="no leaf"):
        inclusion_proof(3 if old == 0 else old - 5, new, nodes)
