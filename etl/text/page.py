"""What is decided once a whole page is read: what of its chrome is left out, and what its title is."""

from collections.abc import Sequence
from itertools import groupby

from etl.text.blocks import CHROME as CHROME_KIND
from etl.text.blocks import HEADING, LINK
from etl.text.chrome import CHROME
from etl.text.drafts import Draft

# So many short blocks in a row, or in one list, that are nothing but links are a menu.
_MIN_MENU = 8
_MAX_LINK = 200
# A list with so many links among its blocks is a menu, with the names of its parts.
_MIN_LINKS = 0.7
# Chrome that holds more than this share of the visible text was the main content, unless it is mostly links.
_MAX_SHARE = 0.5
# A page that is hardly anything but links is a list of links.
_MIN_BESIDE_MENUS = 0.1
# Content that is less than this share of the visible text is not worth the page: its chrome is kept.
_MIN_CONTENT = 0.03
_TITLE_GAPS = (" - ", " | ", " – ", " — ", " :: ", " : ", " · ", " » ", " « ", "｜", " • ")


def settle_chrome(drafts: Sequence[Draft], regions: Sequence[int], *, keep_chrome: bool) -> tuple[list[Draft], int]:
    """Return the drafts that stay, and how many code points of page chrome were left out.

    Args:
        drafts: All drafts of a page; `region` says which of `regions` a draft stands in.
        regions: Of each region `CHROME` or `CHROME_BY_NAME`.
        keep_chrome: Keep page chrome as drafts of kind ``chrome``.
    """
    flags = _flag(drafts, regions)
    if not any(flags):
        return list(drafts), 0
    if keep_chrome:
        return [Draft(CHROME_KIND, draft.text) if flag else draft for draft, flag in zip(drafts, flags, strict=True)], 0
    kept = [draft for draft, flag in zip(drafts, flags, strict=True) if not flag]
    return kept, sum(len(draft.text) for draft, flag in zip(drafts, flags, strict=True) if flag)


def settle_title(stated: str | None, drafts: Sequence[Draft]) -> str | None:
    """Return the title of a document, less the name of the site where its first heading lacks it.

    >>> settle_title("Why? - Site", [Draft("heading", "Why?", 1)])
    'Why?'
    """
    first = next((draft.text for draft in drafts if draft.kind == HEADING and draft.level == 1), None)
    if not stated:
        return first
    if first and stated.startswith(first) and stated[len(first) :].startswith(_TITLE_GAPS):
        return first
    return stated


def _flag(drafts: Sequence[Draft], regions: Sequence[int]) -> list[bool]:
    total = sum(len(draft.text) for draft in drafts)
    is_chrome = _judge_regions(drafts, regions, total)
    in_regions = [is_chrome[draft.region] for draft in drafts]
    _keep_only_heading(drafts, in_regions)
    flags = in_regions.copy()
    _add_menus(drafts, flags)
    if _share_kept(drafts, flags, total) >= _MIN_BESIDE_MENUS:
        return flags
    if _share_kept(drafts, in_regions, total) >= _MIN_CONTENT:
        return in_regions
    by_element = [draft.region > 0 and regions[draft.region - 1] == CHROME for draft in drafts]
    if _share_kept(drafts, by_element, total) >= _MIN_CONTENT:
        return by_element
    return [False] * len(drafts)


def _judge_regions(drafts: Sequence[Draft], regions: Sequence[int], total: int) -> list[bool]:
    n_chars = [0] * (len(regions) + 1)
    n_links = [0] * (len(regions) + 1)
    for draft in drafts:
        n_chars[draft.region] += len(draft.text)
        if draft.mark == LINK:
            n_links[draft.region] += len(draft.text)
    return [False] + [
        kind == CHROME or n_chars[at] <= _MAX_SHARE * total or n_links[at] > _MAX_SHARE * n_chars[at]
        for at, kind in enumerate(regions, start=1)
    ]


def _keep_only_heading(drafts: Sequence[Draft], flags: list[bool]) -> None:
    headings = [at for at, draft in enumerate(drafts) if draft.kind == HEADING and draft.level == 1]
    if headings and all(flags[at] for at in headings):
        flags[headings[0]] = False


def _add_menus(drafts: Sequence[Draft], flags: list[bool]) -> None:
    start = 0
    for (_, list_id, is_link), group in groupby(drafts, _menu_key):
        n_drafts = n_links = 0
        for draft in group:
            n_drafts += 1
            n_links += _is_short_link(draft)
        if n_links >= _MIN_MENU and n_links >= _MIN_LINKS * n_drafts and (list_id or is_link):
            flags[start : start + n_drafts] = [True] * n_drafts
        start += n_drafts


def _menu_key(draft: Draft) -> tuple[int, int, bool]:
    # A list is judged as a whole, for the chapters of a table of contents need not be links; elsewhere links
    # count as a menu only where nothing stands between them.
    return draft.region, draft.list_id, not draft.list_id and _is_short_link(draft)


def _is_short_link(draft: Draft) -> bool:
    return draft.mark == LINK and len(draft.text) <= _MAX_LINK


def _share_kept(drafts: Sequence[Draft], flags: Sequence[bool], total: int) -> float:
    kept = sum(len(draft.text) for draft, flag in zip(drafts, flags, strict=True) if not flag)
    return kept / total if total else 1.0
