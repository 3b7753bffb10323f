"""What surrounds every answer: ids, careful headers, figures; and pages that lead nowhere else."""

from collections.abc import Iterator

import httpx
import pytest

from tests import shared
from tests.factories import Visitor
from tests.server import RunningServer
from yingda.app import main

pytestmark = shared.SHARED
log, system = shared.log, shared.system


LONG = "const words = '您好';\n" * 1000


@pytest.fixture(scope="module", autouse=True)
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A web build of two pages, before the application looks for one."""
    web = tmp_path_factory.mktemp("build") / "web"
    (web / "widget").mkdir(parents=True)
    (web / "index.html").write_text("<h1>店铺</h1>")
    (web / "widget" / "index.html").write_text("<h1>聊天</h1>")
    (web / "widget" / "app.js").write_text("1")
    (web / "widget" / "chat.js").write_text(LONG)
    (web.parent / "secret.txt").write_text("not for you")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(main, "WEB", web)
        yield


def policy(answer: httpx.Response) -> dict[str, str]:
    directives = [
        directive.strip().partition(" ") for directive in answer.headers["content-security-policy"].split(";")
    ]
    return {name: value for name, _, value in directives}


async def test_pages_load_only_what_is_ours(system: RunningServer) -> None:
    page = await system.http.get("/")
    assert page.text == "<h1>店铺</h1>"
    assert policy(page)["default-src"] == "'self'"
    assert policy(page)["object-src"] == "'none'"
    assert policy(page)["frame-ancestors"] == "'none'"
    assert "unsafe-eval" not in page.headers["content-security-policy"]
    assert "script-src" not in policy(page)  # as by default: no inline scripts


async def test_pages_travel_compressed(system: RunningServer) -> None:
    answer = await system.http.get("/widget/chat.js")
    assert answer.text == LONG
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.num_bytes_downloaded < len(LONG) / 10
    plain = await system.http.get("/widget/chat.js", headers={"Accept-Encoding": "identity"})
    assert plain.text == LONG
    assert "content-encoding" not in plain.headers


async def test_only_the_widget_may_be_framed(system: RunningServer) -> None:
    for path in ("/widget/", "/widget", "/widget/app.js"):
        answer = await system.http.get(path)
        assert (answer.status_code, policy(answer)["frame-ancestors"]) == (200, "*")
    assert policy(await system.http.get("/widgets"))["frame-ancestors"] == "'none'"


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/%00",
        "/widget/a%00.js",
        "/..%2fsecret.txt",
        "/widget/..%2f..%2fsecret.txt",
        "/%2e%2e/secret.txt",
        "//etc/passwd",
        "/" + "a" * 5000,
        "/%ff%fe",
    ],
)
async def test_what_is_no_page(system: RunningServer, path: str) -> None:
    answer = await system.http.get(httpx.URL(system.url + path))
    assert (answer.status_code, answer.json()["code"]) == (404, "route_not_found")


async def test_pages_are_only_read(system: RunningServer) -> None:
    answer = await system.http.post("/widget/app.js")
    assert answer.status_code == 405
    assert {"GET", "HEAD"} <= set(answer.headers["allow"].split(", "))


async def test_every_answer_is_careful(system: RunningServer) -> None:
    visitor = await Visitor.open(system.http)
    answers = [
        await system.http.get("/"),
        await system.http.get("/nothing"),
        await system.http.get("/health/live"),
        await system.http.get("/api/v1/auth/me"),
        await system.http.get("/api/v1/nothing"),
        await system.http.delete("/api/v1/chat/messages"),
        await system.http.get("/api/v1/chat/messages", headers=visitor.headers),
        await visitor.post("你好"),
    ]
    for answer in answers:
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "strict-origin-when-cross-origin"
        assert answer.headers["cross-origin-opener-policy"] == "same-origin"
        assert "camera=()" in answer.headers["permissions-policy"]
        assert "access-control-allow-origin" not in answer.headers
        assert answer.headers["x-request-id"]
        if answer.request.url.path.startswith("/api/"):
            assert answer.headers["cache-control"] == "no-store"


SANE = ("a1b2c3d4", "0af7651916cd43dd8448eb211c80319c", "A.b_c-" + "9" * 58)
INSANE = (
    "",
    "short",
    "a" * 65,
    "with space here",
    "new\tline-id",
    "<script>alert",
    "x;DROP TABLE",
    'quo"ted-id',
    "ümlaut-id",
)


@pytest.mark.parametrize("request_id", SANE)
async def test_a_callers_request_id_is_kept(system: RunningServer, request_id: str) -> None:
    answer = await system.http.get("/api/v1/auth/me", headers={"X-Request-Id": request_id})
    assert answer.headers["x-request-id"] == answer.json()["request_id"] == request_id


async def test_a_request_id_that_is_none_is_replaced(system: RunningServer) -> None:
    seen = set()
    for request_id in INSANE:
        headers = {b"X-Request-Id": request_id.encode("latin-1")}
        answer = await system.http.get("/api/v1/nothing", headers=headers)
        assert answer.headers["x-request-id"] == answer.json()["request_id"]
        seen.add(answer.headers["x-request-id"])
    assert len(seen) == len(INSANE)
    assert seen.isdisjoint(INSANE)


async def test_figures_have_few_names(system: RunningServer) -> None:
    for method, path in (("BREW", "/api/v1/chat/messages"), ("X" * 30, "/"), ("GET", "/api/v1/nothing/13812345678")):
        await system.http.request(method, path)
    visitor = await Visitor.open(system.http)
    await visitor.post("你好")
    figures = (await system.http.get("/metrics")).text
    assert 'method="POST",route="/api/v1/chat/messages",status="201"' in figures
    for word in ("BREW", "XXX", "13812345678"):
        assert word not in figures
