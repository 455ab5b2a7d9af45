"""November 2019: version 3.0 is put to the test. Asked for here, done by the worker within its first minutes."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Final

from muster.engines.stress.scenario import Scenario, Seir
from muster.engines.stress.variant import MorePeople, MoreStock, OtherWorkMode, Variant
from muster.kernel.access.roles import PLANS_OFFICER
from muster.preparedness.plans.queries import version
from muster.preparedness.plans.services import stress_request
from muster.sample.curve import PLAN
from muster.sample.plan_life import holder

TESTED: Final = "3.0"
ASKED: Final = datetime(2019, 11, 29, 6, tzinfo=UTC)
DATA: Final = date(2019, 11, 28)
INHABITANTS: Final = 9_000_000
NAME: Final = "冬季呼吸道疫情 / a respiratory epidemic in winter"
REPLICATIONS: Final = 200
SCENARIO: Final = Scenario(
    first_day=date(2019, 12, 20),
    days=60,
    cases=Seir(INHABITANTS, r0=2.6, first_infectious=5.0, control_day=25, control=0.25, spread=0.1),
    name=NAME,
)
VARIANTS: Final = (
    Variant("检查站交叉培训20人 / 20 cross-trained for checkpoints", (MorePeople("checkpoint", 20, cross_train=True),)),
    Variant("封闭班组 / closed teams", (OtherWorkMode("closed"),)),
    Variant("KN95增加14天 / 14 more days of KN95", (MoreStock("kn95", 14.0),)),
)


def stress_test_play() -> None:
    """The chief of plans asks for it on the day of the release."""
    tested = version(PLAN, TESTED)
    assert tested is not None, "the plan is released before it is tested"
    stress_request(
        by=holder("plans_chief", 0, PLANS_OFFICER, ASKED),
        version=tested,
        scenario=SCENARIO.to_plain(),
        variants=[one.to_plain() for one in VARIANTS],
        data_date=DATA,
        replications=REPLICATIONS,
        seed=20191129,
        title=NAME,
    )
