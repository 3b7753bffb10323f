"""The words: what customers read, what colleagues read, what tickets say."""

import tomllib
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from string import Formatter
from typing import Any, Final
from zoneinfo import ZoneInfo

from yingda.commerce import ShipmentPurpose
from yingda.kit.clock import SHANGHAI
from yingda.kit.errors import Invalid, Locale
from yingda.kit.paths import data_dir
from yingda.outreach.schemas import OutreachSettings, Parcel, ParcelEvidence, ParcelFinding, Trouble, TroubleWording

LOCALES: Final[tuple[Locale, ...]] = ("zh", "en")
#: What a sentence of an organisation's own may name.
NAMES = frozenset({"parcel", "carrier", "tracking_no", "order_no", "hours", "moved", "place", "promised", "expected"})


class WordingInvalid(Invalid):
    code = "outreach_wording_invalid"
    zh = "“{sentence}”里的占位符无效，可用：{names}。"
    en = "There is an unknown name in “{sentence}”; known are {names}."


def check(wording: TroubleWording) -> None:
    """Raises `WordingInvalid`: only plain names in braces, so that a sentence can reach nothing else."""
    for sentence in (wording.zh, wording.en):
        try:
            parts = list(Formatter().parse(sentence))
        except ValueError:
            parts = [("", "?", "", None)]
        if any(name is not None and (name not in NAMES or spec or conversion) for _, name, spec, conversion in parts):
            raise WordingInvalid(sentence=sentence[:40], names=", ".join(sorted(NAMES)))


def say(name: str, locale: Locale, **values: Any) -> str:
    entry = _texts()
    for part in name.split("."):
        entry = entry[part]
    return str(entry[locale]).format_map(values)


def shipped(rule: Trouble) -> TroubleWording:
    entry = _texts()[rule.value]
    return TroubleWording(entry["zh"], entry["en"])


def sentence(settings: OutreachSettings, finding: ParcelFinding, locale: Locale, zone: ZoneInfo, now: datetime) -> str:
    """What is wrong with one parcel, in the organisation's words or ours."""
    wording = settings.wording.get(finding.rule) or shipped(finding.rule)
    return getattr(wording, locale).format_map(_values(finding, finding.evidence, locale, zone, now))  # type: ignore[no-any-return]


def message(
    settings: OutreachSettings,
    findings: Sequence[ParcelFinding],
    shop: str,
    locale: Locale,
    zone: ZoneInfo,
    now: datetime,
) -> str:
    """All that a customer is told in one go."""
    said = [sentence(settings, one, locale, zone, now) + "\n" + _promise(one, locale) for one in findings]
    return "\n".join([say("opening", locale, shop=shop), *said, say("closing", locale)])


def news(finding: ParcelFinding, parcel: Parcel, locale: Locale, zone: ZoneInfo) -> str:
    """That it goes on."""
    values = _values(finding, _present(finding, parcel), locale, zone, parcel.moved_at)
    return say("delivered" if parcel.delivered_at else "moved", locale, **values)


def follow_up(finding: ParcelFinding, zone: ZoneInfo, now: datetime) -> str:
    return say("follow_up", "zh", number=finding.follow_ups + 1, **_values(finding, finding.evidence, "zh", zone, now))


def solved(finding: ParcelFinding, parcel: Parcel, zone: ZoneInfo) -> str:
    return say("solved", "zh", **_values(finding, _present(finding, parcel), "zh", zone, parcel.moved_at))


def ticket_texts(finding: ParcelFinding, zone: ZoneInfo, now: datetime) -> tuple[str, str]:
    """Title and description."""
    values = _values(finding, finding.evidence, "zh", zone, now)
    values["problem"] = say(f"problem.{finding.rule.value}", "zh")
    return say("title", "zh", **values), say("description", "zh", **values)


def _promise(finding: ParcelFinding, locale: Locale) -> str:
    return say("ticket", locale, ticket=finding.ticket_no) if finding.ticket_no else say("watching", locale)


def _present(finding: ParcelFinding, parcel: Parcel) -> ParcelEvidence:
    return ParcelEvidence(
        carrier=parcel.carrier,
        lane=parcel.lane,
        state=parcel.state,
        place=parcel.place,
        moved_at=parcel.moved_at,
        promised_until=finding.evidence.promised_until,
    )


def _values(
    finding: ParcelFinding, evidence: ParcelEvidence, locale: Locale, zone: ZoneInfo, now: datetime
) -> dict[str, str | int]:
    expected = evidence.expected_at
    beyond = expected is not None and expected > max(now, evidence.promised_until)
    return {
        "parcel": say(_PARCELS[finding.purpose], locale),
        "carrier": evidence.carrier,
        "tracking_no": finding.tracking_no,
        "order_no": finding.order_no,
        "hours": int((now - evidence.moved_at).total_seconds() // 3600),
        "moved": _moment(evidence.moved_at, locale, zone),
        "place": evidence.place,
        "promised": _day(evidence.promised_until, locale, SHANGHAI, before=True),
        "expected": say("expected", locale, day=_day(expected, locale, zone)) if expected and beyond else "",
        "state": say(f"state.{evidence.state.value}", locale),
    }


_INSTANT = timedelta(seconds=1)
_PARCELS = {
    ShipmentPurpose.OUTBOUND: "outbound",
    ShipmentPurpose.RETURN: "return",
    ShipmentPurpose.REPLACEMENT: "replacement",
}


def _moment(at: datetime, locale: Locale, zone: ZoneInfo) -> str:
    local = at.astimezone(zone)
    return f"{_day(at, locale, zone)} {local:%H:%M}"


def _day(at: datetime, locale: Locale, zone: ZoneInfo, *, before: bool = False) -> str:
    """`before`: the moment is the end of that day."""
    local = at.astimezone(zone)
    if before:
        local = local.replace(microsecond=0) - _INSTANT
    return f"{local.month}月{local.day}日" if locale == "zh" else f"{local:%b} {local.day}"


@cache
def _texts() -> dict[str, Any]:
    return tomllib.loads((data_dir() / "outreach" / "wording.toml").read_text("utf-8"))
