"""`python -m detente`, the same as the command `detente`."""

from detente.cli.main import run

if __name__ == "__main__":
    run()
