"""The words of English dates, and the regular expressions that are put together from them."""

MONTHS = {
    "january": 1, "jan": 1, "february": 2, "feb": 2, "march": 3, "mar": 3, "april": 4, "apr": 4, "may": 5,
    "june": 6, "jun": 6, "july": 7, "jul": 7, "august": 8, "aug": 8, "september": 9, "sept": 9, "sep": 9,
    "october": 10, "oct": 10, "november": 11, "nov": 11, "december": 12, "dec": 12,
}  # fmt: skip
WEEKDAYS = {
    "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6,
    "mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6,
}  # fmt: skip
SMALL_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "couple of": 2, "a couple of": 2, "few": 3, "a few": 3,
    "several": 3, "": 1,
}  # fmt: skip

MONTH = (
    r"(?:jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may\.?|june?\.?|july?\.?|aug(?:ust|\.)?"
    r"|sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)(?![a-z])"
)
LONG_MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
WEEKDAY = r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
SHORT_WEEKDAY = r"(?:mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)\.?"
ANY_WEEKDAY = rf"(?:{WEEKDAY}|{SHORT_WEEKDAY})(?![a-z])"
DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?![\d%]|[.,]\d)"
YEAR = r"(?:1[89]|20)\d\d(?!\d)"
# two digits are a year only straight after a month ("6 NOV 89"), and not before a unit, a count or a time
SHORT_YEAR = (
    r"['’]?\d\d(?![\d:.,%]|\s*(?:am|pm|a\.m|p\.m|people|percent|per|of|killed|dead|injured|wounded|were))"
)
PART = r"(?:early|late|mid|pre-dawn|dawn|morning|noon|midday|afternoon|evening|night|midnight|nightfall|dusk)"
SMALL = r"(?:\d{1,2}|a\s+couple\s+of|a\s+few|few|several|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"


def small_number(word: str) -> int:
    """The value of a small number in digits or words ("two", "a couple of"); raises KeyError for another word."""
    plain = " ".join(word.lower().split())
    return int(plain) if plain.isdigit() else SMALL_NUMBERS[plain]


def month_of(word: str) -> int:
    """1 to 12 for a month's name or abbreviation, with or without its dot."""
    return MONTHS[word.lower().rstrip(".")]


def weekday_of(word: str) -> int:
    """0 (Monday) to 6 for a weekday's name or abbreviation."""
    return WEEKDAYS[word.lower().rstrip(".")]
