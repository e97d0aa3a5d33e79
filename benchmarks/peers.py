"""The environments of the contenders: the project's own, and one for those it does not need."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
PINNED = HERE / "peers.txt"
PEERS = ("langchain", "langextract")
"""The contenders whose libraries the project does not depend on."""

_FOLDER = HERE / ".peers"


def python_of(contender: str) -> Path:
    """The interpreter that has a contender's libraries; they are installed at first use."""
    return _peers() if contender in PEERS else Path(sys.executable)


def _peers() -> Path:
    python, mark = _FOLDER / "bin" / "python", _FOLDER / "ready"
    pinned = PINNED.read_text(encoding="utf-8")
    if mark.is_file() and mark.read_text(encoding="utf-8") == pinned:
        return python
    uv = str(Path(sys.executable).with_name("uv"))
    print(f"installing {PINNED.name} into {_FOLDER}", file=sys.stderr)
    made = [uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(_FOLDER)]
    subprocess.run(made, check=True)
    filled = [uv, "pip", "install", "--quiet", "--compile-bytecode", "--python", str(python)]
    subprocess.run([*filled, "-r", str(PINNED)], check=True)
    mark.write_text(pinned, encoding="utf-8")
    return python
