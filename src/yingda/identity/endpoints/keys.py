"""API keys: a program's way in."""

from uuid import UUID

from litestar import Controller, delete, get, post
from litestar.params import FromPath, JSONBody

from yingda.identity import service
from yingda.identity.permissions import Permission
from yingda.identity.principal import Caller
from yingda.identity.repository import access
from yingda.identity.schemas import ApiKeyBody, ApiKeyMade, ApiKeyView
from yingda.infra.given import Db


class ApiKeyController(Controller):
    path = "/api-keys"
    tags = ("api-keys",)

    @get()
    async def list_api_keys(self, principal: Caller, db: Db) -> list[ApiKeyView]:
        """All API keys, without their secrets."""
        principal.require(Permission.API_KEYS_MANAGE)
        async with db.reading() as conn:
            return await access.list_api_keys(conn)

    @post()
    async def create_api_key(self, principal: Caller, data: JSONBody[ApiKeyBody], db: Db) -> ApiKeyMade:
        """A new API key. It is shown this once."""
        principal.require(Permission.API_KEYS_MANAGE)
        async with db.transaction() as tx:
            return await service.create_api_key(tx, principal, data.name, data.scopes, data.expires_at)

    @delete("/{key_id:uuid}")
    async def revoke_api_key(self, key_id: FromPath[UUID], principal: Caller, db: Db) -> None:
        """Revoke an API key; it stays in the list."""
        principal.require(Permission.API_KEYS_MANAGE)
        async with db.transaction() as tx:
            await service.revoke_api_key(tx, principal, key_id)
