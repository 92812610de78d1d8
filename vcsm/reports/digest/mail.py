"""The digest as one message: text, HTML, and its pictures inside it."""

from email.mime.image import MIMEImage

from django.core.mail import EmailMultiAlternatives

from vcsm.reports.digest.charts import draw_shares, draw_week
from vcsm.reports.digest.gather import MOST_LINES, Digest
from vcsm.reports.digest.words import subject_of, write_html, write_text


def make_message(digest: Digest, *, to: str) -> EmailMultiAlternatives:
    """Makes the message without sending it; the sender is `DEFAULT_FROM_EMAIL`."""
    pictures = {"week": draw_week(digest.week, digest.before)}
    if digest.week.lines:
        pictures["shares"] = draw_shares(digest.week.lines[:MOST_LINES])
    subject = " ".join(subject_of(digest).split())  # so that a name cannot add a header
    message = EmailMultiAlternatives(subject, write_text(digest), None, [to])
    named = {name: f"cid:{name}@vcsm" for name in pictures}
    message.attach_alternative(write_html(digest, pictures=named), "text/html")
    message.mixed_subtype = "related"  # type: ignore[attr-defined]
    for name, data in pictures.items():
        image = MIMEImage(data, "png")
        image.add_header("Content-ID", f"<{name}@vcsm>")
        image.add_header("Content-Disposition", "inline", filename=f"{name}.png")
        message.attach(image)
    return message
