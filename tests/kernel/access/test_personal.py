"""Names and telephones are read for a registered purpose, by its readers, and never before the log says so."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import DEFAULT_DB_ALIAS, OperationalError, connection, connections, transaction

from muster.kernel.access.guard import PersonalDataRefused, guard, install
from muster.kernel.access.personal import MOST_SUBJECTS, PurposeUnknown, TooManySubjects, audited_read
from muster.kernel.access.purposes import EMERGENCY_RESPONSE, KEEP_ORGANISATION, PURPOSES, TABLES
from muster.kernel.access.roles import ADMINISTRATORS, ALL, AUDITOR, COMMANDER, FIELD_OFFICER, PARTNER_LIAISON
from muster.kernel.access.subjects import known_tokens
from muster.kernel.audit.models import Leaf
from muster.kernel.commands import Actor, NotPermitted
from muster.kernel.organisation.models import Person, PersonDetails
from muster.kernel.organisation.queries.details import details_of
from tests.kernel.organisation import town

TABLE = "organisation_persondetails"


@pytest.fixture
def people(db: None) -> list[int]:
    """Keys of the people of the small town."""
    town.build()
    return list(Person.objects.order_by("code").values_list("pk", flat=True))


@pytest.fixture
def commander() -> Actor:
    return Actor("account:7", frozenset({COMMANDER}), account_id=7)


@contextmanager
def log_down() -> Iterator[None]:
    """Nothing can be written to the audit log."""

    def refuse(execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if "insert into" in sql.lower() and "audit_leaf" in sql.lower():
            raise OperationalError("the disk of the log is full")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        yield


def reads() -> list[dict[str, Any]]:
    """The entries of readings, oldest first."""
    return [json.loads(leaf.content) for leaf in Leaf.objects.filter(kind="read").order_by("pk")]


def test_a_name_is_read_with_an_entry_that_names_the_reader_and_the_purpose(
    people: list[int], commander: Actor
) -> None:
    found = details_of(by=commander, people=people[:2], purpose=EMERGENCY_RESPONSE)
    assert [found[key].name_zh for key in people[:2]] == ["张一", "李二"]
    (entry,) = reads()
    assert (entry["principal"], entry["purpose"]) == ("account:7", EMERGENCY_RESPONSE)
    assert entry["tables"] == [TABLE]


def test_the_entry_knows_its_subjects_by_token_and_nobody_by_name_or_number(
    people: list[int], commander: Actor
) -> None:
    details_of(by=commander, people=people[:2], purpose=EMERGENCY_RESPONSE)
    details_of(by=commander.again(), people=people[1:3], purpose=EMERGENCY_RESPONSE)
    first, second = reads()
    tokens = known_tokens(people)
    assert set(first["subjects"]) == {tokens[key] for key in people[:2]}
    assert set(first["subjects"]) & set(second["subjects"]) == {tokens[people[1]]}
    told = json.dumps([first, second], ensure_ascii=False)
    assert not any(row.name_zh in told or row.code in told for row in town.PEOPLE)


@pytest.mark.parametrize(
    "sql",
    [
        f"SELECT * FROM {TABLE}",
        f"SELECT p.code, d.name_zh FROM organisation_person p JOIN {TABLE} d ON d.person_id = p.id",
        f"SELECT code FROM organisation_person WHERE id IN (SELECT person_id FROM {TABLE} WHERE name_zh = '张一')",
    ],
)
def test_raw_sql_does_not_get_past_the_guard(people: list[int], sql: str) -> None:
    with pytest.raises(PersonalDataRefused), connection.cursor() as cursor:
        cursor.execute(sql)


def test_a_connection_that_was_open_before_the_guard_was_set_is_guarded_too(
    people: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    early = connections[DEFAULT_DB_ALIAS]
    monkeypatch.setattr(early, "execute_wrappers", [one for one in early.execute_wrappers if one is not guard])
    assert len(PersonDetails.objects.all()) == len(people)
    install()
    with pytest.raises(PersonalDataRefused):
        list(PersonDetails.objects.all())


def test_a_connection_that_opens_later_is_guarded_from_its_first_statement(people: list[int]) -> None:
    later = connections[DEFAULT_DB_ALIAS].copy()
    try:
        with later.cursor() as cursor, pytest.raises(PersonalDataRefused):
            cursor.execute("SELECT name_zh FROM organisation_persondetails")
    finally:
        later.close()


def test_the_object_layer_does_not_get_past_the_guard(people: list[int]) -> None:
    for attempt in (
        lambda: list(PersonDetails.objects.all()),
        lambda: list(PersonDetails.objects.values_list("phone")),
        lambda: list(PersonDetails.objects.iterator()),
        lambda: PersonDetails.objects.filter(name_zh="张一").exists(),
        lambda: PersonDetails.objects.count(),
        lambda: PersonDetails.objects.filter(name_zh="张一").update(phone="1"),
        lambda: PersonDetails.objects.filter(phone="").delete(),
        lambda: list(Person.objects.select_related("details")),
        lambda: list(Person.objects.prefetch_related("details")),
        lambda: list(Person.objects.filter(details__name_zh__startswith="张")),
        lambda: list(Person.objects.order_by("details__name_zh")),
        lambda: list(Person.objects.values("details__phone")),
        lambda: Person.objects.get(pk=people[0]).details,
    ):
        with pytest.raises(PersonalDataRefused), transaction.atomic():
            attempt()
    assert reads() == []


def test_nobody_but_the_subjects_of_the_entry_can_be_read(people: list[int], commander: Actor) -> None:
    with audited_read(by=commander, purpose=EMERGENCY_RESPONSE, subjects=people[:1]):
        assert PersonDetails.objects.get(person_id=people[0]).name_zh == "张一"
        for wider in ({"person_id": people[1]}, {"person_id__in": people}, {"name_zh": "张一"}, {}):
            with pytest.raises(PersonalDataRefused):
                list(PersonDetails.objects.filter(**wider))


def test_what_was_not_fetched_inside_stays_shut_afterwards(people: list[int], commander: Actor) -> None:
    with audited_read(by=commander, purpose=EMERGENCY_RESPONSE, subjects=people[:1]):
        lazy = PersonDetails.objects.filter(person_id=people[0])
    with pytest.raises(PersonalDataRefused):
        list(lazy)


def test_writing_needs_no_reading(people: list[int]) -> None:
    row = PersonDetails(person_id=people[0], name_zh="张一一", phone="13800000000")
    row.save()
    PersonDetails.objects.filter(person_id=people[1]).update(phone="13900000000")
    PersonDetails.objects.filter(person_id=people[2]).delete()
    PersonDetails.objects.bulk_create(
        [PersonDetails(person_id=people[3], name_zh="赵四四")],
        update_conflicts=True,
        unique_fields=["person"],
        update_fields=["name_zh"],
    )
    assert reads() == []


def test_when_the_log_is_down_nothing_is_served(people: list[int], commander: Actor) -> None:
    with log_down(), pytest.raises(OperationalError):
        details_of(by=commander, people=people, purpose=EMERGENCY_RESPONSE)
    with pytest.raises(PersonalDataRefused):
        list(PersonDetails.objects.filter(person_id__in=people))


@pytest.mark.django_db(transaction=True)
def test_the_entry_is_committed_before_anything_is_read_and_outlives_a_failure(commander: Actor) -> None:
    town.build()
    with audited_read(by=commander, purpose=EMERGENCY_RESPONSE, subjects=[Person.objects.all()[0].pk]):
        assert not connection.in_atomic_block
        assert len(reads()) == 1
        with transaction.atomic():
            transaction.set_rollback(True)
    assert len(reads()) == 1


@pytest.mark.django_db(transaction=True)
def test_a_read_inside_a_transaction_is_refused_because_its_entry_could_be_rolled_back(commander: Actor) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        details_of(by=commander, people=[1], purpose=EMERGENCY_RESPONSE)
    assert reads() == []


def test_an_unregistered_purpose_opens_nothing(people: list[int], commander: Actor) -> None:
    with pytest.raises(PurposeUnknown, match="curiosity"):
        details_of(by=commander, people=people, purpose="curiosity")


def test_a_purpose_is_read_on_the_routes_that_are_made_for_it(people: list[int], commander: Actor) -> None:
    assert commander.purpose == EMERGENCY_RESPONSE
    with pytest.raises(NotPermitted):
        details_of(by=commander, people=people, purpose=KEEP_ORGANISATION)


@pytest.mark.parametrize("role", sorted({*ADMINISTRATORS, AUDITOR, FIELD_OFFICER, PARTNER_LIAISON}))
def test_whoever_does_not_lead_people_reads_no_names(people: list[int], role: str) -> None:
    with pytest.raises(NotPermitted):
        details_of(by=Actor("account:8", frozenset({role})), people=people, purpose=EMERGENCY_RESPONSE)
    assert reads() == []


def test_nobody_reads_the_whole_bureau_at_once(db: None, commander: Actor) -> None:
    with pytest.raises(TooManySubjects):
        details_of(by=commander, people=range(MOST_SUBJECTS + 1), purpose=EMERGENCY_RESPONSE)


def test_reading_nobody_leaves_no_entry(db: None, commander: Actor) -> None:
    assert details_of(by=commander, people=[], purpose=EMERGENCY_RESPONSE) == {}
    assert reads() == []


@pytest.mark.skipif(connection.vendor != "postgresql", reason="COPY is PostgreSQL's")
def test_copying_out_is_a_read(people: list[int]) -> None:
    with connection.cursor() as cursor:
        with pytest.raises(PersonalDataRefused):
            cursor.copy(f"COPY {TABLE} TO STDOUT")
        with cursor.copy("COPY organisation_person TO STDOUT") as copied:
            assert len(list(copied)) == len(people)


def test_each_purpose_and_each_table_is_complete() -> None:
    for purpose in PURPOSES.values():
        assert purpose.readers <= ALL
        assert str(purpose.title)
        assert str(purpose.legal_basis)
    for table in TABLES.values():
        assert table.purposes <= set(PURPOSES)
        assert table.columns
        assert str(table.term)
