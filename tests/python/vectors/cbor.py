"""Deterministic CBOR (docs/protocol.md, section 12.1)."""


class Malformed(Exception):
    """Not the bytes this protocol allows."""


class Map(list):
    """A map as its pairs, in their order."""

    def labels(self):
        """By label, where all labels are unsigned integers."""
        if not all(is_u(label) for label, _ in self):
            raise Malformed("a label that is no unsigned integer")
        return dict(self)


def is_u(value):
    return type(value) is int and value >= 0


def head(major, argument):
    for size, code in ((0, None), (1, 24), (2, 25), (4, 26), (8, 27)):
        if size == 0 and argument < 24:
            return bytes([major << 5 | argument])
        if size and argument < 1 << 8 * size:
            return bytes([major << 5 | code]) + argument.to_bytes(size, "big")
    raise Malformed("too great")


def encode(value):
    if value is None:
        return b"\xf6"
    if value is True or value is False:
        return b"\xf5" if value else b"\xf4"
    if isinstance(value, int):
        return head(0, value) if value >= 0 else head(1, -1 - value)
    if isinstance(value, bytes):
        return head(2, len(value)) + value
    if isinstance(value, str):
        return head(3, len(value.encode())) + value.encode()
    if isinstance(value, dict):
        pairs = sorted((encode(label), encode(item)) for label, item in value.items())
        return head(5, len(pairs)) + b"".join(label + item for label, item in pairs)
    if isinstance(value, (list, tuple)):
        return head(4, len(value)) + b"".join(map(encode, value))
    raise TypeError(value)


class Decoder:
    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, count):
        if count > len(self.data) - self.at:
            raise Malformed("cut off")
        self.at += count
        return self.data[self.at - count : self.at]

    def item(self, depth=1):
        if depth > 8:
            raise Malformed("too deep")
        first = self.take(1)[0]
        major, short = first >> 5, first & 31
        if short < 24:
            argument = short
        elif short <= 27:
            size = 1 << short - 24
            argument = int.from_bytes(self.take(size), "big")
            if head(major, argument) != self.data[self.at - size - 1 : self.at]:
                raise Malformed("not the shortest head")
        else:
            raise Malformed("no definite length")
        if major <= 1:
            if argument >= 1 << 63:
                raise Malformed("an integer too great")
            return argument if major == 0 else -1 - argument
        if major == 2:
            return self.take(argument)
        if major == 3:
            try:
                return self.take(argument).decode("utf-8")
            except UnicodeDecodeError:
                raise Malformed("no UTF-8") from None
        if major == 4:
            return [self.item(depth + 1) for _ in range(argument)]
        if major == 5:
            return self.map(argument, depth)
        if major == 7 and argument in (20, 21, 22):
            return {20: False, 21: True, 22: None}[argument]
        raise Malformed("a tag, a float or another simple value")

    def map(self, count, depth):
        pairs, last = Map(), b""
        for _ in range(count):
            start = self.at
            label = self.item(depth + 1)
            key = self.data[start : self.at]
            if key <= last:
                raise Malformed("labels not ascending")
            last = key
            pairs.append((label, self.item(depth + 1)))
        return pairs


def first_item(data):
    """The item that the bytes begin with, and how many bytes it has."""
    decoder = Decoder(data)
    return decoder.item(), decoder.at


def decode(data):
    item, length = first_item(data)
    if length != len(data):
        raise Malformed("more than one item")
    return item
