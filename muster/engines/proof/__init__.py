"""The Merkle log of RFC 9162: roots that grow with the log, proofs of inclusion and consistency, their checks."""

from muster.engines.proof.frontier import Frontier
from muster.engines.proof.hashing import EMPTY_ROOT, leaf_hash, node_hash
from muster.engines.proof.paths import consistency_proof, inclusion_proof, nodes_of, subtree_root
from muster.engines.proof.verify import consistency_holds, inclusion_holds

__all__ = [
    "EMPTY_ROOT",
    "Frontier",
    "consistency_holds",
    "consistency_proof",
    "inclusion_holds",
    "inclusion_proof",
    "leaf_hash",
    "node_hash",
    "nodes_of",
    "subtree_root",
]
