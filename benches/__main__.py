"""`python -m benches [NAME …]`: measure everything, or what is named, and print the figures."""

import importlib
import sys

from benches.figures import show

# In the order of a reader's questions; each is a module with `run() -> list[Figure]`.
BENCHES = ("coder", "pipeline", "validation", "queries")


def main(names: list[str]) -> None:
    """Runs the benches one after another: two at a time would measure each other."""
    for name in names or BENCHES:
        module = importlib.import_module(f"benches.bench_{name}")
        show(name, module.run())


if __name__ == "__main__":
    main(sys.argv[1:])
