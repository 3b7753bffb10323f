"""Makes `.venv` and puts the locked packages into it. Standard library only: nothing is installed yet when it runs.

`run` brings what the product and its web build need; `dev` brings everything.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

HOME = Path(".venv")
PYTHON = HOME / "bin" / "python"
UV = HOME / "bin" / "uv"
GROUPS = {
    "run": ["--inexact", "--no-default-groups", "--group", "web", "--extra", "encoder", "--extra", "photos"],
    "dev": ["--all-groups", "--all-extras"],
}


def create() -> None:
    """An environment with uv in it, whatever of both is missing."""
    if not PYTHON.exists():
        _need_ensurepip()
        subprocess.run([sys.executable, "-m", "venv", str(HOME)], check=True)
    if not UV.exists():
        pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "uv>=0.9,<1"]
        subprocess.run(pip, check=True)


def _need_ensurepip() -> None:
    """Debian ships Python without it."""
    if importlib.util.find_spec("ensurepip"):
        return
    if os.geteuid() or not shutil.which("apt-get"):
        sys.exit("This Python cannot make environments. On Debian and Ubuntu: apt install python3-venv")
    subprocess.run(["apt-get", "update", "-qq"], check=True)
    subprocess.run(["apt-get", "install", "-y", "-qq", "python3-venv"], check=True)


def sync(what: str) -> None:
    """The packages of the lock file, nothing newer; refused when it does not fit pyproject.toml."""
    settings = {"UV_PYTHON_DOWNLOADS": "never", "UV_PROJECT_ENVIRONMENT": str(HOME)}
    command = [str(UV), "sync", "--locked", "--no-progress", "--compile-bytecode", *GROUPS[what]]
    subprocess.run(command, check=True, env={**os.environ, **settings})


if __name__ == "__main__":
    try:
        create()
        sync(sys.argv[1])
    except subprocess.CalledProcessError as error:
        sys.exit(f"Failed: {' '.join(map(str, error.cmd))}")
