"""HTTP of identity, under `/api/v1`."""

from collections.abc import Sequence

from litestar import Router

from yingda.identity.endpoints.account import AuthController, SetupController
from yingda.identity.endpoints.keys import ApiKeyController
from yingda.identity.endpoints.people import OrganisationController, StaffController
from yingda.identity.endpoints.roles import RoleController

routers: Sequence[Router] = [
    Router(
        "/api/v1",
        route_handlers=[
            AuthController,
            SetupController,
            StaffController,
            OrganisationController,
            RoleController,
            ApiKeyController,
        ],
        security=[{"session": []}, {"api_key": []}],
    )
]
