"""The page: whole by itself, readable by everybody, the same bytes. axe runs where Chromium and axe are there."""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
from matplotlib.figure import Figure

from pipeline.core.workspace import Workspace
from pipeline.report import bundle, page
from pipeline.report.claims.judged import Judged
from pipeline.report.disclosure import not_of_people
from pipeline.report.texts import Texts
from pipeline.report.word.content import Content, Sheet

ALT = "Käyntejä on <yhdeksän> & enemmän."
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
#: axe.min.js of the axe-core project; name its place to have the page checked.
AXE = Path(os.environ.get("AXE_JS", ""))


def claim(key, verdict, published=True):
    texts = {code: f"{key} {code} <b>" for code in ("fi", "sv", "en")}
    return Judged(key, published, verdict, texts, texts, [], [])


CLAIMS = [claim("a", "holds"), claim("b", "too_uncertain"), claim("c", "not_from_this_design", published=False)]


def content(language="fi"):
    wide = Sheet("Leveä", [f"sarake {i}" for i in range(12)], [["pitkäsanaisuus"] * 12] * 3, "Huomautus.", [1, 2])
    lists = {"summary": ["Listoilla oli 545 ihmistä."], "limits": ["Ei vertailua."], "methods": ["Wilson."]}
    return Content(
        language,
        "Hanke & muut: loppuraportti",
        tables={"wide": wide, "events": replace(wide, title="Toinen")},
        lists=lists,
    )


@pytest.fixture
def workspace(tmp_path):
    import pandas as pd

    place = Workspace.at(tmp_path)
    drawing = Figure(figsize=(4, 2))
    drawing.add_subplot().bar([0, 1], [2, 3])
    rows = pd.DataFrame({"outcome": ["reach"], "term": ["=1+1"], "n": [9], "estimate": [0.5], "secret": ["x"]})
    for name in ("reach", "themes"):
        said = {code: Texts(f"{name} {code}", "n = 9.", ALT) for code in ("fi", "sv", "en")}
        bundle.save(drawing, place, name, texts=said, data=not_of_people(rows), sources=["estimates"], language="fi")
    return place


