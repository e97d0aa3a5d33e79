"""What code can tell of an article before a model is asked: actors, speakers, times, cues."""

from extractor.clues.scene import Scene, Sight

__all__ = ["Scene", "Sight"]
