"""`python -m yingda` is the command `yingda`."""

from yingda.app.cli import main

main()
