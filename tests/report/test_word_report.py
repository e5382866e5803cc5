"""The Word report and its PDF: placeholders in any shape, nothing else touched, accessible, the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from itertools import pairwise

import docx
import pypdf
import pytest
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from pipeline.core.errors import ConfigError, PipelineError, ReadError
from pipeline.report.word import placeholders
from pipeline.report.word.content import Content, Picture, Sheet
from pipeline.report.word.filled import fill, saved, with_values
from pipeline.report.word.pdf import to_pdf
from pipeline.report.word.template import tables_template, template

ALT = "Osallisuus lisääntyi kolmella neljästä vastanneesta."


@pytest.fixture(scope="module")
def content(tmp_path_factory):
    png = tmp_path_factory.mktemp("figures") / "reach.png"
    Image.new("RGB", (60, 30), "white").save(png)
    return Content(
        language="fi",
        title="Hanke: loppuraportti",
        values={"fact people": "545", "claim most": "Suurin osa vastanneista.", "project name": "Hanke"},
        figures={"reach": Picture(png, "Käynnit", "n = 545.", ALT)},
        tables={
            "items": Sheet("Kysymykset", ["Nimi", "n"], [["Yhteishenki", "294"], ["#set [x] $", "–"]], "Huom.", [1])
        },
        lists={"methods": ["Wilson.", "Holm."], "summary": ["Listoilla oli 545 ihmistä."]},
        texts={"plan": "Suunnitelma koski {{ fact people }} ihmistä.\n\nToinen kappale."},
    )


def written(*paragraphs):
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    return saved(document)


def filled(content, *paragraphs):
    return docx.Document(io.BytesIO(fill(written(*paragraphs), content, "t.docx")))


def texts(document):
    return [placeholders.text_of(p._p) for p in document.paragraphs]


def test_facts_and_claims_are_said_within_sentences(content):
    document = filled(content, "Listoilla oli noin {{ fact people }} ihmistä. {{claim most}}", "{1} { x }")
    assert texts(document) == ["Listoilla oli noin 545 ihmistä. Suurin osa vastanneista.", "{1} { x }"]


@given(st.lists(st.integers(1, 40), max_size=8), st.text("ab {}", max_size=10))
def test_a_placeholder_split_over_runs_is_found_and_the_rest_keeps_its_text(cuts, around):
    sentence = f"x{around.replace('{', '(').replace('}', ')')} {{{{ fact people }}}} lopuksi {{{{ fact people }}}}!"
    document = docx.Document()
    paragraph, at = document.add_paragraph(), 0
    for cut in sorted({min(c, len(sentence)) for c in cuts} | {len(sentence)}):
        paragraph.add_run(sentence[at:cut]).bold = cut % 2 == 0
        at = cut
    looks = [(run.bold, len(run.text)) for run in paragraph.runs]
    placeholders.replace(paragraph._p, lambda found: "545")
    assert paragraph.text == sentence.replace("{{ fact people }}", "545")
    assert [run.bold for run in paragraph.runs] == [bold for bold, _ in looks]


def test_nothing_else_is_touched(content):
    document = docx.Document()
    document.add_heading("Oma otsikko", 1)
    document.add_paragraph("Oma teksti, lihavoitu", "Intense Quote").runs[0].bold = True
    document.add_paragraph("{{ fact people }}")
    document.add_table(1, 2).cell(0, 1).text = "solu"
    document.sections[0].header.paragraphs[0].text = "Ylätunniste"
    before = saved(document)
    after = fill(before, content, "t.docx")
    with zipfile.ZipFile(io.BytesIO(before)) as old, zipfile.ZipFile(io.BytesIO(after)) as new:
        assert old.namelist() == new.namelist()
        untouched = [
            n for n in old.namelist() if n not in {"word/document.xml", "word/styles.xml", "docProps/core.xml"}
        ]
        assert all(old.read(n) == new.read(n) for n in untouched)
        changed = new.read("word/document.xml").replace(
            b'<w:t xml:space="preserve">545</w:t>', b"<w:t>{{ fact people }}</w:t>"
        )
        assert changed == old.read("word/document.xml")


def test_headers_table_cells_and_text_boxes_are_filled_too(content):
    document = docx.Document()
    document.add_table(1, 1).cell(0, 0).paragraphs[0].text = "{{ fact people }}"
    document.sections[0].footer.paragraphs[0].text = "{{ project name }}"
    result = docx.Document(io.BytesIO(fill(saved(document), content, "t.docx")))
    assert result.tables[0].cell(0, 0).text == "545"
    assert result.sections[0].footer.paragraphs[0].text == "Hanke"


def test_figures_tables_lists_and_texts_take_the_place_of_their_paragraph(content):
    document = filled(
        content, "alku", "{{ figure reach }}", "{{ table items }}", "{{ methods }}", "{{ text plan }}", "loppu"
    )
    said = [t for t in texts(document) if t]
    assert said == [
        "alku", "Kuvio 1. Käynnit. n = 545.", "Taulukko 1. Kysymykset.", "Huom.", "Wilson.", "Holm.",
        "Suunnitelma koski 545 ihmistä.", "Toinen kappale.", "loppu",
    ]  # fmt: skip
    pictures = list(document.element.body.iter(qn("wp:docPr")))
    assert [p.get("descr") for p in pictures] == [ALT]
    assert [p.style.name for p in document.paragraphs if p.text.startswith(("Kuvio ", "Taulukko "))] == ["Caption"] * 2
    assert [p.style.name for p in document.paragraphs if p.text in {"Wilson.", "Holm."}] == ["List Bullet"] * 2
    rows = document.tables[0].rows
    assert rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None and rows[1]._tr.trPr.find(qn("w:tblHeader")) is None
    assert [[c.text for c in row.cells] for row in rows] == [["Nimi", "n"], ["Yhteishenki", "294"], ["#set [x] $", "–"]]


@pytest.mark.parametrize(
    ("paragraph", "says"),
    [
        ("{{ fact poeple }}", r"paragraph 2: there is no \{\{ fact poeple \}\}"),
        ("{{ figure reech }}", "there is no"),
        ("{{ nonsense }}", "there is no"),
        ("Ks. {{ figure reach }}", "must stand alone"),
        ("{{ fact people }", "no placeholder"),
        ("fact people }}", "no placeholder"),
    ],
)
def test_a_slip_is_named_with_its_paragraph_and_what_is_near(content, paragraph, says):
    with pytest.raises(ConfigError, match=says) as caught:
        filled(content, "kunnossa", paragraph)
    assert "t.docx" in str(caught.value) and "allowed" in str(caught.value)


def test_a_slip_in_the_writers_own_texts_is_named(content):
    with pytest.raises(ConfigError, match=r"there is no \{\{ fact x \}\}"):
        with_values("{{ fact x }}", content)


def test_what_is_no_word_file_is_refused(content):
    with pytest.raises(ReadError, match="not a Word file"):
        fill(b"PK nothing", content, "t.docx")


def test_a_placeholder_in_a_footnote_is_not_left_unsaid(content):
    with zipfile.ZipFile(io.BytesIO(written("a"))) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    parts["word/footnotes.xml"] = b"<footnotes>{{ fact people }}</footnotes>"
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        b"</Types>", f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>'.encode()
    )
    relation = '<Relationship Id="rId99" Type="http://x/footnotes" Target="footnotes.xml"/></Relationships>'
    rels = "word/_rels/document.xml.rels"
    parts[rels] = parts[rels].replace(b"</Relationships>", relation.encode())
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as new:
        for name, part in parts.items():
            new.writestr(name, part)
    with pytest.raises(ConfigError, match="footnote"):
        fill(made.getvalue(), content, "t.docx")


@pytest.fixture(scope="module")
def report(content):
    return fill(template(content), content, "template")


def test_the_default_template_is_filled_whole_and_accessible(report, content):
    document = docx.Document(io.BytesIO(report))
    assert not [t for t in texts(document) if "{{" in t]
    levels = [int(p.style.name[-1]) for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert levels[0] == 1 and all(b <= a + 1 for a, b in pairwise(levels)) and len(levels) >= 9
    assert document.core_properties.title == "Hanke: loppuraportti"
    assert 'w:lang w:val="fi-FI"' in document.styles.element.xml
    assert all(p.get("descr") for p in document.element.body.iter(qn("wp:docPr")))


def test_the_pdf_is_tagged_titled_and_says_the_same(report):
    reader = pypdf.PdfReader(io.BytesIO(to_pdf(report, "fi")))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in root and root["/Lang"] == "fi"
    assert reader.metadata.title == "Hanke: loppuraportti"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    kinds = _kinds(root["/StructTreeRoot"])
    assert {"/H1", "/L", "/Figure", "/Table", "/TH", "/Caption"} <= set(kinds)
    assert kinds["/Figure"] == {ALT}
    said = " ".join(page.extract_text() for page in reader.pages)
    assert "545" in said and "#set [x] $" in said


def _kinds(element, found=None):
    """Return the kinds of the structure tree with the alt texts of each."""
    found = {} if found is None else found
    element = element.get_object()
    if "/S" in element:
        found.setdefault(element["/S"], set()).update({element["/Alt"]} if "/Alt" in element else set())
    children = element.get("/K", [])
    children = children if isinstance(children, list) else [children]
    for child in children:
        if isinstance(child.get_object(), dict):
            _kinds(child, found)
    return found


def test_the_same_content_gives_the_same_bytes(report, content):
    assert template(content) == template(content)
    assert report == fill(template(content), content, "template")
    assert to_pdf(report, "fi") == to_pdf(report, "fi")


def test_a_picture_without_alt_text_and_a_skipped_heading_are_stopped(content):
    document = docx.Document()
    document.add_heading("Eka", 1)
    document.add_picture(str(content.figures["reach"].png))
    with pytest.raises(PipelineError, match="no alt text"):
        to_pdf(saved(document), "fi")
    document = docx.Document()
    document.add_heading("Kolmas", 3)
    with pytest.raises(PipelineError, match="level 3 follows"):
        to_pdf(saved(document), "fi")


@given(st.text(st.characters(codec="latin-1"), max_size=40))
def test_no_text_is_a_command_of_the_typesetter(text):
    plain = re.sub(r"[^\x20-\x7e\xa0-\xff]", "", text)
    document = docx.Document()
    document.core_properties.title = "T"
    document.add_paragraph(f"a{plain}#panic()b")
    assert to_pdf(saved(document), "fi").startswith(b"%PDF")


def test_a_character_no_font_has_is_named():
    document = docx.Document()
    document.add_paragraph("Kiitos 很")
    with pytest.raises(PipelineError, match=r"U\+5F88"):
        to_pdf(saved(document), "fi")


def test_every_table_is_in_the_file_of_tables(content):
    document = docx.Document(io.BytesIO(fill(tables_template(content), content, "tables")))
    assert len(document.tables) == 1 and texts(document)[0] == "Taulukot"
