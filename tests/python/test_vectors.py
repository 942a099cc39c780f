"""docs/vectors against a second implementation, written from docs/protocol.md.

Every message is built from its fields, every frame is opened and its signature checked, and everything that must be
refused is refused. Standard library only.
"""

import json
import unittest
from pathlib import Path

from vectors import build, read
from vectors.cbor import decode, encode
from vectors.crypto import expand, handshake, hkdf, mac, public_key, seal, sha256, unseal, verify, x25519

VECTORS = Path(__file__).parents[2] / "docs" / "vectors"
FIRST = json.loads((VECTORS / "phonein-v1.json").read_text())
MESSAGES = json.loads((VECTORS / "messages.json").read_text())
b = bytes.fromhex


def plain(value):
    """A value of phonein-v1.json, whose byte strings are {"b": hex} and whose labels are texts."""
    if isinstance(value, dict):
        if value.keys() == {"b"}:
            return b(value["b"])
        return {int(label): plain(item) for label, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, list) else value


def hexed(step):
    return {name: value.hex() if isinstance(value, bytes) else value for name, value in step.items()}


def agreements(kind, e_door_private, e_phone_private, static_private):
    """Both ends come to the same."""
    e_door, e_phone = x25519(e_door_private), x25519(e_phone_private)
    dh_ee = x25519(e_phone_private, e_door)
    assert dh_ee == x25519(e_door_private, e_phone)
    dh_se = x25519(e_phone_private, x25519(static_private)) if kind == 1 else None
    assert dh_se is None or dh_se == x25519(static_private, e_phone)
    return e_door, e_phone, dh_ee, dh_se


def signed_text(kind, h, signer, age, padded):
    context = {1: b"phonein request v1", 2: b"phonein pairing v1"}[kind]
    return context + h + signer + age.to_bytes(2, "big") + padded


def padded(body):
    return body + bytes(-len(body) % 32)


