"""Measuring: coded events and annotation layers against gold, in the scoring rules of CODEBOOK.md.

files       gold, predictions and texts from disk          standoff    words of gold as spans, and back
records     what is compared                               agreement   when two values are the same
alignment   which predicted event is which gold event      scoring     fills: correct, gold, predicted
layers      places, times, figures, attribution            intervals   bootstrap over reports
slices      by set, outlet, length, region, type           calibration are scores what they promise
changes     gains and losses against an earlier run        render      tables and JSON
run         the coder's own output for a set of texts
"""
