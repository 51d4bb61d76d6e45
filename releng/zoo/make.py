#!/usr/bin/env python3
"""Writes network files as their frameworks write them, and what the frameworks compute from them.

Each network is made in a process of its own, one after the other, so that no framework meets another in one process
and memory is given back.
"""

import argparse
import ast
import importlib
import os
import pathlib
import subprocess
import sys

# in this order: the TensorFlow graphs take their weights from a file of the PyTorch part
MODULES = ["torch_networks", "tensorflow_graphs", "keras_networks", "onnx_operations"]
HERE = pathlib.Path(__file__).resolve().parent


def names(module, table):
    """The keys of a module's table, read from its text: importing it would start its framework."""
    for statement in ast.parse((HERE / (module + ".py")).read_text()).body:
        if isinstance(statement, ast.Assign) and table in [target.id for target in statement.targets if isinstance(target, ast.Name)]:
            return [ast.literal_eval(key) for key in statement.value.keys]
    raise LookupError(f"{module}.py has no {table}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", metavar="DIR", help="the folder for the files")
    parser.add_argument("--small", action="store_true", help="the small selection for the tests instead of the real sizes")
    parser.add_argument("--list", action="store_true", help="print the names and stop")
    parser.add_argument("--here", metavar="MODULE", help=argparse.SUPPRESS)
    parser.add_argument("names", nargs="*", help="networks; all when none is given")
    options = parser.parse_args()
    table = "SMALL" if options.small else "NETWORKS"
    if options.here:
        module = importlib.import_module(options.here)
        for name in options.names:
            (module.make_small if options.small else module.make)(options.out, name)
        return 0
    known = {name: module for module in MODULES for name in names(module, table)}
    if options.list:
        print("\n".join(known))
        return 0
    unknown = set(options.names) - set(known)
    if unknown or not options.out:
        parser.error(f"unknown: {', '.join(sorted(unknown))}; --list prints the names" if unknown else "--out says where to")
    os.makedirs(options.out, exist_ok=True)
    failed = []
    for name in [name for name in known if not options.names or name in options.names]:
        command = [sys.executable, "-W", "ignore", __file__, "--out", options.out, "--here", known[name], name] + ["--small"] * options.small
        if subprocess.run(command, env={**os.environ, "OMP_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1"}).returncode:
            failed.append(name)
    if failed:
        print("failed: " + ", ".join(failed), file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
