"""Makes `.venv` and installs locked requirements: `python3 deploy/local/bootstrap/install.py runtime local`.

It uses the standard library only and syntax of older Pythons, so that these can print what is wrong.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

_OLDEST = (3, 11)
_NEWER_PYTHONS = ("python3.13", "python3.12", "python3.11", "python3.14")
_ROOT = Path(__file__).resolve().parents[3]
_VENV = _ROOT / ".venv"
_PYTHON = _VENV / "bin" / "python"
_UV = _VENV / "bin" / "uv"
_COMMAND = _VENV / "bin" / "botmeni"
# uv does not read pip's configuration, so pip's package sources are passed on to it.
_PIP_TO_UV = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
}


def main() -> None:
    """Install the lock files of requirements/ that the arguments name; exit with a message on failure."""
    _require_new_python()
    if not _works(_PYTHON):
        _say("Making .venv")
        _run([sys.executable, "-m", "venv", "--clear", str(_VENV)], _VENV_HINT)
    bootstrap = _ROOT / "requirements" / "bootstrap.txt"
    if not _has_installer(bootstrap):
        _say("Installing the installer (uv)")
        _run(_pip("install", "-qq", "--require-hashes", "-r", str(bootstrap)), _NETWORK_HINT)
    names = sys.argv[1:]
    _say(f"Installing {' + '.join(names)} requirements")
    started = time.monotonic()
    # Byte code is compiled once, here; otherwise each of the processes that start together would compile it.
    command = [str(_UV), "pip", "install", "--quiet", "--compile-bytecode", "--python", str(_PYTHON)]
    command += ["--require-hashes"]
    for name in names:
        command += ["-r", str(_ROOT / "requirements" / f"{name}.txt")]
    _run(command, _NETWORK_HINT, environment={**os.environ, **_package_sources()})
    _write_command()
    _say(f"Installed in {time.monotonic() - started:.1f} s")


_VENV_HINT = (
    "Python could not make a virtual environment; on Debian and Ubuntu `apt install python3-venv` adds that."
)
_NETWORK_HINT = (
    "The packages could not be installed. They come from the index pip uses, which its settings "
    "name (PIP_INDEX_URL, pip.conf); is it reachable from here?"
)


def _write_command() -> None:
    """Write `.venv/bin/botmeni`, which works in any folder; the project is no package with an entry point."""
    _COMMAND.write_text(
        '#!/bin/sh\nhere=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)\n'
        'PYTHONPATH="$here/../.." exec "$here/python" -P -m deploy.cli "$@"\n',
        encoding="utf-8",
    )
    _COMMAND.chmod(0o755)


def _require_new_python() -> None:
    if sys.version_info >= _OLDEST:
        return
    for name in _NEWER_PYTHONS:
        found = shutil.which(name)
        if found and _works(Path(found)):
            os.execv(found, [found, *sys.argv])  # noqa: S606 - continues as the newer Python
    sys.exit(
        f"Python {_OLDEST[0]}.{_OLDEST[1]} or newer is needed, and {sys.executable} is Python "
        f"{sys.version_info[0]}.{sys.version_info[1]}. Install one, or name one you have: "
        "`make up PYTHON=/path/to/python3.11`."
    )


def _works(python: Path) -> bool:
    """Return whether `python` runs and is new enough; it does not run once an upgrade removed its base."""
    if not python.exists():
        return False
    check = f"import sys, venv; sys.exit(sys.version_info < {_OLDEST})"
    return subprocess.run([str(python), "-c", check], capture_output=True, check=False).returncode == 0


def _has_installer(bootstrap: Path) -> bool:
    if not _UV.exists():
        return False
    answer = subprocess.run([str(_UV), "--version"], capture_output=True, text=True, check=False)
    version = answer.stdout.split()[1] if answer.returncode == 0 else None
    return f"uv=={version} " in bootstrap.read_text(encoding="utf-8")


def _package_sources() -> dict[str, str]:
    """Return pip's package sources as uv's settings, without those that uv has already."""
    answer = subprocess.run(_pip("config", "list"), capture_output=True, text=True, check=False)
    # Like pip, look for a version in every index; its hash proves that it is the right one.
    sources = {"UV_INDEX_STRATEGY": "unsafe-best-match"}
    for line in answer.stdout.splitlines():
        key, _, value = line.partition("=")
        variable = _PIP_TO_UV.get(key.rpartition(".")[2])
        if variable and variable not in os.environ:
            separator = "," if variable == "UV_FIND_LINKS" else " "
            sources[variable] = separator.join(value.strip("'\"").replace("\\n", " ").split())
    return sources


def _pip(*arguments: str) -> list[str]:
    return [str(_PYTHON), "-m", "pip", "--disable-pip-version-check", *arguments]


def _run(command: list[str], hint: str, environment: dict[str, str] | None = None) -> None:
    code = subprocess.run(command, env=environment, check=False).returncode
    if code:
        sys.exit(f"{hint} (`{' '.join(command[:4])} …` ended with code {code}.)")


def _say(text: str) -> None:
    print(f"· {text}", flush=True)


if __name__ == "__main__":
    main()
