"""X25519, ChaCha20-Poly1305, HKDF, Noise and the check of ES256: slow, short, for test vectors only."""

import hashlib
import hmac
import struct


def sha256(data):
    return hashlib.sha256(data).digest()


def mac(key, data):
    return hmac.new(key, data, hashlib.sha256).digest()


def expand(key, info, length):
    out, block, counter = b"", b"", 1
    while len(out) < length:
        block = mac(key, block + info + bytes([counter]))
        out, counter = out + block, counter + 1
    return out[:length]


def hkdf(secret, info, length):
    return expand(mac(bytes(32), secret), info, length)


# RFC 7748

P25519 = 2**255 - 19


def x25519(private, public=(9).to_bytes(32, "little")):
    k = int.from_bytes(private, "little")
    k = k & ~7 & ((1 << 255) - 1) | 1 << 254
    u = int.from_bytes(public, "little") & ((1 << 255) - 1)
    x2, z2, x3, z3, p = 1, 0, u, 1, P25519
    swapped = 0
    for t in reversed(range(255)):
        bit = k >> t & 1
        if swapped ^ bit:
            x2, x3, z2, z3 = x3, x2, z3, z2
        swapped = bit
        a, b, c, d = (x2 + z2) % p, (x2 - z2) % p, (x3 + z3) % p, (x3 - z3) % p
        da, cb, aa, bb = d * a % p, c * b % p, a * a % p, b * b % p
        x3, z3 = (da + cb) ** 2 % p, u * (da - cb) ** 2 % p
        e = (aa - bb) % p
        x2, z2 = aa * bb % p, e * (aa + 121665 * e) % p
    if swapped:
        x2, z2 = x3, z3
    return (x2 * pow(z2, p - 2, p) % p).to_bytes(32, "little")


# RFC 8439


def chacha_block(key, counter, nonce):
    state = [0x61707865, 0x3320646E, 0x79622D32, 0x6B206574]
    state += struct.unpack("<8I", key) + (counter,) + struct.unpack("<3I", nonce)
    x = list(state)

    def turn(a, b, c, d):
        for first, second, third, shift in ((a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)):
            x[first] = (x[first] + x[second]) & 0xFFFFFFFF
            mixed = x[third] ^ x[first]
            x[third] = (mixed << shift | mixed >> 32 - shift) & 0xFFFFFFFF

    for _ in range(10):
        for column in range(4):
            turn(column, 4 + column, 8 + column, 12 + column)
        for column in range(4):
            turn(column, 4 + (column + 1) % 4, 8 + (column + 2) % 4, 12 + (column + 3) % 4)
    return struct.pack("<16I", *((a + b) & 0xFFFFFFFF for a, b in zip(x, state)))


