"""Messages from their fields (docs/protocol.md, section 12)."""

from .cbor import decode, encode

b = bytes.fromhex


def zone_table(fields):
    pairs = [[time, offset] for time, offset in fields["transitions"]]
    return [fields["zone"], fields["tzdb"], fields["first_offset"], pairs, fields["until"]]


def zone_or_null(fields):
    return None if fields is None else zone_table(fields)


def rule(fields):
    if fields == "always":
        return [0]
    if "expiry" in fields:
        return [1, fields["start"], fields["expiry"]]
    return [2] + [fields[name] for name in ("days", "from", "until", "start", "end")]


GRANT_LABELS = {
    "key": (0, b),
    "version": (1, int),
    "base": (2, int),
    "issued": (3, int),
    "claim_by": (4, int),
    "rule": (5, rule),
    "uses": (6, int),
    "doors": (7, int),
    "commitment": (8, b),
    "revoked": (9, bool),
    "name": (32, str),
    "category": (33, int),
    "welcome": (34, str),
}


def payload(fields):
    return encode({GRANT_LABELS[name][0]: GRANT_LABELS[name][1](value) for name, value in fields.items()})


def protected(kid):
    return encode({1: -7, 4: kid})


def sig_structure(payload, kid, intercom):
    return encode(["Signature1", protected(kid), intercom, payload])


def grant(payload, kid, signature):
    return encode([protected(kid), {}, payload, signature])


def settings_write(fields):
    written = {}
    if "inner_door" in fields:
        written[1] = fields["inner_door"]
    if "zone" in fields:
        written[2] = zone_table(fields["zone"])
    if "clock" in fields:
        written |= {3: fields["clock"], 4: True}
    return written


def managers_ask(fields):
    return {
        "page": lambda: [0, b(fields["after"])],
        "add": lambda: [1, b(fields["key"]), b(fields["holder"])],
        "remove": lambda: [2, b(fields["kid"])],
    }[fields["ask"]]()


def body(message):
    f = message["fields"]
    fields = {
        0: lambda: [b(f["public"]), f["name"], zone_or_null(f["zone"]), f["now"]],
        1: lambda: [b(f["key"]), f["door"], f["held"]],
        2: lambda: [b(f["grant"]), b(f["secret"]), b(f["public"]), f["name"], f["door"]],
        3: lambda: [[b(grant) for grant in f["grants"]], f["now"], zone_or_null(f["zone"])],
        4: lambda: [f["after"]],
        5: lambda: [f["revision"], settings_write(f["write"])] if f else [],
        6: lambda: [],
        7: lambda: managers_ask(f),
        8: lambda: [f["after"]],
    }[message["op"]]()
    return encode([message["op"], message["number"], b(message["kid"])] + fields)


def outcome_detail(code, f):
    if f is None:
        return []
    return {
        0: lambda: [f["door"], f["seconds"]],
        2: lambda: [f["time"]],
        3: lambda: [f["time"]],
        14: lambda: [f["last"]],
    }[code]()


def key_item(f):
    item = [f["change"], b(f["key"])]
    if "grant" in f:
        holder = f["holder"] and [b(f["holder"]["kid"]), f["holder"]["name"]]
        item += [b(f["grant"]), holder] + f["used"]
    return item


def settings(f):
    zone = f["zone"] or {"zone": None, "tzdb": None, "until": None}
    labels = [f["revision"], f["inner_door"], zone["zone"], zone["tzdb"], zone["until"], f["urls"], f["clock_error"]]
    return dict(enumerate(labels + [f["strangers"]]))


def done_detail(op, f):
    if f is None:
        return []
    return {
        0: lambda: [b(f["intercom"]), f["doors"], f["urls"]],
        3: lambda: [[one["verdict"]] + ([b(one["stored"])] if "stored" in one else []) for one in f],
        4: lambda: [[b(entry) for entry in f["entries"]], f["more"]],
        5: lambda: [settings(f)],
        6: lambda: [
            f["number"],
            f["last"] and [f["last"]["code"], outcome_detail(f["last"]["code"], f["last"]["detail"])],
        ],
        7: lambda: [one if one is True else [b(one["kid"]), b(one["public"]), one["name"]] for one in f],
        8: lambda: [[key_item(item) for item in f["items"]], f["more"], f["counter"]],
    }[op]()


def answer(op, f):
    detail = done_detail(op, f["detail"]) if f["code"] == 1 else outcome_detail(f["code"], f["detail"])
    result = {0: f["code"]}
    if detail:
        result[1] = detail
    plain = {"time": 2, "manager": 4, "holds": 5, "clock_differs": 6}
    result |= {label: f[name] for name, label in plain.items() if name in f}
    result |= {label: b(f[name]) for name, label in {"stored": 3, "hello": 7}.items() if name in f}
    if "head" in f:
        result[8] = [f["head"]["number"], b(f["head"]["hash"])]
    return encode(result)


def changed(detail):
    """What changed, and the version or the kid it has."""
    version = [detail["version"]] if "version" in detail else []
    kid = [b(detail["kid"])] if "kid" in detail else []
    return [detail["changed"]] + version + kid


def log_entry(f):
    detail = {
        1: lambda d: [d["code"]],
        2: lambda d: [d["name"]],
        3: changed,
        4: lambda d: [d["name"]],
        5: lambda d: [d["time"]],
    }
    # What is not known is written as it came.
    plain = f["detail"]
    detail = decode(b(plain["cbor"])) if "cbor" in plain else detail.get(f["kind"], lambda d: [])(plain)
    who = [f["time"], f["kind"], b(f["kid"]), b(f["key"]), f["door"], f["via"]]
    return encode([f["number"], b(f["before"])] + who + [detail])
