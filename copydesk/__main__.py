"""``python -m copydesk`` is the ``copydesk`` command."""

from copydesk.cli import app

if __name__ == "__main__":
    app()