def chacha(key, nonce, data):
    out = bytearray()
    for index in range(0, len(data), 64):
        stream = chacha_block(key, 1 + index // 64, nonce)
        out += bytes(a ^ b for a, b in zip(data[index : index + 64], stream))
    return bytes(out)


def poly_tag(key, nonce, ad, sealed):
    block = chacha_block(key, 0, nonce)
    r = int.from_bytes(block[:16], "little") & 0x0FFFFFFC0FFFFFFC0FFFFFFC0FFFFFFF
    s = int.from_bytes(block[16:32], "little")
    text = ad + bytes(-len(ad) % 16) + sealed + bytes(-len(sealed) % 16) + struct.pack("<QQ", len(ad), len(sealed))
    total = 0
    for index in range(0, len(text), 16):
        total = (total + int.from_bytes(text[index : index + 16] + b"\1", "little")) * r % (2**130 - 5)
    return ((total + s) % 2**128).to_bytes(16, "little")


ZERO_NONCE = bytes(12)


def seal(key, plain, ad=b""):
    sealed = chacha(key, ZERO_NONCE, plain)
    return sealed + poly_tag(key, ZERO_NONCE, ad, sealed)


def unseal(key, sealed, ad=b""):
    sealed, tag = sealed[:-16], sealed[-16:]
    if poly_tag(key, ZERO_NONCE, ad, sealed) != tag:
        raise ValueError("wrong tag")
    return chacha(key, ZERO_NONCE, sealed)


# FIPS 186-5, SP 800-186: P-256

P = 2**256 - 2**224 + 2**192 + 2**96 - 1
N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
G = (
    0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
    0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
)


def add(one, two):
    if one is None or two is None:
        return one or two
    (x1, y1), (x2, y2) = one, two
    if x1 == x2:
        if (y1 + y2) % P == 0:
            return None
        slope = (3 * x1 * x1 - 3) * pow(2 * y1, -1, P)
    else:
        slope = (y2 - y1) * pow(x2 - x1, -1, P)
    x = (slope * slope - x1 - x2) % P
    return x, (slope * (x1 - x) - y1) % P


def multiply(scalar, point):
    result = None
    for bit in bin(scalar)[2:]:
        result = add(result, result)
        if bit == "1":
            result = add(result, point)
    return result


def public_key(private):
    x, y = multiply(int.from_bytes(private, "big"), G)
    return bytes([2 + (y & 1)]) + x.to_bytes(32, "big")


def point(public):
    x = int.from_bytes(public[1:], "big")
    y = pow(x**3 - 3 * x + B, (P + 1) // 4, P)
    if len(public) != 33 or public[0] not in (2, 3) or (y * y - x**3 + 3 * x - B) % P:
        raise ValueError("no point")
    return x, y if y & 1 == public[0] & 1 else P - y


def verify(public, text, signature):
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    if len(signature) != 64 or not (0 < r < N and 0 < s < N):
        return False
    z, w = int.from_bytes(sha256(text), "big"), pow(s, -1, N)
    found = add(multiply(z * w % N, G), multiply(r * w % N, point(public)))
    return found is not None and found[0] % N == r


# docs/protocol.md, sections 3.3 and 5


class Handshake:
    """The steps of a Noise handshake, up to Split; `steps` is what docs/vectors/phonein-v1.json lists."""

    def __init__(self, name):
        self.h = name if len(name) <= 32 else sha256(name)
        self.ck, self.k, self.steps = self.h, None, []
        self.note("start", b"")

    def note(self, step, data):
        self.steps.append({"step": step, "input": data, "h": self.h, "ck": self.ck, "k": self.k})

    def outputs(self, data):
        temp = mac(self.ck, data)
        one = mac(temp, b"\1")
        two = mac(temp, one + b"\2")
        return one, two, mac(temp, two + b"\3")

    def mix_hash(self, data):
        self.h = sha256(self.h + data)
        self.note("MixHash", data)

    def mix_key(self, data):
        self.ck, self.k, _ = self.outputs(data)
        self.note("MixKey", data)

    def mix_key_and_hash(self, data):
        self.ck, temp, self.k = self.outputs(data)
        self.mix_hash(temp)
        self.note("MixKeyAndHash", data)

    def tag(self):
        tag = seal(self.k, b"", self.h)
        self.mix_hash(tag)
        return tag

    def split(self):
        to_phone, to_door, _ = self.outputs(b"")
        return to_phone, to_door


def handshake(kind, hello, e_phone, dh_ee, static, dh_se=None, psk=None):
    """Both sides do the same; they differ in how they come to the two agreements."""
    name = {1: b"Noise_KN_25519_ChaChaPoly_SHA256", 2: b"Noise_NNpsk2_25519_ChaChaPoly_SHA256"}[kind]
    version, token, e_door = hello[:1], hello[1:9], hello[9:]
    noise = Handshake(name)
    noise.mix_hash(b"phonein/1" + bytes([kind]) + version + token)
    if kind == 1:
        noise.mix_hash(static)
        noise.mix_hash(e_door)
        noise.mix_hash(b"")
        noise.mix_hash(e_phone)
        noise.mix_key(dh_ee)
        noise.mix_key(dh_se)
    else:
        noise.mix_hash(e_door)
        noise.mix_key(e_door)
        noise.tag()
        noise.mix_hash(e_phone)
        noise.mix_key(e_phone)
        noise.mix_key(dh_ee)
        noise.mix_key_and_hash(psk)
    return noise, noise.tag()
