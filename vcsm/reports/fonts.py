"""The fonts that PDFs and pictures are written with, where the machine has them."""

FONTS = (
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "/usr/share/fonts/dejavu/DejaVuSans.ttf",
)
"""Paths where a font with more than Western letters may lie. Without one, other letters become `?`
and a currency's sign becomes its code."""
