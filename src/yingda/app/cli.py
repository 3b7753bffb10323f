"""The command `yingda`."""

import asyncio
import signal
import socket
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated, NoReturn

import asyncpg
import httpx
import typer
from rich.console import Console
from rich.table import Table

from yingda import __version__
from yingda.app import demo as demo_data
from yingda.app import process
from yingda.app.commerce import app as commerce
from yingda.app.knowledge import app as knowledge
from yingda.app.language import app as language
from yingda.app.privacy import app as privacy
from yingda.app.procedures import app as procedures
from yingda.app.reading import prepare_model
from yingda.app.replay import ReplayFailed, ScriptUnusable, Target
from yingda.app.replay.screen import play
from yingda.app.simulate import Stage, play_generated, play_script
from yingda.channels import web
from yingda.commerce import SHOP_CODE, MappingUnreadable, PolicyUnreadable
from yingda.dialogue import ProceduresUnusable
from yingda.identity import DemoAccount, create_administrator
from yingda.infra.database import DATABASE_DOWN, Tx
from yingda.infra.embedded import DatabaseFailed
from yingda.infra.logs import configure_logs
from yingda.infra.settings import Settings, SettingsInvalid, load_settings
from yingda.kit.errors import YingdaError
from yingda.privacy import Verdict, verify

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, help="应答 Yingda: customer service.")
admin = typer.Typer(no_args_is_help=True, help="Look after the deployment.")
shops = typer.Typer(no_args_is_help=True, help="Shops whose pages carry the widget.")
app.add_typer(admin, name="admin")
app.add_typer(shops, name="shop")
app.add_typer(language, name="language")
app.add_typer(commerce, name="commerce")
app.add_typer(knowledge, name="knowledge")
app.add_typer(privacy, name="privacy")
app.add_typer(procedures, name="procedures")

#: Where a demo keeps everything, unless told otherwise.
DEMO_DIR = Path("var/demo")

Port = Annotated[int | None, typer.Option(help="Port of the web process.")]
DataDir = Annotated[Path | None, typer.Option(help="Folder for database, files and secrets.")]

console = Console()


@app.command()
def demo(port: Port = None, data_dir: DataDir = None) -> None:
    """Start everything with the invented shop 琉璃美妆. Ctrl+C stops it; what happened is kept."""
    settings = _settings(port=port, data_dir=_demo_dir(data_dir), demo=True)
    _need_port(settings)
    process.run(settings, _demo)


@app.command()
def serve(port: Port = None, data_dir: DataDir = None) -> None:
    """Run one web process."""
    settings = _settings(port=port, data_dir=data_dir)
    _need_port(settings)
    process.run(settings, process.serve)


@app.command()
def worker(data_dir: DataDir = None) -> None:
    """Run one worker process: jobs and what web processes left behind."""
    process.run(_settings(data_dir=data_dir), process.work)


@app.command()
def migrate(data_dir: DataDir = None) -> None:
    """Bring the database to this version's schema."""
    process.run(_settings(data_dir=data_dir), _migrate)
    console.print("The database has this version's schema.")


@admin.command("create")
def admin_create(
    login: Annotated[str, typer.Argument(help="Name or e-mail to sign in with.")],
    name: Annotated[str, typer.Option(help="Name that colleagues and customers see.")] = "管理员",
    password: Annotated[str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True)] = "",
    data_dir: DataDir = None,
) -> None:
    """Create an administrator."""

    async def create(tx: Tx) -> None:
        await create_administrator(tx, login, name, password)

    process.run(_settings(data_dir=data_dir), _once(create))
    console.print(f"{login} can sign in as administrator.")


@admin.command("audit-verify")
def admin_audit_verify(
    kept_head: Annotated[str | None, typer.Option("--head", help="A head that an earlier run printed.")] = None,
    data_dir: DataDir = None,
) -> None:
    """Check that nobody has changed, removed or inserted anything in the audit trail.

    Keep the head that is printed outside the database: with --head a later run also finds a trail cut off or made anew.
    Exit code 1: the trail does not hold.
    """
    verdicts: list[Verdict] = []

    async def check(tx: Tx) -> None:
        verdicts.append(await verify(tx.conn, kept_head))

    process.run(_settings(data_dir=data_dir), _once(check))
    (verdict,) = verdicts
    if verdict.broken_at:
        typer.secho(f"The audit trail does not hold from entry {verdict.broken_at} on.", err=True, fg="red")
        raise SystemExit(1)
    typer.echo(f"{verdict.entries} entries hold. Head: {verdict.head}")


