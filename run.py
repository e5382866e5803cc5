"""Set up and run the pipeline: python3 run.py COMMAND [arguments]

  repro      bring every table, figure and number up to date (arguments go to `dvc repro`;
             --workspace FOLDER works on a project of your own)
  new        make the folder of a project of your own: python3 run.py new ../my-project
  test       run the tests (arguments go to pytest; --quick leaves out the slow ones)
  lint       check style and types
  lab        open the notebooks in JupyterLab
  pipeline   hand the arguments to the pipeline itself; try: python3 run.py pipeline --help

The first call makes .venv with exactly the packages of requirements.lock: some minutes and 1.3 GB, once.
Nothing but Python 3.11, 3.12 or 3.13 is needed beforehand.
"""

# Standard library only. It must also parse on Python 3.6, so that an old Python gets a sentence and not a SyntaxError.
import configparser
import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import sysconfig
import time
from pathlib import Path

COMMANDS = {
    "repro": [["dvc", "repro"]],
    "test": [["pytest"]],
    "lint": [["ruff", "check"], ["ruff", "format", "--check"], ["mypy"]],
    "lab": [["jupyterlab"]],
    "pipeline": [["pipeline"]],
    "new": [["pipeline", "new"]],
}
ADVICE = """What usually helps, before running the same command again:
  - Debian, Ubuntu, "ensurepip is not available": sudo apt install python{0}.{1}-venv
  - connect to the internet; behind a proxy, set HTTPS_PROXY
  - free 1.3 GB of disk; on Windows, close what uses .venv and move the project to a folder with a short path"""


def say(text: str, end: str = "\n") -> None:
    """Tell the user; on stderr, so that a command's own output can be piped."""
    print(text, end=end, file=sys.stderr, flush=True)


def refusal(version: tuple, executable: str) -> str:
    """Return why this Python cannot be used; empty when it can."""
    if (3, 11) <= tuple(version[:2]) <= (3, 13):
        return ""
    return f"""run.py needs Python 3.11, 3.12 or 3.13; this is Python {version[0]}.{version[1]} ({executable}).
Install one of them and name it in the command: python3.12 run.py repro   (Windows: py -3.12 run.py repro)"""


def inside(root: Path, kind: str) -> Path:
    """Return a folder of .venv, `scripts` or `purelib`, as this system calls it."""
    return Path(sysconfig.get_path(kind, "venv", {"base": str(root / ".venv")}))


def python(root: Path) -> str:
    """Return the Python of .venv."""
    return str(inside(root, "scripts") / ("python.exe" if os.name == "nt" else "python"))


def environment(root: Path) -> dict:
    """Return the variables every child gets: .venv first on PATH, UTF-8, our package importable from anywhere."""
    path = os.pathsep.join([str(inside(root, "scripts")), os.environ.get("PATH", os.defpath)])
    return {**os.environ, "PATH": path, "PYTHONUTF8": "1", "PYTHONPATH": str(root)}


def stamp(root: Path) -> bytes:
    """Return what .venv/installed.txt says once this lock is installed for this Python."""
    lock = hashlib.sha256((root / "requirements.lock").read_bytes()).hexdigest()
    return "Python {}.{}\nrequirements.lock sha256 {}\n".format(*sys.version_info[:2], lock).encode()


def ready(root: Path) -> bool:
    """Tell whether .venv is complete and its Python starts (the one it was made from may be gone or replaced)."""
    test = f"import sys; sys.exit(sys.version_info[:2] != {tuple(sys.version_info[:2])})"
    try:
        stamped = (root / ".venv" / "installed.txt").read_bytes() == stamp(root)
        return stamped and subprocess.call([python(root), "-ISc", test], stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def progress(output: str, installed: int, listed: int) -> tuple:
    """Return (packages done, in all, what was done to them) from what pip has printed so far."""
    total = listed - len(re.findall("^Ignoring ", output, re.M))
    if re.search("^Installing collected packages", output, re.M):
        return min(installed, total), total, "installed"
    return min(total, len(re.findall("^(?:Collecting|Processing|Requirement already)", output, re.M))), total, "fetched"


def step(command: list, root: Path, log: Path, listed: int) -> None:
    """Run one step of the installation, its words kept in `log`; show how far it is, and on failure its last words."""
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT, env=environment(root))
    terminal, shown = sys.stderr.isatty(), (0, 0, "fetched")
    try:
        while process.poll() is None:
            time.sleep(0.3)
            installed = sum(not p.name.startswith("pip-") for p in inside(root, "purelib").glob("*.dist-info"))
            now = progress(log.read_text("utf-8", "replace"), installed, listed)
            if now != shown and (terminal or now[2] != shown[2] or now[0] >= shown[0] + 20):
                say("{}  {} of {} packages {} ".format("\r" if terminal else "", *now), "" if terminal else "\n")
                shown = now
    finally:
        process.kill()  # matters only when we are interrupted
        process.wait()
    if process.returncode:
        tail = "\n".join(log.read_text("utf-8", "replace").splitlines()[-12:])
        raise SystemExit(f"\n{tail}\n\nThe installation failed. {ADVICE.format(*sys.version_info[:2])}")


