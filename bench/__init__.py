"""Benchmarks: each measures one promise of the design against a limit or a peer in the same run.

python -m bench.run [NAME …] [--quick] [--json FILE]
"""
