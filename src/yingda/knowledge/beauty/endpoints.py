"""HTTP for the beauty graph: look up, and ask."""

import asyncio
from typing import Annotated, TypeAlias

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.status_codes import HTTP_200_OK

from yingda.identity import Caller
from yingda.knowledge.beauty import service
from yingda.knowledge.beauty.schemas import Answer, IngredientDetail, Ingredients, NewQuestion
from yingda.knowledge.beauty.service import Experts

GivenExperts: TypeAlias = NamedDependency[Experts]
Wanted = Annotated[str, QueryParameter(max_length=100)]
Most = Annotated[int, QueryParameter(ge=1, le=500)]


@get("/api/v1/knowledge/ingredients", tags=["knowledge"], summary="Find ingredients by name", sync_to_thread=False)
def ingredients(
    principal: Caller,  # noqa: ARG001 (only for those who are signed in)
    experts: GivenExperts,
    q: Wanted = "",
    limit: Most = 50,
) -> Ingredients:
    """By official name, INCI name or nickname; best match first."""
    return service.find_ingredients(experts.of(None).graph, q, limit)


@get(
    "/api/v1/knowledge/ingredients/{ingredient_id:str}",
    tags=["knowledge"],
    summary="One ingredient with facts, neighbours and sources",
    sync_to_thread=False,
)
def ingredient(
    principal: Caller,  # noqa: ARG001
    experts: GivenExperts,
    ingredient_id: FromPath[str],
) -> IngredientDetail:
    return service.ingredient(experts.of(None).graph, ingredient_id)


@post("/api/v1/knowledge/ask", tags=["knowledge"], summary="Answer a question of beauty", status_code=HTTP_200_OK)
async def ask(principal: Caller, experts: GivenExperts, data: JSONBody[NewQuestion]) -> Answer:  # noqa: ARG001
    return await asyncio.to_thread(experts.of(data.shop).ask, data.question, data.about)


routers = [ingredients, ingredient, ask]