class Outline(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.tags, self.ids, self.links, self.headings = [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        own = dict(attributes)
        self.tags.append((tag, own))
        self.ids += [own["id"]] if "id" in own else []
        self.links += [own["href"]] if "href" in own else []
        self.headings += [int(tag[1])] if re.fullmatch("h[1-6]", tag) else []


def made(workspace, language="fi"):
    return page.write(workspace, content(language), CLAIMS).read_text("utf-8")


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_landmarks_headings_names_and_links(workspace, language):
    outline = Outline(made(workspace, language))
    tags = [tag for tag, _ in outline.tags]
    assert dict(outline.tags)["html"]["lang"] == language
    assert [tags.count(tag) for tag in ("main", "header", "nav", "h1")] == [1, 1, 1, 1]
    assert all(after <= before + 1 for before, after in zip(outline.headings, outline.headings[1:], strict=False))
    assert len(outline.ids) == len(set(outline.ids))
    assert {link.removeprefix("#") for link in outline.links} <= set(outline.ids)
    assert all(own.get("alt") for tag, own in outline.tags if tag == "img")
    assert all(own.get("scope") == "col" for tag, own in outline.tags if tag == "th")
    assert tags.count("table") == tags.count("caption") and tags.count("figure") == tags.count("figcaption") == 2
    scrolling = [own for _, own in outline.tags if own.get("class") == "wide"]
    assert scrolling and all(
        own["tabindex"] == "0" and own["role"] == "region" and own["aria-label"] for own in scrolling
    )


def test_it_needs_nothing_from_anywhere_and_runs_nothing(workspace):
    text = made(workspace)
    outline = Outline(text)
    assert not {"script", "link", "iframe", "object", "base"} & {tag for tag, _ in outline.tags}
    assert "default-src 'none'" in text
    sources = [own.get("src", "") for _, own in outline.tags] + re.findall(r"url\(", text)
    assert all(source.startswith("data:image/svg+xml,") for source in sources if source)


def test_texts_are_texts(workspace):
    text = made(workspace)
    assert 'alt="Käyntejä on &lt;yhdeksän&gt; &amp; enemmän."' in text
    assert "a fi &lt;b&gt;" in text and "<title>Hanke &amp; muut: loppuraportti</title>" in text
    assert "secret" not in text  # only columns with a name a reader knows


def test_a_figure_carries_its_numbers_as_it_prints_them(workspace):
    (workspace.figures / "reach.csv").write_text(
        "key,unit,estimate,n,planned\na,share,0.1234,1234,\nb,EUR,2.5,,96000\n", "utf-8"
    )
    cells = re.findall("<td>(.*?)</td>", made(workspace).split('id="figure-reach"')[1].split("</table>")[0])
    assert [cell.replace("\N{NO-BREAK SPACE}", " ") for cell in cells] == [
        *("share", "12,3 %", "1 234", ""),
        *("EUR", "2,50", "", "96 000"),
    ]


def test_the_picture_survives_being_put_into_the_page(workspace):
    [first, _] = [own["src"] for tag, own in Outline(made(workspace)).tags if tag == "img"]
    kept = unquote(first.removeprefix("data:image/svg+xml,"))
    assert kept.split() == (workspace.figures / "reach.svg").read_text("utf-8").split()


def test_a_figure_without_readable_columns_has_no_empty_table(workspace):
    for path in workspace.figures.glob("*.csv"):
        path.write_text("secret\nx\n", "utf-8")
    assert "<details>" not in made(workspace)


def test_a_verdict_is_said_in_words_not_by_colour_alone(workspace):
    text = made(workspace)
    assert (
        ">pitää<" in text
        and ">liian epävarma<" in text
        and "ei voi sanoa tällä asetelmalla</span> (ei raportissa)" in text
    )


def test_the_same_content_gives_the_same_bytes(workspace):
    assert made(workspace) == made(workspace)


def test_a_project_without_figures_and_claims_has_a_page_too(tmp_path):
    text = page.write(Workspace.at(tmp_path), Content("fi", "Tyhjä"), []).read_text("utf-8")
    assert "<h1>Tyhjä</h1>" in text and "<h2" not in text


@pytest.mark.slow
@pytest.mark.skipif(not (CHROMIUM and AXE.is_file()), reason="set AXE_JS to axe.min.js, and have Chromium")
@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [360, 1440])
def test_axe_finds_nothing(workspace, tmp_path, width, dark):
    found = checked(made(workspace), tmp_path, width, dark)
    assert (found["width"], found["dark"]) == (width, dark)
    assert found["wider"] <= width  # the page itself never scrolls sideways
    assert found["violations"] == []


def checked(text, folder, width, dark):
    """Return what axe says of a page in a frame of this width."""
    run = (
        "document.querySelectorAll('details').forEach(d => d.open = true);"
        "axe.run().then(r => parent.postMessage(JSON.stringify({width: innerWidth, wider: document.body.scrollWidth,"
        "dark: matchMedia('(prefers-color-scheme: dark)').matches,"
        "violations: r.violations.map(v => [v.id, v.nodes[0].html])}), '*'))"
    )
    open_to_scripts = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text)
    scripts = f"<script>{AXE.read_text('utf-8')}</script><script>{run}</script>"
    (folder / "inner.html").write_text(open_to_scripts.replace("</body>", f"{scripts}</body>"), "utf-8")
    outer = (
        f'<iframe src="inner.html" title="x" style="width:{width}px;height:900px;border:0"></iframe>'
        "<script>addEventListener('message', e => { const p = document.createElement('pre'); p.id = 'found';"
        "p.textContent = e.data; document.body.appendChild(p) })</script>"
    )
    (folder / "outer.html").write_text(f'<!DOCTYPE html><meta charset="utf-8"><body>{outer}', "utf-8")
    flags = [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--window-size=1600,1000",
        "--virtual-time-budget=30000",
    ]
    scheme = f"--blink-settings=preferredColorScheme={0 if dark else 1}"
    command = [CHROMIUM, *flags, scheme, "--dump-dom", (folder / "outer.html").as_uri()]
    dom = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout
    return json.loads(html.unescape(re.search(r'<pre id="found">(.*?)</pre>', dom, re.DOTALL)[1]))
