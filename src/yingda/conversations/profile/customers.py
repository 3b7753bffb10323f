"""HTTP for what staff know and write down of a customer, whichever conversation they come with."""

from typing import Any, TypeAlias
from uuid import UUID

from litestar import Controller, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.status_codes import HTTP_200_OK

from yingda import customers
from yingda.conversations.profile.access import GivenReveals, require_reveal, require_visible
from yingda.conversations.profile.schemas import NoteBody, RevealCustomer, Revealed
from yingda.customers import Note, Skin, SkinProfile
from yingda.identity import Caller, Permission
from yingda.infra.given import Db
from yingda.privacy import PersonalData, Reason

GivenPersonal: TypeAlias = NamedDependency[PersonalData]


class CustomerController(Controller):
    path = "/api/v1/customers/{customer_id:uuid}"
    tags = ("customers",)

    @post("/reveal", status_code=HTTP_200_OK, summary="Show one field in clear")
    async def reveal(
        self,
        db: Db,
        principal: Caller,
        reveals: GivenReveals,
        customer_id: FromPath[UUID],
        data: JSONBody[RevealCustomer],
    ) -> Revealed:
        """For who looks after personal data, and for who has the customer in hand. It is in the audit trail at once."""
        async with db.transaction() as tx:
            await require_reveal(tx.conn, principal, customer_id)
            reveals.take(principal.staff_id)
            return Revealed(await customers.reveal(tx, principal, customer_id, data.field, data.reason))

    @post("/export", status_code=HTTP_200_OK, summary="Copy out everything that is kept of the customer")
    async def export(
        self, db: Db, principal: Caller, personal: GivenPersonal, customer_id: FromPath[UUID], data: JSONBody[Reason]
    ) -> dict[str, Any]:
        """For who looks after privacy, when the customer asks for it; it is in the audit trail."""
        principal.require(Permission.PRIVACY_MANAGE)
        async with db.transaction() as tx:
            return await personal.export(tx, principal, await customers.subject_of(tx.conn, customer_id), data)

    @post("/erase", status_code=HTTP_200_OK, summary="Erase everything that tells who the customer was")
    async def erase(
        self, db: Db, principal: Caller, personal: GivenPersonal, customer_id: FromPath[UUID], data: JSONBody[Reason]
    ) -> dict[str, int]:
        """For good. How many records of each part were touched; it is in the audit trail."""
        principal.require(Permission.PRIVACY_MANAGE)
        async with db.transaction() as tx:
            return await personal.erase(tx, principal, await customers.subject_of(tx.conn, customer_id), data)

    @put("/skin", summary="Write down what the customer told of their skin")
    async def write_skin(
        self, db: Db, principal: Caller, customer_id: FromPath[UUID], data: JSONBody[Skin]
    ) -> SkinProfile:
        principal.require(Permission.CUSTOMERS_EDIT)
        async with db.transaction() as tx:
            await require_visible(tx.conn, principal, customer_id)
            return await customers.write_skin(tx, principal, customer_id, data)

    @get("/notes", summary="Notes about the customer, latest first")
    async def list_notes(self, db: Db, principal: Caller, customer_id: FromPath[UUID]) -> list[Note]:
        async with db.reading() as conn:
            await require_visible(conn, principal, customer_id)
            return await customers.notes_of(conn, customer_id)

    @post("/notes", summary="Note something about the customer")
    async def add_note(self, db: Db, principal: Caller, customer_id: FromPath[UUID], data: JSONBody[NoteBody]) -> Note:
        principal.require(Permission.CUSTOMERS_EDIT)
        async with db.transaction() as tx:
            await require_visible(tx.conn, principal, customer_id)
            return await customers.add_note(tx, principal, customer_id, data.text)

    @delete("/notes/{note_id:uuid}", summary="Take back a note of one's own")
    async def delete_note(
        self, db: Db, principal: Caller, customer_id: FromPath[UUID], note_id: FromPath[UUID]
    ) -> None:
        principal.require(Permission.CUSTOMERS_EDIT)
        async with db.transaction() as tx:
            await require_visible(tx.conn, principal, customer_id)
            await customers.delete_note(tx, principal, customer_id, note_id)
