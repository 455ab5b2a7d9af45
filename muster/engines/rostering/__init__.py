"""The people of a day on its posts: nobody is counted twice."""

from muster.engines.rostering.day import Assignment, Demand, Pool, assign

__all__ = ["Assignment", "Demand", "Pool", "assign"]