@shops.command("add")
def shop_add(
    code: Annotated[str, typer.Argument(help="Short code, as in yingda('init', {shop: 'code'}).")],
    name: Annotated[str, typer.Option(help="Name that customers see.")],
    greeting: Annotated[str, typer.Option(help="First words in Chinese.")] = "您好，请问有什么可以帮您？",
    greeting_en: Annotated[str, typer.Option(help="First words in English.")] = "Hello, how can we help you?",
    color: Annotated[str, typer.Option(help="Colour of the widget, #rrggbb.")] = "#b0476b",
    data_dir: DataDir = None,
) -> None:
    """Let a shop's pages carry the widget; prints the snippet and the secret that signs its customers' ids."""
    inbox = web.new_inbox(code, name, greeting, greeting_en, color)
    settings = _settings(data_dir=data_dir)

    async def add(tx: Tx) -> None:
        await web.add_shop(tx, inbox)

    process.run(settings, _once(add))
    url = process.address(settings)
    typer.echo(
        f"""Put this into the shop's pages:
<script>
  (function (w, d, s, u) {{
    w.yingda = w.yingda || function () {{ (w.yingda.q = w.yingda.q || []).push(arguments) }};
    var e = d.createElement(s); e.async = 1; e.src = u; d.head.appendChild(e);
  }})(window, document, 'script', '{url}/widget.js');
  yingda('init', {{ shop: '{inbox.shop}' }});
</script>
Identity secret, for the shop's server only: {inbox.identity_secret}"""
    )


@app.command()
def replay(
    file: Annotated[Path, typer.Argument(help="Old chats: tab-separated, columns session_id, from_agent, content.")],
    url: Annotated[str, typer.Option(help="Address of the running server.")] = "http://127.0.0.1:8000",
    shop: Annotated[str, typer.Option(help="Code of the shop to chat with.")] = SHOP_CODE,
    limit: Annotated[int | None, typer.Option(min=1, help="Play only so many chats.")] = None,
    rate: Annotated[float | None, typer.Option(min=0.01, help="Messages per second. Default: as answers come.")] = None,
    concurrency: Annotated[int, typer.Option(min=1, max=1000, help="Chats played at a time.")] = 16,
    timeout: Annotated[float, typer.Option(min=0.1, help="Longest wait for an answer, in seconds.")] = 30,
    api_key: Annotated[str | None, typer.Option(help="Key of a colleague who sees all chats, to read intents.")] = None,
    data_dir: Annotated[Path | None, typer.Option(help="A local demo's folder, to read intents without a key.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as one JSON object.")] = False,
) -> None:
    """Play the customers' side of old chats through a running server, and account for every message.

    Exit code 1: a message was refused, lost or not answered. 2: nothing could be played.
    """
    target = Target(
        url=url.rstrip("/"),
        shop=shop,
        rate=rate,
        concurrency=concurrency,
        patience=timeout,
        api_key=api_key,
        demo_accounts=_demo_dir(data_dir) / demo_data.ACCOUNTS,
    )
    try:
        report = play(file, target, limit=limit, as_json=as_json)
    except (ScriptUnusable, ReplayFailed) as error:
        _fail(str(error))
    if not report.flawless:
        raise SystemExit(1)


@app.command()
def simulate(
    script: Annotated[
        Path | None,
        typer.Option(help='Play these: a JSON object a line, {"id", "turns": […], "given": […]}. -: stdin.'),
    ] = None,
    customers: Annotated[int, typer.Option(min=1, help="Without a script: how many to generate.")] = 69,
    seed: Annotated[int, typer.Option(help="The same seed generates the same customers.")] = 1,
    url: Annotated[str | None, typer.Option(help="A running demo. Default: one of its own, gone afterwards.")] = None,
    concurrency: Annotated[int, typer.Option(min=1, max=1000, help="Customers played at a time.")] = 16,
    timeout: Annotated[float, typer.Option(min=0.1, help="Longest wait for an answer, in seconds.")] = 30,
    api_key: Annotated[str | None, typer.Option(help="Key of a colleague who sees all chats of that demo.")] = None,
    data_dir: Annotated[Path | None, typer.Option(help="That demo's folder, if it is here, instead of a key.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON: an object a line, or the report.")] = False,
) -> None:
    """Play customers against the demo shop, by a script or generated, and tell what came of it.

    Exit code 1: a line of the script could not be played, or something was done that no generated customer wanted.
    2: nothing could be played.
    """
    configure_logs("ERROR")
    accounts = _demo_dir(data_dir) / demo_data.ACCOUNTS
    stage = Stage(url=url.rstrip("/"), concurrency=concurrency, api_key=api_key, accounts=accounts) if url else None
    try:
        if script:
            flawless = play_script(script, stage, concurrency=concurrency, patience=timeout, as_json=as_json)
        else:
            flawless = play_generated(
                customers, seed, stage, concurrency=concurrency, patience=timeout, as_json=as_json
            )
    except (ScriptUnusable, ReplayFailed) as error:
        _fail(str(error))
    if not flawless:
        raise SystemExit(1)


