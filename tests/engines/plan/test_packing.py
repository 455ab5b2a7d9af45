"""A package of a version: the same bytes each time, checked without a database, every alteration named."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile

import pytest

from muster.engines.plan.packing import CONTENT, LIFE, MANIFEST, TEXT, archive, as_json, pack, sum_of
from muster.engines.plan.unpacking import verify
from tests.engines.plan.faults import PLANS, shipped

CITY = (PLANS / "S-PHE-01.yaml").read_text("utf-8")
BELOW = (PLANS / "lower" / "S-PHE-BINHAI.yaml").read_text("utf-8")
LIFE_FACTS = {"approvals": [{"by": "P001", "hash": shipped().hash}], "acknowledgements": [], "filing": None}


def packed() -> bytes:
    return pack([CITY], LIFE_FACTS)


def opened(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as source:
        return {name: source.read(name) for name in source.namelist()}


def parts(content: bytes) -> set[str]:
    return {fault.part for fault in verify(content).faults}


def resealed(files: dict[str, bytes]) -> bytes:
    """Altered by somebody who knows that the manifest has sums."""
    manifest = json.loads(files[MANIFEST])
    manifest["files"] = {name: sum_of(one) for name, one in files.items() if name != MANIFEST}
    return archive({**files, MANIFEST: as_json(manifest)})


def test_a_package_is_what_was_released() -> None:
    found = verify(packed())
    assert found.faults == ()
    assert (found.plan, found.version, found.hash) == ("S-PHE-01", shipped().version, shipped().hash)


def test_the_same_version_gives_the_same_bytes() -> None:
    assert packed() == packed()


def test_the_content_in_the_package_is_what_the_hash_is_of() -> None:
    assert hashlib.sha256(opened(packed())[CONTENT]).hexdigest() == shipped().hash


def test_a_lower_plan_brings_the_plan_above_with_it() -> None:
    content = pack([BELOW, CITY], {})
    assert verify(content).faults == ()
    files = opened(content)
    above = next(name for name in files if name.startswith("higher/"))
    files[above] = files[above].replace(b"due: 6h", b"due: 9h")
    assert above in parts(archive(files))
    assert f"{MANIFEST}: hash" in parts(resealed(files)), "the higher plan is part of what was released"
    del files[above]
    assert parts(archive(files)) >= {above, TEXT}


@pytest.mark.parametrize("name", sorted(opened(packed())))
def test_an_altered_file_is_named(name: str) -> None:
    files = opened(packed())
    files[name] = files[name].replace(b"S-PHE-01", b"S-PHE-02") if name == MANIFEST else files[name] + b"\n"
    assert any(part.startswith(name) for part in parts(archive(files)))


def test_bytes_changed_in_two_files_of_the_archive_name_both() -> None:
    content = packed().replace(b"due: 6h", b"due: 9h", 1).replace(b"P001", b"P002", 1)
    assert parts(content) >= {TEXT, LIFE}


def test_a_changed_word_is_found_even_when_the_sums_were_made_anew() -> None:
    files = opened(packed())
    files[TEXT] = files[TEXT].replace(b"due: 6h", b"due: 9h", 1)
    assert parts(resealed(files)) >= {f"{MANIFEST}: hash", CONTENT, f"{MANIFEST}: clauses", f"{LIFE}: approvals"}


def test_a_consistent_forgery_has_another_hash_than_the_one_on_paper() -> None:
    forged = pack([CITY.replace("due: 6h", "due: 9h", 1)], {})
    assert verify(forged).faults == ()
    assert verify(forged, shipped().hash).faults != ()
    assert verify(packed(), shipped().hash).faults == ()


def test_an_acknowledgement_of_another_wording_is_found() -> None:
    given = {"clause": shipped().clauses[0].id, "clause_hash": "0" * 64}
    assert parts(pack([CITY], {"acknowledgements": [given]})) == {f"{LIFE}: acknowledgements"}


def test_something_slipped_in_is_named() -> None:
    assert parts(archive(opened(packed()) | {"extra.txt": b"x"})) == {"extra.txt"}


def _compressed() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr(MANIFEST, b"0" * 10_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no archive",
        packed()[:-100],
        _compressed(),
        archive({}),
        archive({MANIFEST: b"[" * 100_000}),
        archive({MANIFEST: b"[]"}),
        archive({str(number): b"" for number in range(99)}),
    ],
    ids=["empty", "text", "cut", "compressed", "nothing", "deep", "list", "many"],
)
def test_what_is_no_package_is_said_to_be_none(content: bytes) -> None:
    assert len(verify(content).faults) == 1
