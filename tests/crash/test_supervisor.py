"""When the command itself is killed, nothing of it goes on unwatched, and the next one takes everything up."""

from pathlib import Path

import httpx
import psutil
import pytest

from tests.crash.load import THANKS, Customer
from tests.crash.system import PATIENCE, Demo, free_port, launched
from tests.factories import Visitor

pytestmark = pytest.mark.crash


async def test_after_a_killed_supervisor_the_next_one_goes_on_with_the_same_data(home: Path) -> None:
    port = free_port()
    command = ("demo", "--port", str(port), "--data-dir", str(home))
    with launched(home / "first.log", *command) as first:
        demo = Demo(first, home, port)
        await demo.restored()
        parts = await demo.parts()
        async with httpx.AsyncClient(base_url=demo.url, trust_env=False) as http:
            visitor = await Visitor.open(http)
            answers = await visitor.ask(THANKS)
        first.kill()
        _, alive = psutil.wait_procs([parts["web"], parts["worker"]], PATIENCE)
        assert alive == []

        with launched(home / "second.log", *command) as second:
            demo = Demo(second, home, port)
            await demo.restored()
            async with httpx.AsyncClient(base_url=demo.url, trust_env=False) as http:
                returned = await Visitor.open(http, token=visitor.session["token"])
                assert returned.session["messages"][1:] == answers
                customer = Customer(http, returned)
                await customer.answered(await customer.send())
            assert second.errors() == []
    assert not home.joinpath("postgres", "postmaster.pid").exists(), "the adopted database is stopped too"
