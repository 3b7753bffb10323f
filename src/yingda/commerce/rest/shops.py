"""The shops of a deployment: one mapping file each, in one folder."""

from pathlib import Path

import msgspec

from yingda.commerce.deeds.policy import Policy, read_policy
from yingda.commerce.protocols import Store
from yingda.commerce.rest.mapping import Mapping, MappingUnreadable, read_mapping
from yingda.commerce.rest.store import rest_store


class ConnectedShop(msgspec.Struct, frozen=True):
    """A shop, what it allows (nothing without a policy), and its mapping."""

    store: Store
    policy: Policy | None
    mapping: Mapping


def connected_shops(folder: Path | None) -> list[ConnectedShop]:
    """By the names of their files; policies lie beside them. Raises `MappingUnreadable` and `PolicyUnreadable`."""
    if folder is None:
        return []
    if not folder.is_dir():
        raise MappingUnreadable(f"{folder}: there is no such folder")
    return [shop for path in sorted(folder.glob("*.toml")) if (shop := _connected(path))]


def _connected(path: Path) -> ConnectedShop | None:
    """None for a file of policies, which has no address."""
    if path.stem.endswith("policies"):
        return None
    mapping = read_mapping(path)
    policy = read_policy(path.parent / mapping.policies) if mapping.policies else None
    return ConnectedShop(rest_store(mapping), policy, mapping)
