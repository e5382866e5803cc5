"""Command line: python -m pipeline COMMAND."""

from __future__ import annotations

import gc
import sys
from importlib import import_module
from typing import Final

import typer

from pipeline.core.errors import PipelineError

#: Each is a function of the same name in the module of that name in `pipeline.commands`.
COMMANDS: Final = (
    "new", "check", "read", "codebook", "run", "claims", "template", "freeze", "changes", "purge", "plan", "stage",
    "simulate",
)  # fmt: skip
#: Small tables are many objects and few circles: to look for these less often saves a tenth of a `check`.
_OBJECTS: Final = 50_000


def build(names: tuple[str, ...]) -> typer.Typer:
    """Return the command line with these commands: only their modules are loaded."""
    app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, help=__doc__)

    @app.callback()
    def several() -> None:
        """From survey files as they arrive to the tables, figures and numbers of the final report."""

    for name in names:
        app.command(name)(getattr(import_module(f"pipeline.commands.{name}"), name))
    return app


def main(arguments: list[str]) -> int:
    """Run the command line; an error of ours is a message, not a traceback."""
    gc.set_threshold(_OBJECTS)
    chosen = tuple(name for name in COMMANDS if arguments[:1] == [name])
    try:
        result = build(chosen or COMMANDS)(arguments, standalone_mode=False)
    except PipelineError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except typer.TyperException as fault:  # a wrong option or argument; it knows how to say so
        fault.show()  # type: ignore[attr-defined]
        return 2
    except typer.Abort:
        return 130
    return result if isinstance(result, int) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
