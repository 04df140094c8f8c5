"""The command line: each subcommand loads, calls one public function, and saves."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from . import __version__
from .errors import SchemaError, SocialworkResearchError

if TYPE_CHECKING:
    from .kernels.hashing import Key
    from .privacy import GateResult

__all__ = ["main"]

_EPILOGUE = """\
a first study from an export that you hold:
  socialwork-research new exports/Posts.xml my-study
  (fill the forms in my-study/ethics: a report of real posts waits for every required field)
  socialwork-research run my-study
the sample study (invented posts), to results/sample/report.html:
  socialwork-research run
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one subcommand; return 0 where it went well, 1 where the package refused, 2 where the line was not understood.

    ``check`` returns 1 for what it found, and 2 where it could not look.
    """
    options = _parser().parse_args(arguments)
    action: Callable[[argparse.Namespace], Path | GateResult] = options.action
    try:
        written = action(options)
    except SocialworkResearchError as error:
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        return int(options.refused)
    except OSError as error:  # a folder that cannot be written, a full disk
        sys.stderr.write(f"{error.strerror}: {error.filename}. Mend: see that it can be read and written.\n")
        return int(options.refused)
    except KeyboardInterrupt:
        sys.stderr.write("Interrupted: what was there before is there still.\n")
        return 1
    if not options.quiet:
        sys.stdout.write(f"{written}\n")
    return int(not getattr(written, "passed", True))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="socialwork-research",
        description="Study public social-work discussions: support networks, themes, boundary-related risk language.",
        epilog=_EPILOGUE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=__version__)
    parser.add_argument("--quiet", action="store_true", help="say nothing where all went well")
    parser.set_defaults(refused=1)
    commands = parser.add_subparsers(title="what to do", required=True, metavar="COMMAND")
    _add_study_commands(commands)
    _add_chapter_commands(commands)
    return parser


def _add_study_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    new = commands.add_parser("new", help="start a study from an export", description="Start a study from an export.")
    new.add_argument("export", help="the file or folder that the platform or collector gave")
    new.add_argument("folder", help="where the study goes")
    new.add_argument("--title", help="its title")
    new.add_argument("--key", help="key file of the project; a new one is made in the home folder where left out")
    new.set_defaults(action=_new)
    run = commands.add_parser("run", help="run a study to an HTML report", description="Run a study to an HTML report.")
    run.add_argument("study", nargs="?", help="study.toml or its folder; the sample study where left out")
    run.add_argument("--results", help="where the results go")
    run.set_defaults(action=_run)
    report = commands.add_parser("report", help="bind the report of a run anew", description="Bind the report anew.")
    report.add_argument("results", help="the results folder of a run")
    report.set_defaults(action=_report)
    check = commands.add_parser(
        "check",
        help="look for what could lay somebody open",
        description="Look through every file of a folder for what could lay somebody open: 0 clean, 1 findings, 2 not looked.",
    )
    check.add_argument("folder", help="what is to be published")
    check.add_argument("--study", help="study.toml or its folder; the one that the folder lies in where left out")
    check.add_argument("--corpus", help="folder of the corpus; the one in the working folder beside it where left out")
    check.add_argument("--key", help="key file of the project; the one that the study names where left out")
    check.set_defaults(action=_check, refused=2)


def _add_chapter_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    read = commands.add_parser(
        "import", help="read an export into a corpus", description="Read an export into a corpus."
    )
    read.add_argument("export", help="the file or folder that the platform or collector gave")
    read.add_argument("folder", help="where the corpus goes")
    read.add_argument("--name", help="what to call it; the folder's name where left out")
    read.add_argument("--key", help="key file of the project; the environment is asked where left out")
    read.add_argument("--zone", help="time zone of times that have none, e.g. Europe/London")
    read.set_defaults(action=_import)
    code = commands.add_parser("code", help="mark a corpus by a codebook's patterns", description="Mark a corpus.")
    code.add_argument("corpus", help="folder of a corpus")
    code.add_argument("codebook", help="name of a shipped codebook, or a TOML file")
    code.add_argument("folder", help="where the coding goes")
    code.set_defaults(action=_code)
    sample = commands.add_parser("sample", help="draw posts to be coded by hand", description="Draw posts to be coded.")
    sample.add_argument("corpus", help="folder of a corpus")
    sample.add_argument("coding", help="folder of a machine's coding: its marks make the strata")
    sample.add_argument("table", help="where the frame goes (CSV)")
    sample.add_argument("-n", type=int, required=True, help="how many posts")
    sample.add_argument("--seed", type=int, required=True, help="seed of the draw")
    sample.set_defaults(action=_sample)


def _new(options: argparse.Namespace) -> Path:
    from . import studies

    return studies.new(options.export, options.folder, title=options.title, key=options.key)


def _run(options: argparse.Namespace) -> Path:
    from . import studies

    return studies.run(options.study, results=options.results, progress=not options.quiet)


def _report(options: argparse.Namespace) -> Path:
    from . import studies

    return studies.rebind(options.results)


def _check(options: argparse.Namespace) -> GateResult:
    from . import studies

    return studies.check(options.folder, study=options.study, corpus=options.corpus, key=options.key)


def _import(options: argparse.Namespace) -> Path:
    from . import sources, storage

    folder = _free(options.folder, mark="corpus.json")
    name = options.name or folder.resolve().name
    return storage.save(sources.read(options.export, key=_key(options), name=name, zone=options.zone), folder)


def _code(options: argparse.Namespace) -> Path:
    from . import coders, storage
    from .codebook import Codebook

    folder = _free(options.folder, mark="coding.json")
    marked = coders.patterns.mark(storage.load(options.corpus), Codebook.open(options.codebook))
    return storage.save(marked, folder)


def _sample(options: argparse.Namespace) -> Path:
    from . import reliability, storage

    corpus, coding = storage.load(options.corpus), storage.load(options.coding)
    return storage.save(reliability.draw(corpus, coding, n=options.n, seed=options.seed), options.table)


def _free(place: str, *, mark: str) -> Path:
    """Return the folder if it is new, empty, or holds what will be replaced: files of any other kind would be lost."""
    folder = Path(place)
    if folder.exists() and not (folder / mark).exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise SchemaError(
            f"{folder.resolve().name} is there already and holds something else. Mend: name a new folder."
        )
    return folder


def _key(options: argparse.Namespace) -> Key | None:
    from . import privacy
    from .sources._invented import recognised

    if options.key is not None:
        return privacy.key_from_file(options.key)
    export = Path(options.export)
    known = not export.exists() or recognised([export]) is not None  # what is absent, the source itself refuses
    return None if known else privacy.key_from_environment()
