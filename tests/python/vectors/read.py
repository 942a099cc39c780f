"""What a reader takes and what it refuses (docs/protocol.md, sections 10 and 12)."""

import base64
import re

from .cbor import Malformed, Map, decode, first_item, is_u

GOOD, MALFORMED, TOO_NEW, TRANSPORT = "good", "malformed", "version too new", "transport error 1"


class TooNew(Exception):
    """A restriction, an op or a setting of a newer version."""


def need(condition):
    if not condition:
        raise Malformed("out of bounds")


def u(value, below=1 << 63):
    need(is_u(value) and value < below)
    return value


def time(value):
    return u(value, 1 << 40)


def integer(value, least, most):
    need(type(value) is int and least <= value <= most)


def data(value, *lengths):
    need(isinstance(value, bytes) and (not lengths or len(value) in lengths))
    return value


def text(value, characters, most):
    need(isinstance(value, str) and len(value) <= characters and len(value.encode()) <= most)


def boolean(value):
    need(value is True or value is False)


def array(value, *lengths):
    need(type(value) is list and (not lengths or len(value) in lengths))
    return value


def or_null(value, read):
    if value is not None:
        read(value)


def person(value):
    text(value, 40, 160)


def public(value):
    need(data(value, 33)[0] in (2, 3))


def url(value):
    text(value, 256, 256)


def zone_table(value):
    zone, tzdb, first, pairs, until = array(value, 5)
    for name in (zone, tzdb):
        text(name, 64, 64)
        need(name)
    integer(first, -86_400, 86_400)
    for pair in array(pairs):
        at, offset = array(pair, 2)
        time(at)
        integer(offset, -86_400, 86_400)
    need(len(pairs) <= 64 and all(a[0] < b[0] for a, b in zip(pairs, pairs[1:])))
    time(until)


def rule(value):
    kind, rest = u(array(value)[0]) if value else None, value[1:]
    if kind == 0:
        need(not rest)
    elif kind == 1:
        start, expiry = array(rest, 2)
        need(time(start) < time(expiry))
    else:
        need(kind == 2)
        days, first, last, start, end = array(rest, 5)
        need(0 < u(days) < 128 and u(first, 12_725_827) <= u(last, 12_725_827))
        u(start, 1440)
        u(end, 1440)


def grant_payload(value):
    need(isinstance(value, Map))
    labels = value.labels()
    if any(label < 32 and label > 9 for label in labels):
        raise TooNew
    take = labels.pop
    need({0, 1, 2, 3} <= labels.keys())
    data(take(0), 8)
    version = u(take(1))
    need(version >= 1 and u(take(2)) < version)
    time(take(3))
    if 9 in labels:
        need(take(9) is True)
    else:
        need({4, 5, 7, 8} <= labels.keys())
        time(take(4))
        rule(take(5))
        need(u(take(6, 1)) >= 1)
        need(1 <= u(take(7)) <= 3)
        data(take(8), 16)
    if 32 in labels:
        text(take(32), 40, 160)
    u(take(33, 0))
    if 34 in labels:
        text(take(34), 400, 400)
    need(all(label >= 32 for label in labels))


def grant(raw):
    need(len(raw) <= 1024)
    protected, unprotected, payload, signature = array(decode(raw), 4)
    need(isinstance(unprotected, Map) and not unprotected)
    data(signature, 64)
    data(payload)
    header = decode(data(protected))
    need(isinstance(header, Map) and len(header) == 2 and header[0] == (1, -7) and header[1][0] == 4)
    data(header[1][1], 8)
    grant_payload(decode(payload))


def envelope(raw):
    """What decides whose signature to check; a breach is a transport error."""
    body, _ = first_item(raw)
    need(len(array(body)) >= 3)
    op, number, kid = u(body[0]), u(body[1]), data(body[2], 0, 8)
    if op in (0, 2):
        at = {0: 3, 2: 5}[op]
        need(len(body) > at)
        public(body[at])
    return op, number, kid, body[3:]


def settings_write(value):
    need(isinstance(value, Map))
    labels = value.labels()
    for label, read in ((1, boolean), (2, zone_table), (3, time), (4, lambda force: need(force is True))):
        if label in labels:
            read(labels[label])
    if labels.keys() - {1, 2, 3, 4}:
        raise TooNew
    need((3 in labels) == (4 in labels))


def managers_ask(fields):
    kind = u(fields[0])
    need(kind <= 2)
    if kind == 0:
        need(len(fields) > 1)
        data(fields[1], 0, 8)
    if kind:
        data(fields[1], 8)
    if kind == 1:
        need(len(fields) > 2)
        data(fields[2], 8)


def settings_op(fields):
    if fields:
        u(fields[0])
        settings_write(fields[1])


def each(*readers):
    """Reads one element with each; more may follow."""

    def read(fields):
        need(len(fields) >= len(readers))
        for value, reader in zip(fields, readers):
            reader(value)

    return read


def grants(value):
    for one in array(value):
        data(one)


OPS = {
    0: each(public, person, lambda zone: or_null(zone, zone_table), time),
    1: each(lambda key: data(key, 0, 8), u, u),
    2: each(data, lambda secret: data(secret, 16), public, person, lambda door: or_null(door, u)),
    3: each(grants, time, lambda zone: or_null(zone, zone_table)),
    4: each(u),
    5: settings_op,
    6: each(),
    7: managers_ask,
    8: each(u),
}


