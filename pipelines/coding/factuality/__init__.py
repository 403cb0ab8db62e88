"""Factuality: whether the text says that a thing happened, and who says so.

    judge(token)      factuality and attribution of a trigger word, from the words that govern it

Knows English grammar as the parser gives it; knows nothing of actors or places.
"""

from pipelines.coding.factuality.judge import Verdict, judge

__all__ = ["Verdict", "judge"]
