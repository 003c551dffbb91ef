"""Run the command line with ``python -m stikg.cli``."""

from stikg.cli.application import main

if __name__ == "__main__":
    main()
