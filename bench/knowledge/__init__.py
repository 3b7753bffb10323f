"""How well and how fast questions are answered from what the shop knows: see docs/knowledge.md."""
