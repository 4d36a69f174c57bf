import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from selectolax.lexbor import LexborHTMLParser

from etl.report.page import MAX_TEXT_CHARS, render_page


def page(report):
    return LexborHTMLParser(render_page(report))


def text_of(tree, selector):
    return [" ".join(node.text().split()) for node in tree.css(selector)]


def test_a_page_is_self_contained(make_report):
    html = render_page(make_report())
    tree = LexborHTMLParser(html)
    policy = tree.css_first('meta[http-equiv="Content-Security-Policy"]').attributes["content"]
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert tree.css("script, link, img, iframe, object, embed, form, base, [src], [style]") == []
    assert "url(" not in html and "@import" not in html


def test_a_page_tells_the_run_its_stages_pairs_mixture_and_outputs(make_report):
    tree = page(make_report())
    assert text_of(tree, "h1") == ["run-1done"]
    assert text_of(tree, ".headlines li") == [
        "12,345records read",
        "1,000pairs admitted",
        "1,200rows in the mixture",
        "4.980%of train tokens are instructions; planned 5.000%",
    ]
    rows = text_of(tree, "tbody tr")
    for row in (
        "ingestrecords 12,345 12,300 45 0 21.4 s 40 bad_json 5 too_long",
        "faqquestion_answering 900 10 0.980",
        "all sourcesinstruction 5.000%4.980% −0.020 200 4,980 tokens–",
        "pairs/lake/pairs",
        "webversion 17",
        "pyspark3.5.8",
    ):
        assert row in rows
    assert text_of(tree, "pre") == ["run: seed: 42"]


def test_variety_tells_entropy_evenness_and_the_largest_shares(make_report):
    rows = text_of(page(make_report()), "section[aria-labelledby=variety] tbody tr")
    assert rows == ["source 2 1.00 1.00 web 50.00%, wiki 50.00%", "template_id 1 0.00 1.00 none 100.00%"]
    assert page(make_report(variety=())).css_first("#variety") is None


def test_pairs_of_templates_have_a_table_of_their_own(make_report, filled):
    section = page(make_report(filled=filled)).css("section[aria-labelledby=variety] table")
    assert [table.css_first("caption").text().split(";")[0] for table in section] == [
        "How the admitted pairs spread", "How the pairs of templates spread",
    ]  # fmt: skip
    assert text_of(section[1], "tbody tr") == [
        "slots 2 0.81 0.81 2 75.00%, 1 25.00%", "filler 9 3.00 0.95 country/PE 12.00%",
    ]  # fmt: skip


def test_bars_of_a_stage_are_shares_of_what_came_in(make_report):
    bars = page(make_report(stages=make_report().stages[1:])).css(".funnel svg rect")
    drawn = [(bar.attributes["class"], bar.attributes.get("x"), bar.attributes["width"]) for bar in bars]
    assert drawn == [
        ("track", None, "100%"),
        ("kept", None, "60.000%"),
        ("lost", "60.000%", "0.000%"),
        ("left", "60.000%", "40.000%"),
    ]


def test_bars_of_the_mixture_share_one_scale_a_stream(make_report):
    row = make_report().mixture[1]
    rows = [row, replace(row, source="web", planned=0.05, achieved=0.025)]
    widths = [bar.attributes["width"] for bar in page(make_report(mixture=rows)).css(".split rect")]
    assert widths == ["100.000%", "99.600%", "100.000%", "50.000%"]


def test_warnings_stand_above_everything_and_their_absence_is_told(make_report):
    tree = page(make_report(warnings=["Rule faq is on, but yielded nothing."]))
    assert text_of(tree, ".warnings li") == ["Rule faq is on, but yielded nothing."]
    assert text_of(tree, "h2")[0] == "1 warning"
    assert page(make_report()).css(".warnings") == []
    assert len(page(make_report()).css(".calm")) == 1


def test_an_account_that_does_not_close_is_marked(make_report):
    tree = page(make_report(stages=[replace(make_report().stages[0], rows_in=12_346)]))
    assert text_of(tree, "td .off") == ["does not close by 1"]


def test_evidence_is_marked_in_the_excerpt(make_report):
    tree = page(make_report())
    assert text_of(tree, "blockquote mark") == ["What is a lake?", "Water."]
    assert text_of(tree, "blockquote") == ["What is a lake? Water. More."]


HOSTILE = "</pre></style><script>alert(1)</script><img src=x onerror='alert(2)'>\" onload=\"x"