@app.command()
def version() -> None:
    """Print the version."""
    console.print(__version__)


def main() -> None:
    """Run the command; what a user can mend is told in one line."""
    try:
        app()
    except (SettingsInvalid, DatabaseFailed, MappingUnreadable, PolicyUnreadable) as error:
        _fail(str(error))
    except ProceduresUnusable as error:
        _fail(f"the assistant's processes cannot be used:\n{error}")
    except YingdaError as error:
        _fail(f"{error.detail('en')} [{error.code}]\n        {error.detail('zh')}")
    except (*DATABASE_DOWN, asyncpg.InvalidAuthorizationSpecificationError, asyncpg.InvalidCatalogNameError) as error:
        _fail(f"the database cannot be used: {error}")


def _fail(text: str) -> NoReturn:
    typer.secho(f"yingda: {text}", err=True, fg="red")
    raise SystemExit(2)


def _settings(**overrides: object) -> Settings:
    return load_settings(**{name: value for name, value in overrides.items() if value is not None})


def _demo_dir(wanted: Path | None) -> Path:
    """The folder that an option or a setting names, else the demo's own."""
    settings = load_settings()
    return wanted or (settings.data_dir if "data_dir" in settings.model_fields_set else DEMO_DIR)


def _need_port(settings: Settings) -> None:
    """Refuse a port that another program has, before anything is started."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        socket.create_server((settings.host, settings.port), family=family).close()
    except OSError as error:
        _fail(f"port {settings.port} at {settings.host} cannot be used: {error.strerror}")


def _once(change: Callable[[Tx], Awaitable[object]]) -> Callable[[Settings], Awaitable[None]]:
    """One change of the database, in one transaction."""

    async def run(settings: Settings) -> None:
        async with process.opened(settings) as db, db.transaction() as tx:
            await change(tx)

    return run


async def _migrate(settings: Settings) -> None:
    async with process.database(settings):
        pass


async def _demo(settings: Settings) -> None:
    console.print("Starting. The first time, everything is prepared: about half a minute.")
    async with process.database(settings) as url:
        accounts = await demo_data.seed(url, settings)
        await demo_data.watch_parcels(url)
        await asyncio.to_thread(prepare_model, settings)  # else both processes would teach it
        supervisor = process.Supervisor(
            {"web": ["serve"], "worker": ["worker"]},
            {
                "YINGDA_DATABASE_URL": url,
                "YINGDA_DATA_DIR": str(settings.data_dir),
                "YINGDA_PORT": str(settings.port),
                "YINGDA_DEMO": "true",
                **demo_data.limits(settings),
            },
        )
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, supervisor.stop)
        announcing = asyncio.create_task(_announce(settings, accounts))
        await supervisor.run()
        announcing.cancel()
    console.print("Stopped. Everything is kept in", str(settings.data_dir))


async def _announce(settings: Settings, accounts: list[DemoAccount]) -> None:
    """Say where to look, once there is something to see."""
    url = process.address(settings)
    async with httpx.AsyncClient(trust_env=False) as client:
        while not await _is_ready(client, url):  # noqa: ASYNC110  another process gets ready; nothing signals it
            await asyncio.sleep(0.2)
    table = Table("login", "name", "role", "password", title="Demo accounts (invented people)")
    for account in accounts:
        table.add_row(account.login, account.display_name, account.role, account.password)
    console.print(table)
    console.print(f"\n琉璃美妆 (demo shop): [bold]{url}/[/bold]\nCtrl+C stops everything.")


async def _is_ready(client: httpx.AsyncClient, url: str) -> bool:
    try:
        return (await client.get(f"{url}/health/ready")).is_success
    except httpx.TransportError:
        return False
