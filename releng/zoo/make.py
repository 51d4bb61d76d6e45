#!/usr/bin/env python3
"""Writes network files as their frameworks write them, and what the frameworks compute from them."""

import argparse
import importlib
import os
import subprocess
import sys

MODULES = ["torch_networks"]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", required=True, metavar="DIR", help="the folder for the files")
    parser.add_argument("--small", action="store_true", help="the small selection for the tests instead of the real sizes")
    parser.add_argument("--list", action="store_true", help="only print the names")
    parser.add_argument("--here", metavar="MODULE", help=argparse.SUPPRESS)
    parser.add_argument("names", nargs="*", help="networks; all when none is given")
    options = parser.parse_args()
    os.makedirs(options.out, exist_ok=True)
    table = "SMALL" if options.small else "NETWORKS"
    if options.here:
        module = importlib.import_module(options.here)
        for name in options.names:
            (module.make_small if options.small else module.make)(options.out, name)
        return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
