"""The fonts that paper and pictures are written with where the machine has them."""

FONTS = (
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "/usr/share/fonts/dejavu/DejaVuSans.ttf",
)
"""Where a font with more than Western letters may lie; without one, other letters become `?`, and a
currency's sign its code."""
