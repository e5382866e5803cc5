"""Make the workspace of a real project, outside this repository."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Annotated, Final

import typer
import yaml

from pipeline.core.errors import PipelineError

_ROOT: Final = Path(__file__).resolve().parents[2]
_FOLDERS: Final = ("feedback", "attendance", "registers", "coding", "report")
_IGNORED: Final = "/processed\n/figures\n/figures.new\n/report\n/releases\n.ipynb_checkpoints\n"

_README: Final = """# Aineisto / The files as received

Pipeline lukee tämän kansion eikä koskaan muuta sitä. / The pipeline reads this folder and never changes it.

| kansio / folder | mitä tänne tulee / what goes here |
|---|---|
| `project.toml` | hankkeen tiedot: nimi, aika, tulokset / what the project is |
| `instrument.xlsx` | kyselylomake XLSForm-muodossa / the questionnaire as an XLSForm |
| `feedback/` | palautekyselyt sellaisina kuin ne tulivat / feedback exports as they came |
| `attendance/` | osallistujalistat / attendance lists |
| `registers/` | toimenpiteet, tapahtumat, yhdistykset ... (.csv tai .xlsx) / actions, events, organisations ... |
| `coding/` | avovastausten koodaus, henkilöparien päätökset / codes of open answers, decisions on people |
| `report/` | raportin väitteet, omat kappaleet, Word-pohja / claims, own paragraphs, Word template |

Mallin löydät ohjelman omasta `raw`-kansiosta. / See the program's own `raw` folder for an example.

Tämä kansio sisältää henkilötietoja: älä vie sitä versionhallintaan äläkä pilvipalveluun ilman lupaa.
This folder holds personal data: keep it out of version control and of cloud services you have no permission for.
"""

_PROJECT: Final = """# Mikä hanke on kyseessä. / What the project is. Poista # ja täydennä. / Remove # and fill in.

[project]
code = "S00000"
name = "Hankkeen nimi"
# start = 2025-01-01
# end = 2027-12-31
language = "fi"

[privacy]
# Salanimien avain: aseta ympäristömuuttuja PIPELINE_PERSON_KEY tai osoita tiedostoon tämän kansion ulkopuolella.
# The key of the pseudonyms: set the environment variable PIPELINE_PERSON_KEY, or name a file outside this folder.
# key_file = "~/avaimet/hanke.txt"
# Viimeinen päivä, jona henkilötietoja saa säilyttää. / The last day on which personal data may be kept.
# retention_until = 2029-12-31

[analysis]
group_by = []

# Tulokset; ensisijaiset nimetään ennen aineistoa. / Outcomes; the primary ones are declared before the data.
# [[outcomes]]
# key = "participation"
# label = { fi = "Osallisuus", sv = "Delaktighet", en = "Participation" }
# primary = true

# Mitä tiedostosta on tiedettävä ja mitä siinä ei lue. / What must be known of a file and does not stand in it.
# [[sources]]
# match = "feedback/paperi*.xlsx"
# mode = "paper"
# event = "E1"
"""

_TEXTS: Final = """# Omat kappaleet loppuraporttiin osioittain. / The writer's own paragraphs of the report, by section.
# Poista # ja kirjoita. Tyhjä rivi aloittaa uuden kappaleen. / Remove # and write. A blank line begins a paragraph.

# [texts.applicant]
# fi = \"\"\"
# Hankkeen toteutti ...
# \"\"\"
"""


def new(folder: Annotated[Path, typer.Argument(help="Folder to make; outside this repository.")]) -> None:
    """Make an empty workspace for a real project: its raw/ with a README, its own pipeline and notebooks."""
    _check(folder)
    for name in _FOLDERS:
        (folder / "raw" / name).mkdir(parents=True)
    _write(folder / "raw" / "README.md", _README)
    _write(folder / "raw" / "project.toml", _PROJECT)
    _write(folder / "raw" / "report" / "texts.toml", _TEXTS)
    shutil.copy(_ROOT / "params.yaml", folder / "params.yaml")
    shutil.copytree(_ROOT / "notebooks", folder / "notebooks", ignore=shutil.ignore_patterns(".*"))
    (folder / ".dvc").mkdir()
    shutil.copy(_ROOT / ".dvc" / "config", folder / ".dvc" / "config")
    _write(folder / ".dvc" / "config.local", "[core]\n    no_scm = true\n")
    shutil.copy(_ROOT / ".dvcignore", folder / ".dvcignore")
    _write(folder / ".gitignore", _IGNORED)
    _write(folder / "dvc.yaml", _stages(folder))
    typer.echo(f"{folder} is ready. Next: fill in raw/project.toml and raw/instrument.xlsx, put files into raw/, then")
    typer.echo(f"  python3 run.py repro --workspace {folder}")


def _check(folder: Path) -> None:
    if folder.exists() and any(folder.iterdir()):
        raise PipelineError("the folder is not empty", place=str(folder), fix="name a new one")
    if folder.resolve().is_relative_to(_ROOT):
        raise PipelineError(
            "a project with real answers must lie outside this repository", place=str(folder), fix="name ../my-project"
        )


def _stages(folder: Path) -> str:
    """Return the repository's own stages, the code they depend on named from `folder`."""
    stages = yaml.safe_load((_ROOT / "dvc.yaml").read_text("utf-8"))
    for stage in stages["stages"].values():
        stage["deps"] = [_from(folder, dep) if dep.startswith("pipeline/") else dep for dep in stage["deps"]]
    return yaml.safe_dump(stages, sort_keys=False, allow_unicode=True)


def _from(folder: Path, dep: str) -> str:
    return Path(os.path.relpath(_ROOT / dep, folder.resolve())).as_posix()


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
