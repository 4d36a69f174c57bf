"""Page chrome: what is left out, and what never is."""

from collections.abc import Callable

import pytest

from etl.text.parse import parse

Rows = Callable[..., list[tuple[str, str]]]
BODY = "<p>" + "The text of the page, which goes on for a while. " * 3 + "</p>"


@pytest.mark.parametrize(
    "chrome",
    [
        "<nav>chrome</nav>",
        "<header>chrome</header>",
        "<aside>chrome</aside>",
        "<div role=navigation>chrome</div>",
        "<div class='site-footer'>chrome</div>",
        "<div id=cookieBanner>chrome</div>",
        "<ul class='main breadcrumb'><li>chrome</ul>",
        "<ul>" + "<li><a href=x>chrome</a>" * 8 + "</ul>",
    ],
)
def test_page_chrome_is_left_out_and_counted(chrome: str) -> None:
    parsed = parse(chrome + BODY, "html")
    assert "chrome" not in parsed.text
    assert parsed.n_chrome > 0


@pytest.mark.parametrize(
    "content",
    [
        "<article><header>content</header></article>",
        "<article><aside>content</aside></article>",
        "<div class='has-sidebar'>content</div>",
        "<div class='navigate'>content</div>",
        "<div class='menu-wrapper'>content</div>",
        "<ul><li><a href=x>content</a><li><a href=x>two</a></ul>",
        "<div class=accordion-panel hidden>content</div>",
        "<div role=region aria-labelledby=q hidden>content</div>",
    ],
)
def test_content_that_only_resembles_chrome_stays(content: str) -> None:
    parsed = parse(content + BODY, "html")
    assert "content" in parsed.text
    assert parsed.n_chrome == 0


@pytest.mark.parametrize(
    "hidden",
    [
        "<p hidden>no</p>",
        "<div style='display: none'>no</div>",
        "<i aria-hidden=true>no</i>",
        "<template>no</template>",
    ],
)
def test_what_a_page_never_shows_is_left_out_and_not_counted(hidden: str) -> None:
    parsed = parse(BODY + hidden, "html")
    assert "no" not in parsed.text.split()
    assert parsed.n_chrome == 0


def test_chrome_can_be_kept_as_blocks_of_its_kind(rows: Rows) -> None:
    assert rows("<nav>Home</nav><p>text", "html", keep_chrome=True) == [("chrome", "Home"), ("paragraph", "text")]


def test_a_page_that_is_all_chrome_keeps_it() -> None:
    assert parse("<nav><p>The whole page stands in here.</nav>", "html").text == "The whole page stands in here."


def test_a_page_that_is_a_list_of_links_keeps_it() -> None:
    page = "<h1>Links</h1><ul>" + "<li><a href=x>a link to some place</a>" * 20 + "</ul>"
    assert len(parse(page, "html").blocks) == 21


def test_a_main_element_within_what_a_name_calls_chrome_is_content() -> None:
    assert parse(BODY + "<div class=sidebar><main>content</main></div>", "html").text.endswith("content")


def test_text_that_a_name_calls_chrome_is_content_where_it_is_most_of_the_page() -> None:
    assert "goes on" in parse(f"<p>short</p><div class=menu>{BODY}</div>", "html").text


def test_the_only_first_heading_of_a_page_stays_though_it_stands_in_the_header(rows: Rows) -> None:
    assert rows("<header><h1>Name</h1>chrome</header>" + BODY, "html")[0] == ("heading", "Name")
