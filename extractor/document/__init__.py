"""An article as the pipeline reads it: its day, its language, its own sentences, its windows.

The text is never altered. Whatever is found in it is told by offsets, in code points.
"""

from extractor.document.article import Document, read
from extractor.document.language import detect_language
from extractor.document.windows import Window, windows

__all__ = ["Document", "Window", "detect_language", "read", "windows"]
