"""The epidemic engine: counts in, indicators out. Arrays and dataclasses only; what is not known stays not known."""

from muster.engines.epidemic.errors import CountsInvalid, EpidemicInputInvalid, SerialIntervalInvalid
from muster.engines.epidemic.incidence import Growth, Undefined, growth, incidence_per_100_000, rolling_sum
from muster.engines.epidemic.jumps import Jump, jumps
from muster.engines.epidemic.reproduction import GammaPrior, ReproductionNumber, infectiousness, reproduction_number
from muster.engines.epidemic.risk import RULES, AreaCases, Risk, Rule, area_risk, rule_on
from muster.engines.epidemic.serial_interval import serial_interval
from muster.engines.epidemic.thresholds import crosses, held_for

__all__ = [
    "RULES",
    "AreaCases",
    "CountsInvalid",
    "EpidemicInputInvalid",
    "GammaPrior",
    "Growth",
    "Jump",
    "ReproductionNumber",
    "Risk",
    "Rule",
    "SerialIntervalInvalid",
    "Undefined",
    "area_risk",
    "crosses",
    "growth",
    "held_for",
    "incidence_per_100_000",
    "infectiousness",
    "jumps",
    "reproduction_number",
    "rolling_sum",
    "rule_on",
    "serial_interval",
]
