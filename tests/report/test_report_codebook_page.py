"""The codebook page: complete, accessible, with counts that add up, and nothing of any respondent."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline.core import contracts
from pipeline.report.codebook_page import page, write_page


def table(name: str, *rows: dict[str, Any]) -> pd.DataFrame:
    columns = contracts.CONTRACTS[name].column_names
    return contracts.check(name, pd.DataFrame([{c: row.get(c) for c in columns} for row in rows], columns=columns))


ITEMS = table(
    "items",
    {"item": "q1", "question": "q1", "type": "select_one", "position": 1, "construct": "voice", "design": "transition",
     "reversed": True, "minimum": 1, "maximum": 5, "label_fi": "Kuultu <oikeasti> & nyt", "label_sv": "Hörd"},
    {"item": "did", "question": "did", "type": "select_multiple", "position": 2, "reversed": False, "label_sv": "Vad?"},
    {"item": "did/a", "question": "did", "type": "option", "position": 3, "reversed": False, "label_fi": "A"},
    {"item": "did/b", "question": "did", "type": "option", "position": 4, "reversed": False, "label_fi": "B"},
    {"item": "say", "question": "say", "type": "text", "position": 5, "reversed": False, "label_fi": "Muuta"},
)  # fmt: skip
OPTIONS = table(
    "options",
    {"question": "q1", "code": "1", "position": 1, "label_fi": "Vähän", "label_sv": "Lite"},
    {"question": "q1", "code": "eos", "position": 2, "missing_reason": "dont_know", "label_fi": "EOS"},
    {"question": "did", "code": "a", "position": 1, "label_fi": "A"},
)
ANSWERS = table(
    "answers",
    *({"response_id": f"r{n}", "item": "q1", "code": "1", "value": 1} for n in range(3)),
    {"response_id": "r4", "item": "q1", "missing_reason": "dont_know"},
    {"response_id": "r5", "item": "q1", "missing_reason": "no_answer"},
    {"response_id": "r0", "item": "did/a", "code": "1", "value": 1},
    {"response_id": "r0", "item": "did/b", "missing_reason": "not_ticked"},
    {"response_id": "r1", "item": "did/a", "missing_reason": "not_ticked"},
    {"response_id": "r1", "item": "did/b", "missing_reason": "not_ticked"},
    {"response_id": "r2", "item": "did/a", "missing_reason": "not_asked"},
    {"response_id": "r2", "item": "did/b", "missing_reason": "not_asked"},
)
COMMENTS = table("comments", {"response_id": "r1", "item": "say", "text": "salainen kommentti"})


def made(language: str = "fi") -> str:
    return page(ITEMS, OPTIONS, ANSWERS, COMMENTS, 6, language, "Hanke", {"voice": "Osallisuus"})


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_well_formed_and_accessible() -> None:
    html = made()
    reader = Reader()
    reader.feed(html)
    assert not reader.open
    tags = [tag for tag, _ in reader.seen]
    assert ("html", {"lang": "fi"}) in reader.seen and tags.count("h1") == 1 and tags.count("h2") == 3
    assert tags.count("table") == tags.count("caption") and all("scope" in a for t, a in reader.seen if t == "th")
    ids = [a["id"] for _, a in reader.seen if "id" in a]
    assert len(ids) == len(set(ids)) and {a["href"] for t, a in reader.seen if t == "a"} == {f"#{i}" for i in ids}
    assert not {"script", "link", "img"} & set(tags) and "http" not in html


def test_questions_their_words_and_what_they_mean_are_there() -> None:
    html = made()
    assert "Kuultu &lt;oikeasti&gt; &amp; nyt" in html and '<td lang="sv">Hörd</td>' in html
    assert "Osallisuus" in html and "arvio muutoksesta" in html and "Käännetty" in html and "1–5" in html
    assert '<th scope="row">eos</th>' in html and "en osaa sanoa" in html
    assert '<span lang="sv">Vad?</span>' in html


def test_counts_are_per_question_and_add_up() -> None:
    html = made()
    first, second, third = html.split("<section")[1:]
    for kind, n in (("Vastattu", 3), ("En osaa sanoa", 1), ("Ei vastausta", 1)):
        assert f'<th scope="row">{kind}</th><td class="n">{n}</td>' in first
    for kind, n in (("Vastattu", 2), ("Ei kysytty", 1)):
        assert f'<th scope="row">{kind}</th><td class="n">{n}</td>' in second
    assert '<th scope="row">Vastattu</th><td class="n">1</td>' in third


def test_no_answer_of_anybody_is_on_it_and_it_is_the_same_each_time(tmp_path: Path) -> None:
    assert "salainen" not in made() and "r0" not in made()
    write_page(tmp_path / "codebook.html", made())
    assert (tmp_path / "codebook.html").read_bytes() == made().encode()


def test_the_page_exists_in_every_language() -> None:
    assert "Kodbok: Hanke" in made("sv") and 'lang="sv">' in made("sv") and "Codebook: Hanke" in made("en")


def test_an_instrument_without_answers_has_a_page() -> None:
    html = page(ITEMS, OPTIONS, ANSWERS.iloc[:0], COMMENTS.iloc[:0], 0, "fi", "Hanke")
    assert "Kuultu" in html and "Vastauksia: 0" in html