class ByTheFirstVectors(unittest.TestCase):
    """phonein-v1.json."""

    keys = FIRST["keys"]

    def test_keys(self):
        keys = {name: b(value) for name, value in self.keys.items() if name != "uuid"}
        self.assertEqual(x25519(keys["intercom_private"]), keys["intercom"])
        self.assertEqual(b(self.keys["uuid"].replace("-", "")), keys["uuid_bytes"])
        self.assertEqual(hkdf(keys["uuid_bytes"], b"phonein pairing v1", 32), keys["psk"])
        self.assertEqual(sha256(keys["link_secret"])[:16], keys["commitment"])
        for phone in ("manager", "guest"):
            self.assertEqual(public_key(keys[phone + "_private"]), keys[phone])
            self.assertEqual(sha256(keys[phone])[:8], keys[phone + "_kid"])

    def test_exchanges(self):
        static = b(self.keys["intercom_private"])
        for name, e in FIRST["exchanges"].items():
            with self.subTest(name):
                kind, hello = e["kind"], b(e["hello"])
                secrets = b(e["e_door_private"]), b(e["e_phone_private"]), static
                e_door, e_phone, dh_ee, dh_se = agreements(kind, *secrets)
                self.assertEqual(hello, b"\1" + e["token"].to_bytes(8, "big") + e_door)
                self.assertEqual((e_door.hex(), e_phone.hex(), dh_ee.hex()), (e["e_door"], e["e_phone"], e["dh_ee"]))
                self.assertEqual(dh_se and dh_se.hex(), e["dh_se"])
                noise, tag = handshake(kind, hello, e_phone, dh_ee, x25519(static), dh_se, b(self.keys["psk"]))
                self.assertEqual(noise.steps[1]["input"].hex(), e["prologue"])
                self.assertEqual([hexed(step) for step in noise.steps], e["steps"])
                self.assertEqual((tag.hex(), noise.h.hex()), (e["tag"], e["h"]))
                to_phone, to_door = noise.split()
                self.assertEqual((to_phone.hex(), to_door.hex()), (e["key_to_phone"], e["key_to_door"]))
                self.assertEqual(sha256(b(e["body"])).hex(), e["body_hash"])
                self.assertEqual(padded(b(e["body"])).hex(), e["padded"])
                text = signed_text(kind, noise.h, b(e["signer"]), e["age"], b(e["padded"]))
                self.assertEqual(text.hex(), e["signed_text"])
                self.assertTrue(verify(b(e["signer"]), text, b(e["signature"])))
                request = b(e["signature"]) + e["age"].to_bytes(2, "big") + b(e["padded"])
                req = bytes([kind]) + hello[1:9] + e_phone + tag + seal(to_door, request)
                self.assertEqual((request.hex(), req.hex()), (e["req_plaintext"], e["req"]))
                result = encode(plain(e["result"]))
                self.assertEqual((result.hex(), seal(to_phone, result).hex()), (e["res_plaintext"], e["res"]))

    def test_grants(self):
        intercom, manager, kid = (b(self.keys[name]) for name in ("intercom", "manager", "manager_kid"))
        for name, grant in FIRST["grants"].items():
            with self.subTest(name):
                labels = {build.GRANT_LABELS[label][0]: value for label, value in grant["fields"].items()}
                self.assertEqual(encode(plain(labels)).hex(), grant["payload"])
                text = build.sig_structure(b(grant["payload"]), kid, intercom)
                self.assertEqual(text.hex(), grant["sig_structure"])
                self.assertEqual(build.grant(b(grant["payload"]), kid, b(grant["signature"])).hex(), grant["cose"])
                self.assertTrue(verify(manager, text, b(grant["signature"])))
                read.grant(b(grant["cose"]))

    def test_link(self):
        self.assertEqual(read.link(FIRST["link"]["text"]), read.GOOD)
        begun = b"\1" + b(self.keys["intercom"]) + b(self.keys["link_secret"]) + b(FIRST["grants"]["always"]["cose"])
        self.assertEqual((begun + b(FIRST["link"]["display"])).hex(), FIRST["link"]["payload"])

    def test_zone_table(self):
        self.assertEqual(encode(FIRST["zone_table"]["table"]).hex(), FIRST["zone_table"]["cbor"])
        read.zone_table(FIRST["zone_table"]["table"])

    def test_log(self):
        before = bytes(32)
        for entry in FIRST["log"]:
            raw = encode(plain(entry["fields"]))
            self.assertEqual((raw.hex(), sha256(raw).hex()), (entry["entry"], entry["hash"]))
            self.assertEqual(plain(entry["fields"])[1], before)
            read.log_entry(raw)
            before = sha256(raw)

    def test_fragments(self):
        def cut(message, mtu):
            pieces, rest, size = [], message, mtu - 8
            while rest:
                head = len(message).to_bytes(2, "big") if not pieces else b""
                piece, rest = rest[: size - 1 - len(head)], rest[size - 1 - len(head) :]
                pieces.append(bytes([len(pieces) % 128 | (0 if rest else 128)]) + head + piece)
            return [piece.hex() for piece in pieces]

        fragments = FIRST["claim_fragments"]
        self.assertEqual(cut(b(fragments["message"]), fragments["mtu"]), fragments["fragments"])
        self.assertEqual(cut(b"\2", fragments["mtu"]), fragments["transport_error_2"])

    def test_advertisement(self):
        nonce = b(FIRST["advertisement"]["nonce"])
        self.assertEqual((nonce + mac(b(self.keys["intercom"]), nonce)[:3]).hex(), FIRST["advertisement"]["data"])


