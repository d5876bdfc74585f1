"""The event decoder: the same events whatever the network cuts the bytes into."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yearadmin.remote.eventstream import EventDecoder, EventTooLargeError, ServerEvent


def decode(*pieces: bytes) -> list[ServerEvent]:
    decoder = EventDecoder()
    return [event for piece in pieces for event in decoder.feed(piece)]


def message(data: str, event: str = "message", last_id: str = "") -> ServerEvent:
    return ServerEvent(event, data, last_id)


CASES = {
    "one event": (b"data: a\n\n", [message("a")]),
    "a byte order mark once": (b"\xef\xbb\xbfdata: a\n\n\xef\xbb\xbfdata: b\n\n", [message("a")]),
    "a named event": (b"event: ping\ndata: {}\n\n", [message("{}", "ping")]),
    "the name holds for one event": (b"event: x\ndata: a\n\ndata: b\n\n", [message("a", "x"), message("b")]),
    "carriage returns alone": (b"data: a\r\rdata: b\r\r", [message("a"), message("b")]),
    "both, mixed": (b"data: a\r\n\r\ndata: b\n\r\n", [message("a"), message("b")]),
    "several lines of data": (b"data: a\ndata:\ndata: b\n\n", [message("a\n\nb")]),
    "one space goes, the next stays": (b"data:a\ndata:  b\n\n", [message("a\n b")]),
    "colons inside": (b"data: a:b: c\n\n", [message("a:b: c")]),
    "a field without a colon": (b"data\n\n", [message("")]),
    "empty data is an event": (b"data:\n\n", [message("")]),
    "no data, no event": (b"event: x\n\nid: 1\n\n\n\n", []),
    "a comment makes nothing": (b": hi\n\n:\n\ndata: a\n\n", [message("a")]),
    "a comment after an id makes nothing": (
        b"id: 7\ndata: a\n\n: beat\n\n: beat\n\ndata: b\n\n",
        [message("a", last_id="7"), message("b", last_id="7")],
    ),
    "an id holds until the next": (b"id: 1\ndata: a\n\nid\ndata: b\n\n", [message("a", last_id="1"), message("b")]),
    "an id with NUL does not count": (b"id: 1\nid: 2\x003\ndata: a\n\n", [message("a", last_id="1")]),
    "unknown fields": (b"foo: 1\ndata: a\n DATA: b\nData: c\n\n", [message("a")]),
    "line separators of Unicode stay": (
        "data: a\u2028b\u2029c\u0085d\x0be\x0cf\x1cg\n\n".encode(),
        [message("a\u2028b\u2029c\u0085d\x0be\x0cf\x1cg")],
    ),
    "bytes that are no text": (b"data: a\xff\xfeb\n\n", [message("a\ufffd\ufffdb")]),
    "an unfinished event is dropped": (b"data: a\n\ndata: b\n", [message("a")]),
    "an unfinished line is dropped": (b"data: a\n\ndata: b", [message("a")]),
}


@pytest.mark.parametrize(("sent", "expected"), CASES.values(), ids=list(CASES))
def test_a_stream_is_read_to_the_standard_in_one_piece_and_byte_by_byte(
    sent: bytes, expected: list[ServerEvent]
) -> None:
    assert decode(sent) == expected
    assert decode(*(sent[at : at + 1] for at in range(len(sent)))) == expected


def test_a_second_byte_order_mark_is_part_of_a_field_name() -> None:
    assert decode(b"\xef\xbb\xbf\xef\xbb\xbfdata: a\n\n") == []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (b"retry: 1500", 1500),
        (b"retry: 1s", None),
        (b"retry: -1", None),
        (b"retry:", None),
        ("retry: ٣".encode(), None),
    ],
)
def test_a_time_to_wait_counts_when_it_is_digits_only(line: bytes, expected: int | None) -> None:
    decoder = EventDecoder()
    assert decoder.feed(line + b"\n\n") == []
    assert decoder.retry == expected


TEXT = st.text(
    st.one_of(
        st.characters(exclude_characters="\r\n", codec="utf-8"),
        st.sampled_from("é€\u2028\u0085\ufeff😀 :"),  # one to four bytes each, and what looks like an end of line
    ),
    max_size=12,
)
LINES = st.one_of(
    st.sampled_from(["", "", ":", "event: ping", "id: 1", "id: \0", "retry: 10", "data", "\ufeffdata: x"]),
    st.builds("data: {}".format, TEXT),
)
STREAMS = st.lists(st.tuples(LINES, st.sampled_from(["\n", "\r\n", "\r"])), max_size=20).map(
    lambda lines: "".join(line + end for line, end in lines).encode()
)
# Bytes that begin, continue or break off a character of UTF-8, and every way a line may end.
BROKEN = st.lists(
    st.sampled_from(
        [b"data: ", b"\xf0\x9f\x98", b"\x80", b"\xe2\x82", b"\xc3", b"\xff", b"\xa9", b"\r", b"\n", b"\r\n"]
    ),
    max_size=24,
).map(b"".join)


def cut(stream: bytes, cuts: list[int]) -> list[bytes]:
    """The stream in pieces, empty ones too."""
    places = [0, *sorted(place % (len(stream) + 1) for place in cuts), len(stream)]
    return [stream[start:end] for start, end in itertools.pairwise(places)]


@settings(max_examples=400)
@given(
    stream=st.one_of(STREAMS, STREAMS, BROKEN, st.binary(max_size=80)),
    cuts=st.lists(st.integers(0, 10_000), max_size=40),
)
def test_any_cutting_of_any_bytes_gives_the_same_events(stream: bytes, cuts: list[int]) -> None:
    assert decode(*cut(stream, cuts)) == decode(stream)


@given(stream=st.one_of(STREAMS, BROKEN), size=st.integers(1, 5))
def test_pieces_of_any_one_size_give_the_same_events(stream: bytes, size: int) -> None:
    pieces = [stream[start : start + size] for start in range(0, len(stream), size)]
    assert decode(*pieces) == decode(stream)


@given(before=STREAMS, data=TEXT, end=st.sampled_from(["\n", "\r\n", "\r"]), cuts=st.lists(st.integers(0, 10_000)))
def test_what_was_sent_is_what_is_read_wherever_characters_and_line_ends_are_cut(
    before: bytes, data: str, end: str, cuts: list[int]
) -> None:
    sent = before + f"{end}{end}event: last{end}data: {data}{end}{end}".encode()
    last = decode(*cut(sent, cuts))[-1]
    # Every character and every line end, one byte at a time, is the hardest cut of all.
    assert last == decode(*(sent[at : at + 1] for at in range(len(sent))))[-1]
    assert (last.event, last.data) == ("last", data)


@pytest.mark.parametrize("flood", [b"data: " + b"x" * 2000, b"data: xxxxxxxx\n" * 200, b"data\n" * 2000, b"x" * 2000])
def test_an_event_without_an_end_is_an_error_of_its_own_and_not_a_full_memory(flood: bytes) -> None:
    decoder = EventDecoder(limit=1000)
    assert decoder.feed(b"data: " + b"y" * 900 + b"\n\n") != []
    with pytest.raises(EventTooLargeError):
        decoder.feed(flood)
