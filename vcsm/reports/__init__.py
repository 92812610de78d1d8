"""What the workspace learns from many sessions together.

Owns the friction report: `friction.friction_report` (table, totals and trend of a period),
`held.hold` and `sections` (its other views, all from one reading),
`friction_csv.stream_friction_csv` (the whole table as CSV), and `friction_backtest.backtest` (what
other thresholds would have found). It only reads, takes its period and never asks the clock.
"""
