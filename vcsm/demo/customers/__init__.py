"""Simulated customers of the demo's bank, through real websockets, with known truth.

`plan_visit` plans what one customer does and what is true of it, from a seed and without a clock;
`CustomerBrowser` speaks the widget's protocol; `run_customers` keeps a number of them going and
reports each visit's truth. The widget's frames are the structs of `widget.protocol`.
"""