class ByEveryMessage(unittest.TestCase):
    """messages.json."""

    phones = MESSAGES["phones"]

    def test_phones(self):
        for name in ("manager", "guest", "stranger"):
            phone = self.phones[name]
            self.assertEqual(public_key(b(phone["private"])).hex(), phone["public"])
            self.assertEqual(sha256(b(phone["public"]))[:8].hex(), phone["kid"])
        self.assertEqual(x25519(b(self.phones["intercom"]["private"])).hex(), self.phones["intercom"]["public"])

    def test_zone_tables(self):
        for table in MESSAGES["zone_tables"]:
            self.assertEqual(encode(build.zone_table(table["fields"])).hex(), table["cbor"])
            read.zone_table(decode(b(table["cbor"])))

    def test_grants(self):
        intercom = b(self.phones["intercom"]["public"])
        for grant in MESSAGES["grants"]:
            with self.subTest(grant["name"]):
                signer = self.phones[grant["signer"]]
                payload, kid = build.payload(grant["fields"]), b(signer["kid"])
                self.assertEqual(payload.hex(), grant["payload"])
                text = build.sig_structure(payload, kid, intercom)
                self.assertEqual(text.hex(), grant["sig_structure"])
                raw = b(grant["grant"])
                self.assertEqual(build.grant(payload, kid, raw[-64:]), raw)
                self.assertTrue(verify(b(signer["public"]), text, raw[-64:]))
                read.grant(raw)

    def test_bodies(self):
        ops = set()
        for body in MESSAGES["bodies"]:
            with self.subTest(body["name"]):
                raw = build.body(body["fields"])
                self.assertEqual((raw.hex(), sha256(raw).hex()), (body["cbor"], body["hash"]))
                self.assertIsNone(read.body(raw))
                ops.add(body["fields"]["op"])
        self.assertEqual(ops, set(range(9)))

    def test_answers(self):
        codes, done = set(), set()
        for answer in MESSAGES["answers"]:
            with self.subTest(answer["cbor"]):
                raw = build.answer(answer["to"], answer["fields"])
                self.assertEqual(raw.hex(), answer["cbor"])
                read.answer(raw, answer["to"])
                codes.add(answer["fields"]["code"])
                if answer["fields"]["code"] == 1:
                    done.add(answer["to"])
        self.assertEqual(codes, set(range(22)) - {20})
        self.assertEqual(done, set(range(9)) - {1})

    def test_log(self):
        before, kinds = bytes(32), set()
        for number, entry in enumerate(MESSAGES["log"]["entries"], 1):
            raw = build.log_entry(entry["fields"])
            self.assertEqual((raw.hex(), sha256(raw).hex()), (entry["cbor"], entry["hash"]))
            self.assertEqual((entry["fields"]["number"], b(entry["fields"]["before"])), (number, before))
            read.log_entry(raw)
            before = sha256(raw)
            kinds.add(entry["fields"]["kind"])
        self.assertEqual(MESSAGES["log"]["head"], {"number": number, "hash": before.hex()})
        self.assertEqual(kinds, set(range(10)))

    def test_what_is_read_and_what_is_refused(self):
        for case in MESSAGES["read"]:
            with self.subTest(case["what"] + ": " + case["why"]):
                self.assertEqual(read.verdict_of(case), case["verdict"])

    def test_frames(self):
        frames = MESSAGES["frames"]
        seed = b(frames["epoch_random"]) + frames["boot"].to_bytes(8, "big")
        epoch_key, epoch_number = hkdf(seed, b"phonein epoch key v1", 32), hkdf(seed, b"phonein epoch number v1", 2)
        static = b(self.phones["intercom"]["private"])
        psk = hkdf(b(self.phones["uuid"]), b"phonein pairing v1", 32)
        ops = set()
        for e in frames["exchanges"]:
            with self.subTest(e["name"]):
                kind, hello, signer = e["kind"], b(e["hello"]), b(self.phones[e["signer"]]["public"])
                token, op = e["token"].to_bytes(8, "big"), e["request"]["op"]
                self.assertEqual(token[:2], epoch_number)
                self.assertEqual(expand(epoch_key, b"phonein e_door v1" + token, 32).hex(), e["e_door_private"])
                secrets = b(e["e_door_private"]), b(e["e_phone_private"]), static
                e_door, e_phone, dh_ee, dh_se = agreements(kind, *secrets)
                self.assertEqual(hello, b"\1" + token + e_door)
                noise, tag = handshake(kind, hello, e_phone, dh_ee, x25519(static), dh_se, psk)
                to_phone, to_door = noise.split()
                body = build.body(e["request"])
                self.assertEqual(body.hex(), e["body"])
                text = signed_text(kind, noise.h, signer, e["age"], padded(body))
                self.assertEqual(text.hex(), e["signed_text"])
                self.assertTrue(verify(signer, text, b(e["signature"])))
                request = b(e["signature"]) + e["age"].to_bytes(2, "big") + padded(body)
                self.assertEqual((bytes([kind]) + token + e_phone + tag + seal(to_door, request)).hex(), e["req"])
                result = unseal(to_phone, b(e["res"]))
                self.assertEqual((result.hex(), build.answer(op, e["answer"]).hex()), (e["result"], e["result"]))
                read.answer(result, op)
                ops.add(op)
        self.assertEqual(ops, set(range(9)))


if __name__ == "__main__":
    unittest.main()
