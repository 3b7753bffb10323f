"""Names, passwords, patience: tables of cases."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yingda.identity.errors import LoginRefused, MorePowerful, PasswordRefused
from yingda.identity.permissions import BUILTIN_ROLES, Permission
from yingda.identity.rules import (
    ACCOUNT_PATIENCE,
    ADDRESS_PATIENCE,
    FAILURES_FORGOTTEN,
    Attempts,
    check_password,
    count_attempt,
    network_of,
    normalise_login,
    refuse_more_than_own,
)

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Lin.Zhixia", "lin.zhixia"),
        ("  lin@Example.COM ", "lin@example.com"),
        ("ｌｉｎ０１", "lin01"),
        ("林知夏01", "林知夏01"),
    ],
)
def test_a_login_name_has_one_spelling(typed: str, kept: str) -> None:
    assert normalise_login(typed) == kept


@pytest.mark.parametrize("typed", ["", "ab", "a b c", "lin\0", "<b>lin</b>", "x" * 101, "lin'--", "🙂🙂🙂"])
def test_what_is_no_login_name_is_refused(typed: str) -> None:
    with pytest.raises(LoginRefused):
        normalise_login(typed)


@given(st.text(max_size=120))
def test_a_login_name_is_refused_or_stable(typed: str) -> None:
    try:
        login = normalise_login(typed)
    except LoginRefused:
        return
    assert normalise_login(login) == login


@pytest.mark.parametrize(
    "password", ["青山-quiet-harbour-7", "correct horse battery", "x7!kP2#mQ9", "一条大河波浪宽风吹稻花香"]
)
def test_good_passwords_pass(password: str) -> None:
    check_password(password, "lin.zhixia")


@pytest.mark.parametrize(
    "password",
    [
        "short-1a",
        "aaaaaaaaaaaa",
        "1234567890",
        "9876543210",
        "Password123!",
        "P@ssw0rd2026",
        "qwertyuiop",
        "woaini1314520",
        "xx-lin.zhixia-xx",
        "LIN.ZHIXIA-2026",
        "ｐａｓｓｗｏｒｄ１２３",
    ],
)
def test_what_is_guessed_first_is_refused(password: str) -> None:
    with pytest.raises(PasswordRefused):
        check_password(password, "lin.zhixia@example.com")


def _failures(number: int, every: timedelta = timedelta(seconds=1)) -> Attempts:
    attempts = Attempts(0, NOW, NOW)
    for step in range(number):
        attempts = count_attempt(attempts, ACCOUNT_PATIENCE, NOW + step * every)
    return attempts


@pytest.mark.parametrize(
    ("failures", "wait"), [(1, 0), (4, 0), (5, 1), (6, 2), (7, 4), (10, 32), (13, 256), (14, 300), (500, 300)]
)
def test_each_failure_doubles_the_wait_up_to_a_bound(failures: int, wait: int) -> None:
    attempts = _failures(failures)
    assert attempts.blocked_until - attempts.updated_at == timedelta(seconds=wait)


def test_failures_are_forgotten() -> None:
    assert _failures(3, FAILURES_FORGOTTEN + timedelta(seconds=1)).failures == 1


def test_an_office_behind_one_address_gets_more_patience() -> None:
    assert count_attempt(Attempts(10, NOW, NOW), ADDRESS_PATIENCE, NOW).blocked_until == NOW


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("unknown", "unknown"),
    ],
)
def test_an_ipv6_customer_owns_a_whole_network(address: str, network: str) -> None:
    assert network_of(address) == network


def test_nobody_hands_out_more_than_they_hold() -> None:
    own = {Permission.STAFF_MANAGE, Permission.STAFF_READ}
    refuse_more_than_own(own, {Permission.STAFF_READ})
    with pytest.raises(MorePowerful):
        refuse_more_than_own(own, {Permission.SETTINGS_MANAGE})


def test_the_administrator_may_do_everything_and_each_role_something_else() -> None:
    roles = {role.code: role.permissions for role in BUILTIN_ROLES}
    assert roles["administrator"] == frozenset(Permission)
    assert len(set(roles.values())) == len(roles)
    assert all(permissions <= roles["administrator"] for permissions in roles.values())