@pytest.mark.parametrize(
    "part",
    [
        "title",
        "url",
        "instruction",
        "response",
        "excerpt",
        "lang",
        "source",
        "rule",
        "family",
        "pair_id",
        "doc_id",
    ],
)
def test_hostile_text_in_a_pair_stays_text(make_report, part):
    pair = replace(
        make_report().samples[0],
        **{"highlights": [], part: HOSTILE, **({"title": ""} if part == "url" else {})},
    )
    assert_harmless(render_page(make_report(samples=[pair])))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda whole: {"warnings": [HOSTILE]},
        lambda whole: {"outputs": {HOSTILE: HOSTILE}},
        lambda whole: {"families": {HOSTILE: 1}},
        lambda whole: {"rules": [replace(whole.rules[0], rule=HOSTILE, family=HOSTILE)]},
        lambda whole: {"stages": [replace(whole.stages[0], stage=HOSTILE, unit=HOSTILE, reasons={HOSTILE: 1})]},
        lambda whole: {
            "mixture": [replace(whole.mixture[0], split=HOSTILE, source=HOSTILE, stream=HOSTILE, fallback=HOSTILE)]
        },
        lambda whole: {
            "run": replace(whole.run, run_id=HOSTILE, status=HOSTILE, config_yaml=HOSTILE, code_version=HOSTILE)
        },
    ],
    ids=["warnings", "outputs", "families", "rules", "stages", "mixture", "run"],
)
def test_hostile_text_anywhere_else_stays_text(make_report, spoil):
    assert_harmless(render_page(make_report(**spoil(make_report()))))


def assert_harmless(html):
    tree = LexborHTMLParser(html)
    assert tree.css("script, img, [onload], [onerror]") == []
    assert len(tree.css("style")) == 1
    assert "alert(1)" in tree.html


@pytest.mark.parametrize(
    ("url", "is_link"),
    [
        ("https://example.org/a?b=1&c=2", True),
        ("HTTP://example.org", True),
        ("javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        (" https://example.org", False),
        ("https://example.org/\nx", False),
        ("https://example.org\n", False),
        ("data:text/html,<script>alert(1)</script>", False),
        ("//example.org", False),
        ("https://" + "x" * 3000, False),
        ("", False),
    ],
)
def test_only_plain_web_addresses_become_links(make_report, url, is_link):
    links = page(make_report(samples=[replace(make_report().samples[0], url=url)])).css("a")
    assert [link.attributes["href"] for link in links] == ([url] if is_link else [])
    assert all(link.attributes["rel"] == "noopener noreferrer nofollow" for link in links)


def test_a_long_text_is_cut_and_tells_its_length(make_report):
    html = render_page(make_report(samples=[replace(make_report().samples[0], response="ab" * 10_000)]))
    [response] = LexborHTMLParser(html).css(".text:not(.request)")
    assert response.text() == "ab" * (MAX_TEXT_CHARS // 2) + "… (20,000 characters)"


def test_a_long_title_is_cut_too(make_report):
    pair = replace(make_report().samples[0], title="x" * 1_000_000)
    assert len(render_page(make_report(samples=[pair]))) < 100_000


def test_a_page_can_always_be_written_as_utf_8_and_hides_nothing(make_report):
    pair = replace(make_report().samples[0], instruction="a\ud800b\x00c\x1bd\u202ee\tf\n数")
    html = render_page(make_report(samples=[pair]))
    html.encode("utf-8")
    assert "a\ufffdb\ufffdc\ufffdd\ufffde\tf\n数" in html


def test_a_page_of_an_empty_run_can_be_drawn(make_report):
    run = replace(make_report().run, ended_at=None, package_versions={}, input_versions=[])
    empty = make_report(run=run, stages=[], rules=[], families={}, mixture=[], samples=[], outputs={})
    assert "still running" in render_page(empty)


def test_the_markup_is_balanced(make_report):
    void = {"meta", "rect"}
    open_tags: list[str] = []

    class Balance(HTMLParser):
        def handle_starttag(self, tag, attrs):
            if tag not in void:
                open_tags.append(tag)

        def handle_startendtag(self, tag, attrs):
            assert tag in void

        def handle_endtag(self, tag):
            assert open_tags.pop() == tag

    Balance().feed(render_page(make_report(warnings=["x"])))
    assert open_tags == []


def test_every_table_has_a_caption_and_every_id_is_unique(make_report):
    tree = page(make_report(samples=make_report().samples * 2, warnings=["x"]))
    assert all(table.css_first("caption") is not None for table in tree.css("table"))
    ids = [node.attributes["id"] for node in tree.css("[id]")]
    assert len(ids) == len(set(ids))
    assert {node.attributes["aria-labelledby"] for node in tree.css("[aria-labelledby]")} <= set(ids)


def luminance(color):
    channels = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "paper"),
    [
        *[(ink, paper) for ink in ("ink", "soft", "link", "bad") for paper in ("paper", "card")],
        ("kept", "paper"),
        ("warn-ink", "warn"),
        ("mark-ink", "mark"),
    ],
)
def test_text_stands_out_from_its_ground(make_report, scheme, ink, paper):
    blocks = re.findall(r":root \{(.*?)\}", render_page(make_report()), re.DOTALL)
    colors = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", blocks[scheme]))
    low, high = sorted((luminance(colors[ink]), luminance(colors[paper])))
    assert (high + 0.05) / (low + 0.05) >= 4.5
