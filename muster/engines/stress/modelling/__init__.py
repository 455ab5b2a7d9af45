"""A plan, a bureau and a scenario as arrays for the kernel: worked out once for each variant."""

from muster.engines.stress.modelling.whole import Compiled, compiled

__all__ = ["Compiled", "compiled"]