def body(raw):
    try:
        op, number, kid, fields = envelope(raw)
    except Malformed:
        return TRANSPORT
    if op not in OPS:
        raise TooNew
    need(len(kid) == (0 if op in (0, 2) else 8))
    need(1 <= number < 1 << 53 if op in (1, 2) else number == 0)
    OPS[op](fields)


def outcome(code, detail):
    need(code <= 19 or code == 21)
    readers = {0: each(lambda door: u(door, 2), u), 2: each(time), 3: each(time), 14: each(u)}
    readers.get(code, each())(detail)


def verdict(value):
    need(len(array(value)) == 2 if array(value)[:1] == [1] else len(value) == 1)
    need(u(value[0]) <= 5)
    if value[0] == 1:
        data(value[1])


def settings_read(value):
    need(isinstance(value, Map))
    labels = value.labels()
    u(labels[0])
    or_null(labels[1], boolean)
    zone = [labels[label] for label in (2, 3, 4)]
    need(all(one is None for one in zone) or None not in zone)
    or_null(labels[2], lambda name: text(name, 64, 64))
    or_null(labels[3], lambda name: text(name, 64, 64))
    or_null(labels[4], time)
    urls(labels[5])
    or_null(labels[6], u)
    u(labels[7])


def urls(value):
    for one in array(value):
        url(one)


def last_tap(value):
    code, detail = array(value, 2)
    outcome(u(code), array(detail))


def manager(value):
    kid, key, name = array(value, 3)
    data(kid, 8)
    public(key)
    person(name)


def managers(values):
    values = array(values)
    more = [True] if values and values[-1] is True else []
    for value in values[: len(values) - len(more)]:
        manager(value)


def holder(value):
    kid, name = array(value, 2)
    data(kid, 8)
    person(name)


def key_item(value):
    array(value, 2, 6)
    u(value[0])
    data(value[1], 8)
    if len(value) == 6:
        data(value[2])
        or_null(value[3], holder)
        u(value[4])
        u(value[5])


def list_of(reader):
    def read(values):
        for value in array(values):
            reader(value)

    return read


DONE = {
    0: each(lambda key: data(key, 32), lambda doors: need(1 <= u(doors) <= 3), urls),
    3: list_of(verdict),
    4: each(list_of(data), boolean),
    5: each(settings_read),
    6: each(u, lambda last: or_null(last, last_tap)),
    7: managers,
    8: each(list_of(key_item), boolean, u),
}


def head(value):
    number, digest = array(value, 2)
    u(number)
    data(digest, 32)


def answer(raw, op):
    labels = decode(raw)
    need(isinstance(labels, Map))
    labels = labels.labels()
    readers = {2: time, 3: data, 4: lambda one: need(one is True), 5: boolean, 6: time, 8: head}
    readers[7] = lambda hello: data(hello, 41)
    for label, read in readers.items():
        if label in labels:
            read(labels[label])
    code, detail = u(labels.get(0)), array(labels.get(1, []))
    if code != 1:
        outcome(code, detail)
    elif detail:
        need(op in DONE)
        DONE[op](detail)


def log_entry(raw):
    number, before, at, kind, kid, key, door, via, detail = array(decode(raw), 9)
    need(u(number) >= 1)
    data(before, 32)
    or_null(at, time)
    data(kid, 0, 8)
    data(key, 0, 8)
    or_null(door, u)
    or_null(via, u)
    names = {1: [u], 2: [person], 4: [person], 5: [time]}
    if kind == 3:
        change = u(array(detail)[0])
        if change >= 5:
            return
        names[3] = {0: [u, u], 1: [u, u], 2: [u]}.get(change, [u, lambda kid: data(kid, 8)])
    if u(kind) >= 9:
        array(detail)
        return
    readers = names.get(kind, [])
    array(detail, len(readers))
    each(*readers)(detail)


def link(address):
    shape = re.fullmatch(r"(?i:https)://[^/#]+/k(?:\?[^#]*)?#(.*)", address.strip(), re.DOTALL)
    if len(address) > 4096 or not shape:
        return "not a link"
    try:
        need(re.fullmatch(r"[A-Za-z0-9_-]*", shape[1]) and len(shape[1]) % 4 != 1)
        payload = base64.urlsafe_b64decode(shape[1] + "=" * (-len(shape[1]) % 4))
        need(base64.urlsafe_b64encode(payload).rstrip(b"=").decode() == shape[1])
        need(payload and payload[0])
        if payload[0] > 1:
            return TOO_NEW
        need(len(payload) > 49)
        cose, length = first_item(payload[49:])
        grant(payload[49 : 49 + length])
        need(9 not in dict(decode(cose[2])))
        name, zone, address = array(decode(payload[49 + length :]), 3)
        url(name)
        url(zone)
        or_null(address, url)
    except Malformed:
        return "damaged"
    except TooNew:
        return TOO_NEW
    return GOOD


def verdict_of(case):
    """Of one case of `read` in messages.json."""
    if case["what"] == "link":
        return link(case["text"])
    raw = bytes.fromhex(case["bytes"])
    readers = {
        "body": body,
        "grant": grant,
        "answer": lambda raw: answer(raw, case["to"]),
        "zone table": lambda raw: zone_table(decode(raw)),
        "log entry": log_entry,
    }
    try:
        return readers[case["what"]](raw) or GOOD
    except TooNew:
        return TOO_NEW
    except (Malformed, IndexError, KeyError):
        # A list that is too short or a label that is missing.
        return MALFORMED
