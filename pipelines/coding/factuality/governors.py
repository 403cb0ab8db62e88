"""The words that govern factuality, by form: what a demand, a plan, a fear, a denial or a report makes of its content."""

from functools import cache

from pipelines.coding.lexicon import noun_forms, read_rows, split_words, verb_forms

FACTIVE = "factive"
ATTRIBUTED = "attributed"

MODALS = {
    "will": "planned", "'ll": "planned", "wo": "planned", "shall": "planned", "would": "hypothetical",
    "'d": "hypothetical", "could": "hypothetical", "may": "hypothetical", "might": "hypothetical",
    "should": "demanded", "must": "demanded", "can": "hypothetical", "ought": "demanded", "ca": "hypothetical",
}  # fmt: skip
CONDITIONS = {
    "if": "conditional", "unless": "conditional", "whether": "hypothetical", "lest": "feared", "until": "hypothetical",
    "provided": "conditional", "before": "", "until then": "",
}  # fmt: skip


@cache
def governors() -> dict[tuple[str, str], str]:
    """(form, "v"|"n"|"a") to factuality; a form under several keeps the first of the file."""
    table: dict[tuple[str, str], str] = {}
    for row in read_rows("english/governors.tsv"):
        for lemma in split_words(row["words"]):
            for form in _forms(lemma, row["pos"]):
                table.setdefault((form, row["pos"]), row["factuality"])
    return table


def _forms(lemma: str, pos: str) -> set[str]:
    if pos == "v":
        return verb_forms(lemma)
    return noun_forms(lemma) if pos == "n" else {lemma}
