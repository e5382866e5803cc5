"""Every file of the list of cases, real or made like it: the right value, or a refusal that names what is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from files_like import LIKE
from real_files import FILES, REAL
from reported_faults import REPORTED

from pipeline.ingest.showing import show

ROOT = Path(__file__).resolve().parents[2]
LISTED = REAL.parent / "CASES.md"
here = pytest.mark.skipif(not REAL.is_dir(), reason="../shared/real is not here")


def real(name: str, _: Path) -> None:
    FILES[name](show(REAL / name))


CASES: dict[str, Callable[[Path], None]] = {**REPORTED, **LIKE, **{name: partial(real, name) for name in FILES}}


@pytest.mark.parametrize("case", [pytest.param(name, marks=here if name in FILES else ()) for name in CASES])
def test_every_case_gives_the_right_value_or_a_named_refusal(tmp_path: Path, case: str) -> None:
    CASES[case](tmp_path)


#: Cases that are no files: statistics, figures, notebooks and the pipeline's own stages -> the test that holds each.
ELSEWHERE = {
    "B53": "plots/test_plot_likert.py::test_dont_know_is_counted_apart_and_never_in_the_scale",
    "B54": "plots/test_plot_likert.py::test_all_levels_are_in_the_legend_from_low_to_high_when_nobody_is_negative",
    "B58": "plots/test_plot_likert.py::test_the_neutral_middle_is_centred_on_zero",
    "B59": "plots/test_plot_likert.py::test_scales_of_any_length_are_legible",
    "B62": "plots/test_plot_likert.py::test_labels_of_a_bar_are_rounded_as_in_the_tables",
    "B64": "analysis/test_ordinal.py::test_missing_answers_and_wrong_weights_are_errors",
    "B66": "plots/test_plot_likert.py::test_codes_that_are_words_keep_the_order_of_the_instrument",
    "B69": "analysis/test_design_reference.py::test_single_cluster_strata_follow_the_rule_named",
    "B71": "analysis/test_design_reference.py::test_raking_is_refused_where_it_would_mislead",
    "B73": "analysis/test_contrasts.py::test_a_constant_outcome_has_no_interval_and_says_so",
    "B77": "report/test_report_bundle.py::test_a_character_the_font_lacks_is_an_error_that_names_it",
    "B79": "report/test_report_bundle.py::test_the_same_input_gives_the_same_bytes_whatever_matplotlibrc_says",
    "B81": "report/test_notebooks_figures.py::test_a_notebook_of_another_machines_kernel_or_of_none_runs",
    "B82": "report/test_notebooks_figures.py::test_a_notebook_of_another_machines_kernel_or_of_none_runs",
    "B85": "test_architecture.py::test_dvc_has_the_stages_of_the_package_in_order",
    "B86": "test_architecture.py::test_a_stage_writes_nothing_twice_and_keeps_nothing_in_a_cache",
    "B88": "test_architecture.py::test_a_stage_depends_on_all_the_code_it_runs",
}


@here
def test_no_case_of_the_list_is_left_out() -> None:
    listed = set(re.findall(r"^\| ([BF]\d\d) \|", LISTED.read_text("utf-8"), re.MULTILINE))
    given = set(re.findall(r"^\| (F\d\d) \|", (REAL / "SOURCES.md").read_text("utf-8"), re.MULTILINE))
    assert listed == set(REPORTED) | set(LIKE) | given | set(ELSEWHERE)


@here
def test_no_real_file_is_left_out() -> None:
    present = {p.relative_to(REAL).as_posix() for p in REAL.rglob("*") if p.is_file() and p.suffix != ".md"}
    assert present == set(FILES)


@pytest.mark.parametrize("case", ELSEWHERE)
def test_the_test_of_a_case_that_is_no_file_exists(case: str) -> None:
    file, name = ELSEWHERE[case].split("::")
    assert f"def {name}(" in (ROOT / "tests" / file).read_text("utf-8")
