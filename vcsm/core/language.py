"""Which language a message is in, as far as it matters: one that the encoder reads, or not.

It is told by script, and for Latin letters by the little words that no sentence goes without. A few
words alone, product names and codes count as readable: only clear cases are another language.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable

from django.conf import settings

SURE_FROM = 2
"""Number of a language's little words from which a text counts as being in it."""
UNKNOWN = "und"
"""Code (ISO 639) of another language that cannot be told."""
STRANGE_FROM = 2
"""Number of unfamiliar words from which a text may be in an unknown language."""
STRANGE_SHARE = 0.6
"""Share of a text's longer words that must be unfamiliar as well."""

_WORD = re.compile(r"[^\W\d_]+")
_LITTLE = {
    "en": "the a is are to of and in my i how do can you it not on for what with this that was have"
    " where why when please me be an or does did has but at from your we if will would",
    "de": "der die das ist nicht ich und ein eine wie kann mein meine wo warum wenn mit auf für "
    "zu von den dem bitte habe hat sind es wir sie mich mir auch noch meinen keine wird",
    "fr": "le la les est pas je et un une des comment mon ma mes où pourquoi avec sur pour dans "
    "vous nous que qui ce cette ai avez suis peux puis ne du au mais de besoin",
    "es": "el la los las es no yo y un una como cómo mi mis dónde por qué con en para que de del "
    "puedo tengo está esta se lo al pero hola quiero cuando",
    "pt": "o os é não eu e um uma como meu minha onde por que com em para de do da posso tenho está"
    " isso você se ao mas quero quando consigo esqueci",
    "it": "il lo gli è non io e un una come mio mia dove perché con su per di del della posso ho "
    "sono che si ma vorrei quando mi voglio",
    "nl": "de het een is niet ik en hoe kan mijn waar waarom met op voor van dat die naar heb heeft"
    " zijn u wij je maar als ook",
    "pl": "nie jest się jak mogę moje mój moja gdzie dlaczego z na do dla że to proszę mam czy w i",
    "sv": "det är inte jag och en ett hur kan min mitt var varför med på för av som har vi ni men",
    "da": "det er ikke jeg og en et hvordan kan min mit hvor hvorfor med på for af som har vi men",
    "no": "det er ikke jeg og en et hvordan kan min mitt hvor hvorfor med på for av som har får",
    "fi": "on ei en minun ja miten missä miksi voi voin kuinka tämä se mutta kun minä olen",
    "tr": "ve bir bu için nasıl nerede neden ben benim değil var yok mi mı ile ne zaman çok",
    "ro": "este nu și să cum unde mea meu pot cu pe la de ce când sunt am îmi",
    "cs": "je ne se jak kde proč moje můj mohu mám na do pro to že nemohu prosím a v",
    "hu": "a az nem hol van hogyan miért és egy hogy az én vagyok tudok kell még",
    "id": "saya tidak di mana bagaimana bisa dan yang untuk dengan ini itu apa kenapa sudah belum",
    "vi": "tôi không của ở đâu là và có thể được cho làm sao như thế nào",
    "tl": "ang ng mga ko hindi ako paano nasaan bakit sa na po ba naman",
    "hi": "mera meri mere mujhe hai hain kya kaise kab kahan nahi nahin ka ki ke ko se aur kar "
    "kare karo karna chahiye hua hogi hoga raha rahi kyu kyun kitne kitna apna aap mai",
}
_WORDS = {language: frozenset(words.split()) for language, words in _LITTLE.items()}
_SCRIPTS = {
    "CYRILLIC": "ru",
    "GREEK": "el",
    "HEBREW": "he",
    "ARABIC": "ar",
    "DEVANAGARI": "hi",
    "BENGALI": "bn",
    "TAMIL": "ta",
    "TELUGU": "te",
    "GEORGIAN": "ka",
    "ARMENIAN": "hy",
    "THAI": "th",
    "HANGUL": "ko",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "CJK": "zh",
}


def unread_language(text: str, is_familiar: Callable[[str], bool] | None = None) -> str:
    """Returns the code of the text's language if the encoder does not read it; else "".

    `VCSM_LANGUAGES` are those it reads. `is_familiar` as for `detect_language`.
    """
    language = detect_language(text, is_familiar)
    return "" if language in settings.VCSM_LANGUAGES else language


def detect_language(text: str, is_familiar: Callable[[str], bool] | None = None) -> str:
    """Returns a language's code, by script or little words; `en` where nothing says otherwise.

    Scripts stand for their most frequent language (`ru` for Cyrillic), which is enough to know that
    a person must read it. With `is_familiar` (of a lower-case word), a text of two words or more
    that are mostly strange is `UNKNOWN`.
    """
    sample = text[:2_000]
    script = _script(sample)
    if script is not None:
        return script
    words = _WORD.findall(sample.lower())
    hits = {language: sum(word in own for word in words) for language, own in _WORDS.items()}
    best = max(hits, key=lambda language: (hits[language], language == "en"))
    if hits[best] >= SURE_FROM and hits[best] > 1.5 * hits["en"]:
        return best
    if is_familiar is None or hits["en"] >= SURE_FROM:
        return "en"
    # Codes and abbreviations are no words of any language.
    long = [word for word in words if len(word) >= 3]
    strange = [word for word in long if not is_familiar(word)]
    if len(strange) < STRANGE_FROM or len(strange) < STRANGE_SHARE * len(long):
        return "en"
    return best if hits[best] > hits["en"] else UNKNOWN


def _script(text: str) -> str | None:
    found: Counter[str] = Counter()
    for letter in filter(str.isalpha, text):
        name = "LATIN" if letter.isascii() else unicodedata.name(letter, "LATIN").split()[0]
        found[name.split("-")[0]] += 1
    if not found:
        return None
    script, count = found.most_common(1)[0]
    if script == "LATIN" and found.total() - count < 0.4 * found.total():
        return None
    others = [name for name, _ in found.most_common() if name != "LATIN"]
    if "HIRAGANA" in others or "KATAKANA" in others:
        return "ja"
    return _SCRIPTS.get(others[0], UNKNOWN) if others else None
