"""Keys are shown once, kept as hashes, and count for their scope until they are revoked."""

from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gpo_market.journal.access import SCOPES, AccessStore, NewKey, Scope
from gpo_market.journal.errors import FolderError


@pytest.fixture
def access(tmp_path: Path) -> AccessStore:
    """An empty store."""
    return AccessStore(tmp_path / "access.sqlite")


@pytest.mark.parametrize("held", SCOPES)
@pytest.mark.parametrize("asked", SCOPES)
def test_a_key_covers_its_scope_and_admin_covers_all(access: AccessStore, held: Scope, asked: Scope) -> None:
    """A key opens what it was made for; admin opens everything."""
    assert access.allows(access.create(held).key, asked) == (held in (asked, "admin"))


def test_a_key_is_shown_once_and_kept_hashed(access: AccessStore, tmp_path: Path) -> None:
    """The file is private and holds the id but not the key; no listing and no repr shows it."""
    new = access.create("ingest")
    prefix, key_id, secret = new.key.split("_", 2)
    assert (prefix, key_id) == ("gpo", new.id)
    assert len(secret) == 43
    content = (tmp_path / "access.sqlite").read_bytes()
    assert new.id.encode() in content
    assert secret.encode() not in content
    assert secret not in repr(new)
    assert secret not in repr(access.list())
    assert (tmp_path / "access.sqlite").stat().st_mode & 0o777 == 0o600


def test_keys_are_listed_and_revoked(access: AccessStore) -> None:
    """Each stands until it is revoked; revoking twice says there was none."""
    one, other = access.create("ingest"), access.create("trade")
    assert {(entry.id, entry.scope) for entry in access.list()} == {(one.id, "ingest"), (other.id, "trade")}
    assert access.revoke(one.id)
    assert not access.revoke(one.id)
    assert not access.allows(one.key, "ingest")
    assert access.allows(other.key, "trade")
    assert [entry.id for entry in access.list()] == [other.id]


def test_another_process_changes_count_at_once(access: AccessStore, tmp_path: Path) -> None:
    """What one opening of the file creates or revokes, the other sees."""
    other = AccessStore(tmp_path / "access.sqlite")
    new = other.create("admin")
    assert access.allows(new.key, "ingest")
    access.revoke(new.id)
    assert not other.allows(new.key, "ingest")
    other.close()


def test_near_keys_are_refused(access: AccessStore) -> None:
    """A changed secret, an id alone, another id, nothing, and endless or strange text are refused."""
    new, other = access.create("admin"), access.create("admin")
    secret = new.key.removeprefix(f"gpo_{new.id}_")
    near = [
        "",
        new.id,
        f"gpo_{new.id}",
        f"gpo_{new.id}_",
        f"gpo_{other.id}_{secret}",
        f"{new.id}_{secret}",
        new.key + "x",
        new.key[:-1],
        new.key.upper(),
        "x" * 10_000,
        new.key + "é",
    ]
    assert [key for key in near if access.allows(key, "ingest")] == []


@given(st.text())
def test_no_text_is_a_key_by_chance(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    """Any text at all is answered with no."""
    access = AccessStore(tmp_path_factory.getbasetemp() / "chance.sqlite")
    assert not access.allows(text, "ingest")
    access.close()


def test_an_unknown_scope_is_refused(access: AccessStore) -> None:
    """A scope that is none is told with those there are, and no key is made."""
    with pytest.raises(ValueError, match="ingest, trade, admin"):
        access.create(cast("Any", "root"))
    assert access.list() == ()


def test_keys_differ(access: AccessStore) -> None:
    """No two keys share id or secret."""
    keys: list[NewKey] = [access.create("ingest") for _ in range(20)]
    assert len({key.id for key in keys}) == len({key.key for key in keys}) == 20


def test_a_store_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    """A missing folder, or a file of another kind, is told in one line."""
    with pytest.raises(FolderError, match="cannot be opened"):
        AccessStore(tmp_path / "nothing" / "access.sqlite")
    (tmp_path / "access.sqlite").write_bytes(b"no keys" * 100)
    with pytest.raises(FolderError, match="cannot be opened"):
        AccessStore(tmp_path / "access.sqlite")
