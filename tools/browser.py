"""Finds the browser for the browser tests; run as a program, installs Debian's Chromium and Chinese font where missing.

`CHROMIUM` names another one.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("google-chrome", "google-chrome-stable", "chromium", "chromium-browser")
PACKAGES = ("chromium", "fonts-noto-cjk")
FONTS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".fonts")
#: It may run as root, without a graphics card, and shall not talk to its maker.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
MISSING = (
    "No browser for the browser tests. Install Chrome or Chromium (on Debian: apt install chromium fonts-noto-cjk) "
    "or name one by CHROMIUM=/path/to/chrome."
)


def find() -> str | None:
    """The path of an installed Chrome or Chromium."""
    candidates = (os.environ["CHROMIUM"],) if os.environ.get("CHROMIUM") else NAMES
    return next((path for name in candidates if (path := shutil.which(name))), None)


def has_font() -> bool:
    """Whether pages, and the labels that tests photograph, can be written in Chinese."""
    return any(folder.is_dir() and any(folder.rglob("NotoSansCJK-*")) for folder in FONTS)


def install() -> None:
    """Debian's packages, when we may."""
    if os.environ.get("CHROMIUM") or os.geteuid() or not shutil.which("apt-get"):
        sys.exit(MISSING)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    apt = ["apt-get", "-qq", "-o", "Dpkg::Use-Pty=0"]
    subprocess.run([*apt, "update"], check=True, env=environment)
    subprocess.run([*apt, "install", "-y", "--no-install-recommends", *PACKAGES], check=True, env=environment)


if __name__ == "__main__":
    if not find() or not has_font():
        install()
    print(find() or sys.exit(MISSING))
