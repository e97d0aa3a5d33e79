"""How good the extractor is: labelled articles, scores, recorded runs, reports, a gate.

`python -m evals` is its command line. It imports the extractor and is imported by nothing.
"""
