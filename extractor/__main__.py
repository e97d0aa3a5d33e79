"""`python -m extractor`."""

from extractor.cli import app

if __name__ == "__main__":
    app()
