"""Reads texts for the web processes, which do not load the encoder."""

from celery import shared_task

from tasks.durable import EphemeralTask
from vcsm.core import embeddings
from vcsm.core.ask import answer
from vcsm.core.encoder.elsewhere import READ, READ_MANY, pack


@shared_task(name=READ, base=EphemeralTask)
def read_text_task(reply_to: str, wanted: str, text: str) -> None:
    reading = embeddings.read_as(wanted, text) if wanted else embeddings.read(text)
    answer(reply_to, reading and [pack(reading.sentence[None]), pack(reading.feature[None])])


@shared_task(name=READ_MANY, base=EphemeralTask)
def read_texts_task(reply_to: str, texts: list[str]) -> None:
    sentences, features = embeddings.read_many(texts)
    answer(reply_to, [pack(sentences), pack(features)])
