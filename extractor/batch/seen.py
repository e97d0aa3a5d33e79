"""What a run has met so far, kept on disk so that memory does not grow with the corpus."""

import hashlib
import sqlite3


class Seen:
    """Short texts by key, in a nameless SQLite file that is gone when it is closed."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._rows = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._rows.execute("PRAGMA journal_mode = OFF")
        self._rows.execute("PRAGMA cache_size = -512")  # KiB
        self._rows.execute("CREATE TABLE seen (key BLOB PRIMARY KEY, value TEXT) WITHOUT ROWID")

    def get(self, key: str) -> str | None:
        """What is known under `key`, or None."""
        found = self._rows.execute("SELECT value FROM seen WHERE key = ?", [_hashed(key)])
        for (value,) in found:
            return str(value)
        return None

    def put(self, key: str, value: str) -> str | None:
        """Keep `value` under `key`; what was known under it before, or None."""
        before = self.get(key)
        self._rows.execute("INSERT OR REPLACE INTO seen VALUES (?, ?)", [_hashed(key), value])
        return before

    def close(self) -> None:
        """Forget all."""
        self._rows.close()


def _hashed(key: str) -> bytes:
    """16 bytes in place of a text of any length; two texts with one hash are not to be expected."""
    return hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=16).digest()