def prepare(root: Path) -> None:
    """Make .venv unless it is complete. The stamp goes first and comes last: a half-made one never has it."""
    if ready(root):
        return
    venv, lock, began = root / ".venv", root / "requirements.lock", time.monotonic()
    log, listed = venv / "install.log", len(re.findall(r"^\S+==", lock.read_text("utf-8"), re.M))
    say("Making .venv with Python {}.{} and the packages of requirements.lock ...".format(*sys.version_info[:2]))
    if venv.exists():
        (venv / "installed.txt").unlink(missing_ok=True)
        shutil.rmtree(venv)
    venv.mkdir()
    # Not sys.executable: that may be the Python of the .venv just removed.
    step([getattr(sys, "_base_executable", sys.executable), "-m", "venv", str(venv)], root, log, listed)
    options = ["--require-hashes", "--no-input", "--disable-pip-version-check", "--progress-bar", "off"]
    step([python(root), "-m", "pip", "install", *options, "-r", str(lock)], root, log, listed)
    (venv / "installed.txt").write_bytes(stamp(root))
    say(f"\n  ready after {time.monotonic() - began:.0f} s")


def tell_dvc_about_git(root: Path) -> None:
    """Let DVC do without git when there is none here (a ZIP download): it would take that of a folder above."""
    file, config, without = root / ".dvc" / "config.local", configparser.RawConfigParser(), not (root / ".git").exists()
    config.read(file, "utf-8")
    if config.getboolean("core", "no_scm", fallback=False) == without:
        return
    config.read_dict({"core": {"no_scm": "true"}})
    if not without:
        config.remove_option("core", "no_scm")
    file.parent.mkdir(exist_ok=True)
    with file.open("w", encoding="utf-8") as stream:
        config.write(stream)


def for_pytest(arguments: list) -> list:
    """Run the whole suite on all processors; with named files, starting workers takes longer than it saves."""
    workers = [] if any(not a.startswith("-") for a in arguments) else ["-n", "logical", "--maxprocesses", "8"]
    quick = ["-m", "not slow"] if "--quick" in arguments else []
    return [*workers, *quick, *(a for a in arguments if a != "--quick")]


def run(root: Path, name: str, rest: list) -> int:
    """Run the modules of a command and return the first exit code that is not 0."""
    signal.signal(signal.SIGINT, lambda *_: None)  # Ctrl-C reaches the child too, and the child decides when it ends
    folder = {"lab": root / "notebooks", "pipeline": Path.cwd(), "new": Path.cwd()}.get(name, root)
    if name == "repro" and rest[:1] == ["--workspace"] and len(rest) > 1:
        folder, rest = Path(rest[1]), rest[2:]
    commands = [
        [python(root), "-m", *module, *(for_pytest(rest) if name == "test" else rest)] for module in COMMANDS[name]
    ]
    codes = [subprocess.call(command, cwd=str(folder), env=environment(root)) for command in commands]
    return next((code if code > 0 else 128 - code for code in codes if code), 0)


def main(arguments: list, root: Path) -> int:
    """Do what the command line says and return the exit code."""
    problem, name = refusal(sys.version_info, sys.executable), arguments[0] if arguments else ""
    if problem or name not in COMMANDS:
        say(problem or (f"Unknown command: {name}\n\n" if name[:1].isalpha() else "") + str(__doc__))
        return 0 if name in ("-h", "--help") and not problem else 2
    try:
        prepare(root)
        tell_dvc_about_git(root)
    except (KeyboardInterrupt, OSError) as fault:
        say(f"\nStopped: {str(fault) or 'interrupted'}. The next run starts the installation again.")
        return 1 if isinstance(fault, OSError) else 130
    return run(root, name, arguments[1:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], Path(__file__).resolve().parent))
