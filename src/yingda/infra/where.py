"""Conditions with numbered parameters."""

from typing import Any


class Where:
    """Conditions with numbered parameters; no value ever enters the SQL text."""

    def __init__(self) -> None:
        self._conditions: list[str] = []
        self.arguments: list[Any] = []

    def place(self, argument: Any) -> str:
        self.arguments.append(argument)
        return f"${len(self.arguments)}"

    def add(self, condition: str, *arguments: Any) -> None:
        self._conditions.append(condition.format(*[self.place(argument) for argument in arguments]))

    def __str__(self) -> str:
        return " AND ".join(f"({condition})" for condition in self._conditions) or "true"
