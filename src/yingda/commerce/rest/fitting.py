"""Makes our structs of whatever a shop answers. Pure."""

from collections.abc import Mapping as AnyMapping
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import jmespath
import msgspec
from msgspec import inspect

from yingda.commerce.rest.mapping import Mapping

T = TypeVar("T", bound=msgspec.Struct)

_SCALES = {"seconds": 1, "milliseconds": 1000}


class DoesNotFit(Exception):
    """What the shop answered is not what the mapping says; the text names the place, never a value."""


def search(path: str, document: Any) -> Any:
    """What `path` finds in `document`; None where there is nothing."""
    return _compiled(path).search(document)


def fit(document: Any, kind: type[T], mapping: Mapping, **given: Any) -> T:
    """A struct of `kind`; `given` fills fields that the mapping does not. Raises `DoesNotFit`."""
    try:
        plain = _struct(document, kind, mapping, given)
        return msgspec.convert(plain, kind, strict=False)
    except msgspec.ValidationError as error:
        raise DoesNotFit(f"{kind.__name__}: {error}") from None
    except (ValueError, TypeError, OverflowError, InvalidOperation, AttributeError) as error:
        raise DoesNotFit(f"{kind.__name__}: {type(error).__name__}") from None


def moment_out(moment: datetime, mapping: Mapping) -> str:
    """An instant as the shop writes it."""
    if mapping.time == "iso":
        return moment.astimezone(ZoneInfo(mapping.zone)).isoformat()
    return str(int(moment.timestamp() * _SCALES[mapping.time]))


@cache
def _compiled(path: str) -> Any:
    return jmespath.compile(path)


def _struct(document: Any, kind: type[msgspec.Struct], mapping: Mapping, given: AnyMapping[str, Any]) -> dict[str, Any]:
    named = mapping.fields.get(kind.__name__, {})
    fitted: dict[str, Any] = {}
    for field in _fields(kind):
        if field.name in named:
            value = search(named[field.name], document)
        else:
            value = document.get(field.name, given.get(field.name))
        if value is not None:
            fitted[field.name] = _value(value, field.type, field.name, mapping)
    return fitted


@cache
def _fields(kind: type[msgspec.Struct]) -> tuple[inspect.Field, ...]:
    described = inspect.type_info(kind)
    return described.fields if isinstance(described, inspect.StructType) else ()


def _value(value: Any, kind: inspect.Type, name: str, mapping: Mapping) -> Any:
    match kind:
        case inspect.UnionType():
            return _value(
                value, next(one for one in kind.types if not isinstance(one, inspect.NoneType)), name, mapping
            )
        case inspect.StructType():
            return _struct(value, kind.cls, mapping, {})
        case inspect.VarTupleType() | inspect.ListType():
            return [_value(item, kind.item_type, name, mapping) for item in value]
        case inspect.EnumType():
            return mapping.states.get(kind.cls.__name__, {}).get(str(value), value)
        case inspect.DateTimeType():
            return _moment(value, mapping)
        case inspect.DateType():
            return _moment(value, mapping).astimezone(ZoneInfo(mapping.zone)).date()
        case inspect.IntType() if name.endswith("_cents") and mapping.money == "yuan":
            return int((Decimal(str(value)) * 100).to_integral_value())
        case inspect.StrType():
            return str(value)
    return value


def _moment(value: Any, mapping: Mapping) -> datetime:
    """An instant; one without a zone is meant in the shop's."""
    if isinstance(value, datetime):
        return value
    if mapping.time == "iso":
        moment = datetime.fromisoformat(str(value))
        return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(mapping.zone))
    return datetime.fromtimestamp(float(value) / _SCALES[mapping.time], UTC)
