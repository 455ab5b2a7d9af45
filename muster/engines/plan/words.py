"""The closed vocabularies of the plan language: levels, kinds of place and work, items, qualifications, indicators."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

NO_LEVEL: Final = 0
LEVELS: Final = (1, 2, 3, 4)  # 1 is the highest
ROMAN: Final = {"I": 1, "II": 2, "III": 3, "IV": 4}
LEVEL_NAMES: Final = {number: roman for roman, number in ROMAN.items()}

SITE_KINDS: Final = (
    "checkpoint", "closed_community", "quarantine_site", "hospital", "fever_clinic", "sampling_point",
    "detention_centre", "supply_corridor", "window_service", "port_of_entry", "temporary_hospital", "lodging",
)  # fmt: skip

# What arises one by one while an operation runs, and the scale that its clauses have.
ARISING: Final[Mapping[str, str]] = {
    "transfer": "request",
    "isolation_request": "request",
    "pass": "request",
    "objection": "request",
    "confirmed_case": "case",
    "crime": "case",
    "conflict": "case",
    "rumour": "case",
    "exposure": "case",
    "verification_list": "batch",
    "inbound_group": "batch",
}
SCALES: Final = ("once", "site", "request", "case", "batch")

ACTION_KINDS: Final = (
    "command", "report", "notify", "decide", "liaise", "guard", "control_traffic", "close_off", "escort", "patrol",
    "verify", "trace", "investigate", "inform", "serve", "protect", "train", "supply", "disinfect", "inspect",
    "review", "release", "destroy_data", "return_goods", "care",
)  # fmt: skip

QUALIFICATIONS: Final = (
    "patrol", "checkpoint", "community", "guard", "escort", "verification", "tracing", "call_taker", "command_duty",
    "custody", "driver", "language", "cyber", "investigation", "data_analysis", "legal", "protection_instructor",
    "medical", "negotiator", "traffic",
)  # fmt: skip
ITEMS: Final = (
    "surgical_mask", "kn95", "gloves_pair", "coverall", "goggles", "boot_cover_pair", "disinfectant_ml", "rapid_test",
    "meal", "bed",
)  # fmt: skip
PARTNERS: Final = (
    "health_commission", "disease_control", "transport", "market_regulation", "education", "commerce", "subdistricts",
    "property_companies", "volunteers", "customs", "emergency_management", "media",
)  # fmt: skip
DATA_CLASSES: Final = ("none", "internal", "personal", "sensitive")

# Indicators that a condition may name, with the type that CEL sees.
INDICATORS: Final[Mapping[str, type[int] | type[float] | type[bool]]] = {
    "new_cases": int,
    "local_cases_7d": int,
    "local_cases_14d": int,
    "imported_cases_7d": int,
    "incidence_7d": float,
    "incidence_14d": float,
    "doubling_days": float,
    "rt_mean": float,
    "rt_q025": float,
    "rt_q975": float,
    "rt_p_above_1": float,
    "province_level": int,
    "province_cases_7d": int,
    "external_alert": bool,
    "clusters_open": int,
    "officer_absence_pct": float,
    "officer_exposed_pct": float,
}
