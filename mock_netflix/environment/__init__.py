"""The variables by which an unchanged client finds the mock: `variables.py` has them, `shells.py` writes them.

`trust.py` makes the file by which Java trusts the mock, `node.cjs` is what Node reads before a program.
"""
