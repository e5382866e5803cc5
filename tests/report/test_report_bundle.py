from __future__ import annotations

import json

import matplotlib as mpl
import pandas as pd
import pytest
from matplotlib.figure import Figure
from PIL import Image
from released_rows import released

from pipeline.core.errors import PipelineError
from pipeline.core.workspace import Workspace
from pipeline.report.bundle import save
from pipeline.report.texts import Texts

ALT = "Osuus <lisääntyi> 70 %:lla & muut."
ENDINGS = [".svg", ".png", ".pdf", ".csv", ".xlsx", ".json"]


def shown():
    row = {"outcome": "=q1", "term": "positive", "method": "wilson", "note": None}
    rows = [{**row, "group": "all", "n": 30, "estimate": 0.7}, {**row, "group": "gender=x", "n": 3, "estimate": 0.5}]
    return released(pd.DataFrame(rows))


def figure(words="Äänekoski ”80 %”"):
    drawn = Figure(figsize=(3, 2))
    ax = drawn.add_subplot()
    ax.bar([0, 1], [2, 3], hatch=["//", ""], color="white", edgecolor="black")
    ax.set_title(words)
    return drawn


def saved(root, drawn=None, **more):
    said = {"title": "Osallisuus", "caption": "n = 30.", "alt": ALT}
    said |= {key: more.pop(key) for key in list(more) if key in said}
    texts = {code: Texts(**said) for code in more.pop("languages", ("fi", "sv", "en"))}
    arguments = {"data": shown(), "texts": texts, "sources": ["estimates"], "language": "fi", **more}
    return save(drawn or figure(), Workspace.at(root), arguments.pop("name", "osallisuus_fi"), **arguments)


def test_a_bundle_is_six_files_in_figures(tmp_path):
    paths = saved(tmp_path)
    assert [p.suffix for p in paths] == ENDINGS
    assert all(p.parent == tmp_path / "figures" and p.stat().st_size > 0 for p in paths)


def test_the_same_input_gives_the_same_bytes_whatever_matplotlibrc_says(tmp_path):
    drawn = figure()
    first = [p.read_bytes() for p in saved(tmp_path / "a", drawn)]
    again = [p.read_bytes() for p in saved(tmp_path / "b", drawn)]
    with mpl.rc_context({"svg.hashsalt": None, "svg.fonttype": "none", "pdf.compression": 6, "text.hinting": "native"}):
        anew = [p.read_bytes() for p in saved(tmp_path / "c")]
    assert first == again
    assert first == anew


def test_no_file_holds_a_date(tmp_path):
    for path in saved(tmp_path)[:3]:
        assert b"CreationDate" not in path.read_bytes()
        assert b"dc:date" not in path.read_bytes()


def test_the_sidecar_tells_everything_and_ends_with_a_line_break(tmp_path):
    raw = saved(tmp_path)[5].read_bytes()
    content = json.loads(raw)
    assert list(content) == ["name", "language", "sources", "texts", "hidden"]
    assert list(content["texts"]) == ["fi", "sv", "en"]
    assert content["texts"]["sv"] == {"title": "Osallisuus", "caption": "n = 30.", "alt": ALT, "caveat": ""}
    assert content["hidden"] == [{"group": "gender=x", "outcome": "=q1", "reason": "n < 10", "term": "positive"}]
    assert raw.endswith(b"}\n")
    assert "lisääntyi".encode() in raw
    assert b"\r" not in raw


def test_the_data_table_is_what_the_gate_released(tmp_path):
    data = pd.read_csv(saved(tmp_path)[3], encoding="utf-8-sig")
    assert data["estimate"].isna().tolist() == [False, True]
    assert data["outcome"].tolist() == ["'=q1"] * 2  # no spreadsheet runs it


def test_the_workbook_holds_the_same_table(tmp_path):
    paths = saved(tmp_path)
    book = pd.read_excel(paths[4], engine="calamine")
    pd.testing.assert_frame_equal(book, pd.read_csv(paths[3], encoding="utf-8-sig"), check_dtype=False)


def test_the_svg_carries_title_description_and_language(tmp_path):
    svg = saved(tmp_path)[0].read_text("utf-8")
    assert '<svg lang="fi" role="img"' in svg
    assert "<title>Osallisuus</title>\n <desc>Osuus &lt;lisääntyi&gt; 70 %:lla &amp; muut.</desc>" in svg


def test_the_png_has_300_dots_per_inch_and_its_title(tmp_path):
    with Image.open(saved(tmp_path)[1]) as image:
        assert image.size == (900, 600)
        assert round(image.info["dpi"][0]) == 300
        assert image.info["Title"] == "Osallisuus"


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"alt": ""}, "alt text"),
        ({"alt": "   "}, "alt text"),
        ({"alt": "Kuvio."}, "alt text"),
        ({"alt": "Osallisuuskuviokuvakaappaus."}, "alt text"),
        ({"alt": "Osallisuus toimenpiteittäin ja sukupuolittain"}, "alt text"),
        ({"alt": "Osallisuus lisääntyi selvästi.", "title": "Osallisuus lisääntyi selvästi"}, "title again"),
        ({"title": " "}, "title is empty"),
        ({"caption": ""}, "caption is empty"),
        ({"sources": []}, "source"),
        ({"sources": "estimates"}, "source"),
        ({"language": "de"}, "language"),
        ({"languages": ("fi", "en")}, "texts are not in"),
        ({"name": "../osallisuus"}, "name of a figure"),
        ({"data": pd.DataFrame({"n": [3]})}, "gate"),
    ],
)
def test_an_incomplete_bundle_is_refused_and_nothing_is_written(tmp_path, wrong, says):
    with pytest.raises(PipelineError, match=says):
        saved(tmp_path, **wrong)
    assert not list(tmp_path.rglob("*.*"))


def test_a_character_the_font_lacks_is_an_error_that_names_it(tmp_path):
    with pytest.raises(PipelineError, match=r"U\+5F88"):
        saved(tmp_path, figure("Kiitos 很好"))
    assert not list(tmp_path.rglob("*.*"))
