"""Words of English that no category and no item of a list of examples has."""

from typing import Final

# Words in the plural that say nothing of what they stand for or measure it, and words in -s that are no plural.
NO_CATEGORIES: Final = frozenset((
    "things", "others", "ones", "ways", "cases", "examples", "does", "was", "has", "is", "its", "this", "his",
    "process", "access", "business", "class", "series", "basis", "analysis", "status", "always", "news",
    "kinds", "types", "sorts", "parts", "needs", "uses", "times", "focus", "bus", "address", "success",
    "progress", "across", "virus", "loss", "less", "census", "congress", "terms", "towards",
    "years", "months", "weeks", "days", "hours", "decades", "phases", "stages",
))  # fmt: skip
# A stretch with one of these is a piece of a sentence and no name of a thing, or leaves the list open.
NO_ITEMS: Final = frozenset((
    "and", "or", "in", "to", "for", "that", "which", "who", "is", "are", "was", "were", "be", "been", "by",
    "from", "with", "on", "at", "as", "when", "where", "while", "if", "it", "they", "he", "she", "we", "you",
    "others", "other", "more", "etc", "this", "these", "those", "their", "its", "his", "her", "your", "our",
    "have", "has", "had", "can", "will", "not", "but", "so", "than", "then", "even", "also", "into", "using",
    "how", "whether", "what", "one", "any", "some", "all", "many", "such", "including", "both", "either",
    "respectively", "too", "only", "between", "through", "over", "under", "without", "within", "during",
    "after", "before", "because", "like", "there", "out", "up", "mentioned",
    "described", "listed", "shown", "above", "below",
))  # fmt: skip
# Other ways to give examples: where one of them stands too, the list is not all that the passage names.
OTHER_SIGNS: Final = (
    "including", "include", "for example", "for instance", "e.g.", " like ", "such as", "etc.", "namely",
)  # fmt: skip
# Words that stand before a noun and say nothing of its kind.
NO_MODIFIERS: Final = frozenset((
    "other", "some", "many", "various", "these", "those", "all", "its", "their", "the", "such", "different", "several",
    "our", "your", "his", "her", "any", "more", "few", "two", "three", "four", "most", "both", "certain", "specific",
    "particular", "additional", "similar", "further", "new", "key", "numerous", "multiple", "common", "existing",
))  # fmt: skip
