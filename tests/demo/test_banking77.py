from vcsm.demo.banking77 import read_examples, read_utterances, title_of


def test_it_works() -> None:
    examples = read_examples(10)
    assert len(examples) == 77
    assert {len(texts) for texts in examples.values()} == {10}
    assert set(read_utterances()) == set(examples)


def test_no_customer_says_an_example() -> None:
    examples = {text for texts in read_examples(10).values() for text in texts}
    said = {text for texts in read_utterances().values() for text in texts}
    assert not examples & said


def test_titles_read_like_words() -> None:
    assert title_of("card_arrival") == "Card arrival"
    assert title_of("change_pin") == "Change PIN"
    assert title_of("reverted_card_payment?") == "Reverted card payment"
    assert title_of("Refund_not_showing_up") == "Refund not showing up"
