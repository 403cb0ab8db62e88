""" "The group" means the armed group that was named last; a group of visitors means none."""

from pipelines.coding.actors import ActorFinder, ActorMention, add_references

FINDER = ActorFinder()


def _actors(before: str, sentence: str) -> list[ActorMention]:
    article = f"{before} {sentence}"
    named = FINDER.find_groups(article, article.lower())
    start = len(before) + 1
    return add_references(FINDER.find(sentence, sentence.lower()), sentence, start, article, named)


def test_the_group_is_the_armed_group_named_last() -> None:
    (troops, group) = _actors("Al Shabaab shelled the town.", "Somali troops attacked the group on Monday.")
    assert troops.is_state
    assert [g.name for g in group.groups] == ["Al Shabaab"]
    assert group.text == "the group"


def test_them_after_against_is_that_group_too() -> None:
    found = _actors("Al Shabaab shelled the town.", "The army launched an offensive against them.")
    assert [g.name for a in found for g in a.groups] == ["Al Shabaab"]


def test_a_group_of_people_named_in_between_is_no_armed_group() -> None:
    found = _actors(
        "Al Shabaab is active there.", "A group of tourists went by bus, and the group was stopped."
    )
    assert not any(a.groups for a in found)


def test_without_a_named_group_nothing_is_added() -> None:
    sentence = "The army attacked the group."
    assert add_references(FINDER.find(sentence, sentence.lower()), sentence, 0, sentence, []) == FINDER.find(
        sentence, sentence.lower()
    )
