"""The OpenAPI document and the application agree: generated requests, valid and not, answered as it says."""

import asyncio
import sys
from pathlib import Path

import pytest
import pytest_asyncio

from tests.factories import Colleague, Visitor
from tests.server import RunningServer
from tests.shared import SHARED
from yingda.app import openapi
from yingda.app.main import create_app

pytestmark = SHARED

CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
    "unsupported_method",
)
#: Who asks, and which operations: those by whom the session would end are held by the tests of identity.
CALLERS = {
    "visitor": "--include-path-regex=^/api/v1/(chat|files|demo)|^/health",
    "api_key": "--include-path-regex=^/api/v1/(conversations|customers|promises|notices|wrap-up|shops"
    "|tickets|ticket-kinds|ticket-meetings|routing|audit|staff|roles|departments|api-keys|setup|knowledge)",
    "session": "--include-path-regex=^/api/v1/auth/(me|sessions/|password|login|invitation)",
}
SCOPES = (
    "conversations.read_all",
    "conversations.reply",
    "conversations.assign",
    "customers.read",
    "customers.read_personal",
    "customers.edit",
    "orders.read",
    "orders.change",
    "tickets.read",
    "tickets.read_all",
    "tickets.edit",
    "tickets.manage",
    "reports.export",
    "knowledge.read",
    "knowledge.edit",
    "knowledge.publish",
    "workforce.read",
    "staff.read",
    "audit.read",
)
MANAGING = ("staff.manage", "api_keys.manage")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def credentials(system: RunningServer, staff: dict[str, Colleague]) -> dict[str, list[str]]:
    """Headers of each caller."""
    visitor = await Visitor.known(system.http)
    await visitor.ask("我的快递到哪了")
    await visitor.ask("转人工")
    administrator = staff["administrator"]
    body = {"name": "test", "scopes": [*SCOPES, *MANAGING]}
    key = (await administrator.call("POST", "/api-keys", json=body)).json()["key"]
    me = await administrator.get("/auth/me")
    return {
        "visitor": [f"Authorization: {visitor.headers['Authorization']}"],
        "api_key": [f"Authorization: Bearer {key}"],
        "session": [f"Cookie: {administrator.cookies}", f"X-CSRF-Token: {me['csrf_token']}"],
    }


@pytest.mark.parametrize("caller", CALLERS)
async def test_generated_requests(
    system: RunningServer, credentials: dict[str, list[str]], tmp_path: Path, caller: str
) -> None:
    schemathesis = Path(sys.executable).with_name("schemathesis")
    process = await asyncio.create_subprocess_exec(
        schemathesis,
        "run",
        f"{system.url}/api/openapi/openapi.json",
        CALLERS[caller],
        *(f"--header={header}" for header in credentials[caller]),
        f"--checks={','.join(CHECKS)}",
        "--phases=examples,coverage,fuzzing",
        "--max-examples=5",
        "--generation-deterministic",
        "--no-color",
        "--warnings=off",
        cwd=tmp_path,  # where it leaves its notes
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    output, _ = await process.communicate()
    assert process.returncode == 0, output.decode()


async def test_every_operation_may_answer_a_problem(system: RunningServer) -> None:
    document = openapi.description(create_app(system.runtime))
    assert document == (await system.http.get("/api/openapi/openapi.json")).json()
    operations = [operation for item in document["paths"].values() for operation in item.values()]
    assert all(
        operation["responses"]["default"] == {"$ref": "#/components/responses/Problem"} for operation in operations
    )
    assert not any(
        status >= "400" for operation in operations for status in operation["responses"] if status != "default"
    )
