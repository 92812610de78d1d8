"""Words that are code somewhere: in markup, addresses, styles, templates, or to the eye alone."""

BEACON = "vcsm-beacon.invalid"
"""A host that nothing may be asked of; a request to it is what a foreign picture would send."""
SAID = "window.owned=1"

WORDS: tuple[str, ...] = (
    f'"><img src=x onerror="{SAID}">',
    f"<svg/onload={SAID}>",
    f"</script><script>{SAID}</script>",
    f"javascript:{SAID}//",
    f"[x](javascript:{SAID})",
    f"{{{{constructor.constructor('{SAID}')()}}}}",
    f"jaVasCript:/*-/*`/*\\`/*'/*\"/**/(/* */onerror={SAID} )//%0D%0A</stYle/</titLe/</scRipt/--!>"
    f"\\x3csVg/<sVg/oNloAd={SAID}//>\\x3e",
    f"<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 "
    f"onerror={SAID}&gt;'>",
    f'<img src="//{BEACON}/i.png"><link rel=stylesheet href=//{BEACON}/s.css>',
    f"![x](https://{BEACON}/i.png) <https://{BEACON}/a>",
    f"data:text/html,<script>{SAID}</script>",
    f"'\"><a href='vbscript:{SAID}' autofocus onfocus={SAID} tabindex=1>x</a>",
    f"x;background:url(//{BEACON}/c.png)}}*{{display:none!important}}</style>",
    f"${{{SAID}}} #{{{SAID}}} <%= {SAID} %> {{% debug %}}",
    "&lt;svg onload=window.owned=1&gt; &#x3c;b&#x3e; &amp;nbsp;",
    "\u202egnp.exe\u202c \u2066\u2067 \u200f\u061c\u200b\ufeff",
    "https://аpple.com/\u2044login",
    "Z" + "\u0335\u0321\u034d" * 40 + "algo",
    "W" * 3_000,
    "導出" * 400,
    "\n\n\t<iframe srcdoc='<script>parent.owned=1</script>'>\n",
    f"<form action=//{BEACON}/><button>OK</button><input name=csrfmiddlewaretoken>",
    f"<base href=//{BEACON}/><meta http-equiv=refresh content='0;url=//{BEACON}/'>",
    "__proto__",
    '=HYPERLINK("//vcsm-beacon.invalid";"x")',
)
