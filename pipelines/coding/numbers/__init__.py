"""Numbers: what a sentence counts, and how many people were killed, hurt, abducted, arrested or present.

    parse_number_words(text)              "twenty-one" -> 21, "two dozen" -> 24; None for other words
    find_counts(text, offset)             every count of a sentence (never ages, dates, money, distances)
    find_casualties(text, offset)         figures of killed, injured, abducted, arrested, participants
    sum_up(casualties, harm)              one Toll from a sentence's figures: parts left out, sides added

Knows English; knows nothing of events. Pure functions.
"""
