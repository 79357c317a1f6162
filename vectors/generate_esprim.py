#!/usr/bin/env python3
"""Writes esprim.json: what a strict Receiver and Originator of ESPrim make of objects.

Nothing of the reference implementation is used: HMAC is that of Python, AES-GCM that of the package `cryptography`.
The same octets come out every time.

usage: vectors/generate_esprim.py [--check]
"""

import base64
import hashlib
import hmac
import json
import pathlib
import sys
import zlib

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

TARGET = pathlib.Path(__file__).with_name("esprim.json")

LABEL = b"oneM2M HMAC-SHA256 sessionESPrimKey derivation algorithm"
KEY = bytes(range(32))
OTHER_KEY = bytes(range(0x80, 0xA0))
KID = "5f1c9a02d37b4e6880c1a2b3c4d5e6f7@mef.provider.example.com"
OTHER_KID = "0a1b2c3d4e5f60718293a4b5c6d7e8f9@mef.provider.example.com"
NOW = "20260401T120000"
RECEIVER = {
    "esri": "rr-0001",
    "esrv": "c3d2e1f0a9b8978685746352413f2e1d",
    "esrx": "20991231T235959",
    "esks": [1],
    "espa": [10, 11, 12],
}
ORIGINATOR = {
    "esri": "or-0001",
    "esrv": "a1b2c3d4e5f60718293a4b5c6d7e8f90",
    "esrx": "20991231T000000",
    "esk": 1,
    "espa": [12],
}
NEXT = {**ORIGINATOR, "esri": "or-0002", "esrv": "b7e6d5c4b3a291807f6e5d4c3b2a1908"}
HEADER = {
    "alg": "dir",
    "enc": "A256GCM",
    "kid": KID,
    "cty": "application/vnd.onem2m-preq+json",
    "ori": "or-0001",
    "rri": "rr-0001",
    "oro": ORIGINATOR,
}
ANSWER = {
    "alg": "dir",
    "enc": "A256GCM",
    "kid": KID,
    "cty": "application/vnd.onem2m-prsp+json",
    "ori": "or-0001",
    "rri": "rr-0001",
}
INNER = (
    '{"op":1,"to":"/in-cse-1/-/e2eTarget","fr":"/mn-cse-1/Cae1","rqi":"inner-0001","rvi":"3","ty":4,'
    '"pc":{"m2m:cin":{"cnf":"text/plain:0","con":"21.5"}}}'
)
RESULT = (
    '{"rsc":2001,"rqi":"inner-0001","rvi":"3","pc":{"m2m:cin":{"rn":"cin-1","ty":4,"ri":"cin-1-id",'
    '"pi":"e2eTarget-id","ct":"20260401T120000","lt":"20260401T120000","et":"20270401T120000","st":1,"cs":4,'
    '"cnf":"text/plain:0","con":"21.5"}}}'
)
LONG = {
    "esri": "esprimRandID",
    "esrv": "esprimRandValue",
    "esrx": "esprimRandExpiry",
    "esk": "esprimKeyGenAlgID",
    "esks": "esprimKeyGenAlgIDs",
    "espa": "esprimProtocolAndAlgIDs",
}


def compact(value):
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def b64(octets):
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()


def octets_of(rand, reading="json-short"):
    return {
        "json-short": lambda: compact(rand).encode(),
        "json-short-sorted": lambda: compact(dict(sorted(rand.items()))).encode(),
        "json-wire": lambda: json.dumps(rand).encode(),
        "json-long": lambda: compact({LONG[name]: value for name, value in rand.items()}).encode(),
        "value-text": lambda: rand["esrv"].encode(),
        "value-octets": lambda: bytes.fromhex(rand["esrv"]),
    }[reading]()


def session(originator=ORIGINATOR, receiver=RECEIVER, key=KEY, reading="json-short", parts=None):
    if parts is None:
        parts = octets_of(receiver, reading) + octets_of(originator, reading) + LABEL
    return hmac.new(key, parts, hashlib.sha256).digest()


SESSION = session()


def vector_of(name):
    """An initialization vector that no other object has."""
    return hashlib.sha256(b"esprim vector " + name.encode()).digest()[:12]


def encrypt(key, iv, first, plaintext):
    sealed = AESGCM(key).encrypt(iv, plaintext, first.encode())
    return sealed[:-16], sealed[-16:]


def jwe(header=HEADER, inner=INNER, key=SESSION, iv=b"", encrypted_key=b"", first=None):
    text = header if isinstance(header, str) else compact(header)
    first = b64(text.encode()) if first is None else first
    inner = inner if isinstance(inner, bytes) else inner.encode()
    ciphertext, tag = encrypt(key, iv, first, inner)
    return ".".join([first, b64(encrypted_key), b64(iv), b64(ciphertext), b64(tag)])


def put(**members):
    return {**HEADER, **members}


def without(name, of=HEADER):
    return {key: value for key, value in of.items() if key != name}


def with_oro(**members):
    """A first object of a session, whose rand object differs in some members; the session key is that of the rand object."""
    rand = {**ORIGINATOR, **members}
    return put(ori=rand["esri"], oro=rand), session(rand)


VECTORS = []


def vector(identifier, reason, does, source, given, expected):
    VECTORS.append(
        {
            "id": identifier,
            "reason": reason,
            "source": source,
            "does": does,
            "from": given,
            "expected": expected,
        }
    )


DERIVED = "derived from the clause; computed with the HMAC of Python and the AES-GCM of OpenSSL"


class Group:
    """Vectors of one three-letter prefix, numbered as they come."""

    def __init__(self, prefix):
        self.prefix = prefix
        self.number = 0

    def next(self):
        self.number += 1
        return f"{self.prefix}/{self.number:03}"


def opens(group, reason, source, object_, inner=INNER, records=None, **given):
    expected = {"result": "valid", "status": 2000, "plaintext": inner if isinstance(inner, str) else inner.decode()}
    if records:
        expected["records"] = records
    vector(group.next(), reason, "receive", source, {"object": object_, **given}, expected)


def refused(group, reason, source, fault, status, object_, lawful=None, **given):
    result = "acceptable" if 2000 in (lawful or []) else "invalid"
    expected = {"result": result, "error": fault, "status": status}
    if lawful:
        expected["lawful"] = lawful
    vector(group.next(), reason, "receive", source, {"object": object_, **given}, expected)


def readings():
    group = Group("RND")
    for reading in ("json-short", "json-short-sorted", "json-wire", "json-long", "value-text", "value-octets"):
        as_sent = json.dumps if reading == "json-wire" else compact
        vector(
            group.next(),
            f"The octets of both rand objects in the reading {reading}, and the session key that follows.",
            "session",
            "TS-0003 V3.18.0, 10.3.8.2, which does not say which octets they are",
            {"receiver": as_sent(RECEIVER), "originator": as_sent(ORIGINATOR), "reading": reading, "key": KEY.hex()},
            {
                "result": "valid",
                "receiver": octets_of(RECEIVER, reading).hex(),
                "originator": octets_of(ORIGINATOR, reading).hex(),
                "session_key": session(reading=reading).hex(),
            },
        )


def positive():
    group = Group("REQ")
    iv = bytes.fromhex
    opens(group, "The first request of a session: the rand object of the Originator comes with it.", DERIVED,
          jwe(iv=iv("c2e8bd84b643bb9a2258b8c6")), records="or-0001")
    later = '{"op":2,"to":"/in-cse-1/-/e2eTarget/la","fr":"/mn-cse-1/Cae1","rqi":"inner-0002","rvi":"3"}'
    opens(group, "A later request names the rand object alone.", DERIVED,
          jwe(without("oro"), later, iv=iv("2f5614e34f44b85dc8d2bf36")), later, recorded=[compact(ORIGINATOR)])
    opens(group, "The rand object may come again: it is no replay, and nothing is recorded anew.", DERIVED,
          jwe(iv=vector_of("again")), recorded=[compact(ORIGINATOR)])
    xml = (
        '<?xml version="1.0" encoding="UTF-8"?><m2m:rqp xmlns:m2m="http://www.onem2m.org/xml/protocols"><op>2</op>'
        "<to>/in-cse-1/-/e2eTarget/la</to><fr>/mn-cse-1/Cae1</fr><rqi>inner-0003</rqi><rvi>3</rvi></m2m:rqp>"
    )
    opens(group, "The inner primitive is XML; the rand objects stay JSON.", DERIVED,
          jwe({**without("oro"), "cty": "application/vnd.onem2m-preq+xml"}, xml, iv=iv("5332f93698d044c9a345c849")),
          xml, recorded=[compact(ORIGINATOR)])
    refresh = later.replace("0002", "0004")
    opens(group, "In-band refresh: ori names the object in use, oro is the next one and only recorded.", DERIVED,
          jwe(put(oro=NEXT), refresh, iv=iv("fef6e2df2436a814f555851e")), refresh,
          recorded=[compact(ORIGINATOR)], records="or-0002")
    for name, protocol, octets, nonce in (("A128GCM", 10, 16, "e39e10efafc204aad4787f08"), ("A192GCM", 11, 24, None)):
        rand = {**ORIGINATOR, "esri": f"or-0{8 * octets}", "espa": [protocol]}
        header = put(enc=name, ori=rand["esri"], oro=rand)
        whole = session(rand)
        for which, key in (("leftmost", whole[:octets]), ("rightmost", whole[-octets:])):
            opens(group, f"{name} takes {octets} octets of the session key, here the {which}.", DERIVED,
                  jwe(header, key=key, iv=iv(nonce) if nonce else vector_of(name + which)),
                  records=rand["esri"], content_key=which)
    for reading in ("json-short-sorted", "json-wire", "json-long", "value-text", "value-octets"):
        text = compact(put(oro="HERE"))
        text = text.replace('"HERE"', json.dumps(ORIGINATOR) if reading == "json-wire" else compact(ORIGINATOR))
        opens(group, f"A request between entities that read the octets of rand objects as {reading}.", DERIVED,
              jwe(text, key=session(reading=reading), iv=vector_of("reading " + reading)), records="or-0001",
              reading=reading, **({"receiver": json.dumps(RECEIVER)} if reading == "json-wire" else {}))
    for cty, why in ((None, "cty may be absent"), ("vnd.onem2m-preq+json", "RFC 7515, 4.1.10 lets a sender leave the prefix out")):
        header = without("cty") if cty is None else put(cty=cty)
        opens(group, f"{why[0].upper()}{why[1:]}.", DERIVED, jwe(header, iv=vector_of(f"cty {cty}")), records="or-0001")
    opens(group, "A header member that nobody knows does no harm while crit does not name it.", DERIVED,
          jwe(put(**{"x-unknown": {"a": [1]}}), iv=vector_of("unknown member")), records="or-0001")
    opens(group, "White space in the header is authenticated as it came.", DERIVED,
          jwe(json.dumps(HEADER), iv=vector_of("spaced")), records="or-0001")
    opens(group, "An escaped kid is the same string.", DERIVED,
          jwe(compact(HEADER).replace('"5f1c', '"\\u0035f1c'), iv=vector_of("escaped")), records="or-0001")
    for esrx, why in (
        ("20991231T235959", "The expiry of the Originator may be that of the Receiver."),
        ("20991231T000000,5", "A comma stands before the fraction of a second."),
        ("600000", "A relative expiry, as text."),
        (600000, "A relative expiry, as a number."),
    ):
        header, key = with_oro(esrx=esrx)
        opens(group, why, DERIVED, jwe(header, key=key, iv=vector_of(f"esrx {esrx!r}")), records="or-0001")
    header, key = with_oro(espa=[12, 12])
    opens(group, "An algorithm that is listed twice is listed.", DERIVED,
          jwe(header, key=key, iv=vector_of("twice")), records="or-0001")


def form(base):
    group = Group("FRM")
    parts = base.split(".")
    clause = "RFC 7516, 7.1, and RFC 7515, 2; TS-0003 V3.18.0, Table 8.4.3.2-1"

    def changed(place, text):
        return ".".join(parts[:place] + [text] + parts[place + 1:])

    refused(group, "One part more.", clause, "parts", 4000, base + ".", [4000])
    refused(group, "Three parts, as a JWS has.", clause, "parts", 4000, ".".join(parts[:3]), [4000])
    refused(group, "No parts at all.", clause, "parts", 4000, "", [4000])
    unaligned = compact(HEADER).encode()
    unaligned += b" " * (1 - len(unaligned) % 3 % 2)
    padded = base64.urlsafe_b64encode(unaligned).decode()
    assert padded.endswith("=")
    refused(group, "Padding behind the header, over which the tag is right.", clause, "base64url", 4000,
            jwe(first=padded, iv=vector_of("padded")), [4000])
    standard = base64.b64encode(base64.urlsafe_b64decode(parts[3] + "==")).rstrip(b"=").decode()
    assert standard != parts[3]
    refused(group, "The standard alphabet in the ciphertext.", clause, "base64url", 4000, changed(3, standard), [4000])
    refused(group, "A line feed inside the ciphertext.", clause, "base64url", 4000,
            changed(3, parts[3][:50] + "\n" + parts[3][50:]), [4000])
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    stray = alphabet[alphabet.index(parts[4][-1]) + 1]
    refused(group, "Stray bits in the tag: another text for the same octets.", "RFC 4648, 3.5, leaves it to the decoder; "
            "one object has one text", "base64url", 4000, changed(4, parts[4][:-1] + stray), [2000, 4000])
    refused(group, "The header is an array.", clause, "header", 4000, changed(0, b64(b'["dir","A256GCM"]')), [4000])
    refused(group, "The header is cut.", clause, "header", 4000, changed(0, b64(compact(HEADER)[:-20].encode())), [4000])
    refused(group, "The header is no UTF-8.", clause, "header", 4000,
            changed(0, b64(compact(HEADER).encode().replace(b"or-0001", b"or-\xff"))), [4000])
    refused(group, "Something follows the header.", clause, "header", 4000,
            changed(0, b64((compact(HEADER) + "{}").encode())), [4000])
    refused(group, "A member of the header nests two hundred deep.", "bounds of this project", "header", 4000,
            changed(0, b64(compact(put(x="HERE")).replace('"HERE"', "[" * 200 + "]" * 200).encode())), [4000])
    refused(group, "A lone surrogate is no character.", clause, "header", 4000,
            jwe(compact(HEADER).replace(KID, "\\ud800"), iv=vector_of("surrogate")), [4000, 4112])
    one = vector_of("lengths")
    whole = jwe(iv=one).split(".")
    tag = base64.urlsafe_b64decode(whole[4] + "==")
    refused(group, "A vector of 128 bits with a tag that is right for it.", "RFC 7518, 5.3", "iv-length", 4000,
            jwe(iv=hashlib.sha256(b"long vector").digest()[:16]), [4000, 5210])
    refused(group, "No vector.", "RFC 7518, 5.3", "iv-length", 4000, ".".join(whole[:2] + [""] + whole[3:]), [4000, 5210])
    for octets, why in ((0, "No tag at all."), (4, "A tag of 32 bits."), (12, "A tag of 96 bits."), (15, "A tag of 120 bits.")):
        refused(group, why, "RFC 7518, 5.3", "tag-length", 4000,
                ".".join(whole[:4] + [b64(tag[:octets])]), [4000, 4115, 5210])
    refused(group, "A zero octet behind the tag.", "RFC 7518, 5.3", "tag-length", 4000,
            ".".join(whole[:4] + [b64(tag + b"\0")]), [4000, 4115, 5210])
    refused(group, "Nothing is encrypted; the tag is right for it.", "TS-0003 V3.18.0, Table 8.4.3.2-1", "ciphertext", 4000,
            jwe(inner="", iv=vector_of("empty")), [4000, 5210])
    refused(group, "Direct encryption with an encrypted key.", "RFC 7516, 5.2, step 10", "encrypted-key", 4000,
            jwe(iv=vector_of("encrypted key"), encrypted_key=hashlib.sha256(b"encrypted key").digest()), [4000, 5210])


def header_members():
    group = Group("HDR")
    table = "TS-0003 V3.18.0, Table 8.4.3.2-2"

    def case(reason, fault, status, header, lawful, source=table, **given):
        refused(group, reason, source, fault, status, jwe(header, iv=vector_of(f"header {group.number}")), lawful, **given)

    none = without("alg")
    none = {"alg": "none", **none}
    refused(group, "alg none: the ciphertext is the plaintext, and there is no tag.", table, "alg", 4111,
            ".".join([b64(compact(none).encode()), "", "", b64(INNER.encode()), ""]), [4000, 4111])
    case("alg A256KW beside an object that direct encryption made.", "alg", 4111, put(alg="A256KW"), [4000, 4111])
    case("alg in other letters.", "alg", 4111, put(alg="DIR"), [4000, 4111])
    case("alg is missing.", "missing", 4000, without("alg"), [4000, 4111])
    case("enc is missing.", "missing", 4000, without("enc"), [4000, 4111])
    case("enc A128CBC-HS256, which is registered and not in the table.", "enc", 4111, put(enc="A128CBC-HS256"),
         [4000, 4111], "TS-0003 V3.18.0, Table 8.5.3.2-4")
    case("enc is a list.", "type", 4000, put(enc=["A256GCM"]), [4000, 4111])
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    deflated = packer.compress(INNER.encode()) + packer.flush()
    refused(group, "zip, with a plaintext that is compressed.", table, "zip", 4111,
            jwe(put(zip="DEF"), deflated, iv=vector_of("zip")), [4000, 4111, 5210])
    case("crit is empty.", "crit", 4000, put(crit=[]), [2000, 4000, 4111, 5210], "RFC 7515, 4.1.11")
    case("crit names what is not in the header.", "crit", 4000, put(crit=["x-absent"]), [4000, 4111, 5210], "RFC 7515, 4.1.11")
    case("crit names an extension that is there and unknown.", "crit", 4000, put(crit=["x"], x=1), [4000, 4111, 5210],
         "RFC 7515, 4.1.11")
    case("crit is text.", "crit", 4000, put(crit="exp"), [4000, 4111, 5210], "RFC 7515, 4.1.11")
    text = compact(HEADER)
    twice = "RFC 7515, 4: refuse, or take the last"
    case("kid stands twice, and the last is unknown.", "header", 4000, text[:-1] + ',"kid":"other-key@mef.provider.example.com"}',
         [4000, 4111, 4112, 5210], twice)
    case("ori stands twice, and the last is right.", "header", 4000, '{"ori":"or-9999",' + text[1:], [2000, 4000], twice)
    case("A member of oro stands twice.", "header", 4000, text.replace('"esk":1', '"esk":1,"esk":1'), [2000, 4000], twice)
    case("kid stands twice, once escaped.", "header", 4000, '{"\\u006bid":"x",' + text[1:], [2000, 4000], twice)
    case("kid is missing.", "missing", 4000, without("kid"), [4000, 4112])
    case("kid is a number.", "type", 4000, put(kid=7), [4000, 4112])
    case("kid is an object.", "type", 4000, put(kid={}), [4000, 4112])
    case("ori is missing.", "missing", 4000, without("ori"), [4000, 4113])
    case("ori is a number.", "type", 4000, put(ori=1), [4000, 4113])
    case("ori is no xs:NCName.", "ncname", 4000, put(ori="0001"), [4000, 4113], "TS-0004 V3.32.0, Table 6.3.5.50-1")
    case("rri is missing.", "missing", 4000, without("rri"), [4000, 4114])
    case("rri is null.", "type", 4000, put(rri=None), [4000, 4114])
    case("rro in a request: only the Receiver sends it.", "misplaced", 4000, put(rro=RECEIVER), [2000, 4000])
    case("cty of a response on a request.", "cty", 4000, put(cty="application/vnd.onem2m-prsp+json"), [4000, 5210])
    case("cty of something else.", "cty", 4000, put(cty="text/html"), [4000, 5210])
    case("cty is a number.", "type", 4000, put(cty=1), [4000, 5210])


def key_and_receiver():
    group = Group("KEY")
    code = "TS-0003 V3.18.0, 8.4.2, step C.6a; TS-0004 V3.32.0, Table 7.6.2-1"

    def case(reason, fault, status, header=HEADER, key=SESSION, lawful=None, source=code, **given):
        refused(group, reason, source, fault, status, jwe(header, key=key, iv=vector_of(f"key {group.number}")),
                lawful or [status], **given)

    case("kid of no key.", "unknown-key", 4112, put(kid="f" * 32 + KID[32:]))
    case("kid in other letters.", "unknown-key", 4112, put(kid=KID.upper()), lawful=[2000, 4112])
    case("kid as a path.", "unknown-key", 4112, put(kid="../" + KID))
    case("kid of another pair, under the session key of this one.", "tag", 4115, put(kid=OTHER_KID))
    case("kid and session key of another pair, and the inner From of this one.", "from", 4116, put(kid=OTHER_KID),
         session(key=OTHER_KEY))
    case("The lifetime of the key is over.", "expired-key", 4112, key_expires=NOW)
    case("The key serves another security feature.", "key-not-for-esprim", 4112, source="TS-0004 V3.32.0, 6.3.4.2.39",
         key_for_esprim=False)
    code = "TS-0003 V3.18.0, 8.4.2, step C.6b.1; TS-0004 V3.32.0, Table 7.6.2-1"
    other = {**RECEIVER, "esri": "rr-other", "esrv": "d4e5f60718293a4b5c6d7e8f90a1b2c3"}
    case("rri and session key of a rand object that another Receiver issued.", "unknown-receiver-object", 4114,
         put(rri="rr-other"), session(receiver=other), source=code)
    case("rri in other letters.", "unknown-receiver-object", 4114, put(rri="RR-0001"), source=code)
    old = {**RECEIVER, "esrx": NOW}
    early = {**ORIGINATOR, "esrx": "20260401T115959"}
    case("The rand object of the Receiver expires now.", "expired-receiver-object", 4114, put(oro=early), session(early, old),
         [4113, 4114], code, receiver=compact(old))
    case("The rand object of the Receiver was issued to another.", "receiver-object-of-another", 4114,
         source="no text binds an object; this Receiver does", lawful=[2000, 4114], issued_to="//provider.example.com/mn-cse-1/Cae2")


def originator_object():
    group = Group("ORO")
    code = "TS-0003 V3.18.0, 8.4.2, step C.6b.2, and 8.4.3.1.1; TS-0004 V3.32.0, Table 7.6.2-1"

    def case(reason, fault, status, header, key=SESSION, lawful=None, **given):
        refused(group, reason, code, fault, status, jwe(header, key=key, iv=vector_of(f"oro {group.number}")),
                lawful or [status], **given)

    def rand(reason, fault, status, lawful, **members):
        header, key = with_oro(**members)
        case(reason, fault, status, header, key, lawful)

    case("ori never seen, and no oro.", "unknown-originator-object", 4113, put_without_oro("or-4711"))
    case("ori in other letters.", "unknown-originator-object", 4113, put_without_oro("OR-0001"), recorded=[compact(ORIGINATOR)])
    case("ori of another pair: an identifier belongs to its Originator.", "unknown-originator-object", 4113,
         put_without_oro("or-0001"), recorded=[compact(ORIGINATOR)], recorded_for=OTHER_KID)
    case("At first use, ori is not the identifier in oro.", "other-identifier", 4113, put(ori="or-4712"), lawful=[4000, 4113])
    changed = {**ORIGINATOR, "esrv": NEXT["esrv"]}
    case("An identifier in force comes with another value.", "changed-originator-object", 4113, put(oro=changed),
         session(changed), [2000, 4000, 4113], recorded=[compact(ORIGINATOR)])
    case("The same in a refresh.", "changed-originator-object", 4113, put(ori="or-0002", oro=changed), session(NEXT),
         [2000, 4000, 4113], recorded=[compact(ORIGINATOR), compact(NEXT)])
    rand("oro expired years ago.", "expired-originator-object", 4113, [4113], esrx="20200101T000000")
    rand("oro expires now.", "expired-originator-object", 4113, [2000, 4113], esrx=NOW)
    rand("A relative expiry in the past.", "expired-originator-object", 4113, [4000, 4113], esrx="-1")
    old = {**ORIGINATOR, "esrx": NOW}
    case("A recorded object expires in the session.", "expired-originator-object", 4113, put_without_oro("or-0001"),
         session(old), recorded=[compact(old)])
    rand("oro expires long after the object of the Receiver.", "outlives", 4113, [4000, 4113, 5210], esrx="22000101T000000")
    rand("oro expires a second after the object of the Receiver.", "outlives", 4113, [4000, 4113, 5210], esrx="21000101T000000")
    rand("oro lists an AEAD algorithm that the Receiver does not.", "protocol-not-offered", 4111, [4000, 4111, 5210],
         espa=[12, 20])
    rand("oro lists no AEAD algorithm.", "no-protocol", 4111, [4000, 4111, 5210], espa=[])
    rand("The session key is to be derived by something unknown.", "key-algorithm", 4111, [4111], esk=2)
    header, key = with_oro()
    case("The session key is derived by what the Receiver did not offer.", "key-algorithm-not-offered", 4111, header,
         session(receiver={**RECEIVER, "esks": [2]}), [4111], receiver=compact({**RECEIVER, "esks": [2]}))
    refused(group, "enc A128GCM, which the Originator does not list.", code, "enc-not-listed", 4111,
            jwe(put(enc="A128GCM"), key=SESSION[:16], iv=vector_of("not listed")), [4111, 5210])
    whole = [4000, 4113, 5210]
    algorithms = [4000, 4111, 4113, 5210]
    for name in ("esri", "esrv", "esrx", "esk", "espa"):
        case(f"oro without {name}.", "rand-object", 4000, put(oro=without(name, ORIGINATOR)),
             lawful=algorithms if name in ("esk", "espa") else whole)
    for why, value in (
        ("oro with esks in place of esk", {**without("esk", ORIGINATOR), "esks": [1]}),
        ("esk is a list", {**ORIGINATOR, "esk": [1]}),
        ("espa is a number", {**ORIGINATOR, "espa": 12}),
        ("espa is a list of text", {**ORIGINATOR, "espa": ["12"]}),
        ("esk is beyond 64 bits", {**ORIGINATOR, "esk": 2**64 + 1}),
        ("a member that no rand object has", {**ORIGINATOR, "esrz": 1}),
        ("oro is null", None),
        ("oro is text", "or-0001"),
        ("oro is JSON inside text", compact(ORIGINATOR)),
        ("oro is a list", [ORIGINATOR]),
    ):
        case(f"{why[0].upper()}{why[1:]}.", "rand-object", 4000, put(oro=value), lawful=[2000] + algorithms)
    for value, why in (
        ("", "esrv of no bits"),
        ("a1b2c3d4", "esrv of 32 bits"),
        (ORIGINATOR["esrv"][:-2], "esrv of 120 bits"),
        (ORIGINATOR["esrv"] + "00", "esrv of 136 bits"),
        ("0123456789abcdef0123456789abcdef", "esrv begins with a digit and is no xs:NCName"),
        (12, "esrv is a number"),
    ):
        rand(f"{why[0].upper()}{why[1:]}.", "rand-object", 4000, [2000, 4000, 4113, 5210], esrv=value)
    for value, why in (
        ("20991231T000000Z", "A time zone in esrx"),
        ("2099-12-31T00:00:00", "Hyphens and colons in esrx"),
        ("20991231T000000.5", "A full stop before the fraction"),
        ("20991331T000000", "A thirteenth month"),
        ("", "An empty esrx"),
        (1.5, "A fraction of a millisecond"),
    ):
        rand(f"{why}.", "rand-object", 4000, [4000, 4113, 5210], esrx=value)
    rand("esri is no xs:NCName.", "ncname", 4000, [4000, 4113], esri="0001")


def put_without_oro(ori):
    return {**without("oro"), "ori": ori}


def integrity(base):
    group = Group("TAG")
    code = "TS-0003 V3.18.0, 8.4.2, step C.6c.2; RFC 7516, 5.2"
    parts = base.split(".")

    def flipped(place):
        octets = bytearray(base64.urlsafe_b64decode(parts[place] + "=="))
        octets[0] ^= 1
        return ".".join(parts[:place] + [b64(octets)] + parts[place + 1:])

    for place, name in ((2, "vector"), (3, "ciphertext"), (4, "tag")):
        refused(group, f"One bit of the {name} is another.", code, "tag", 4115, flipped(place), [4115])
    for header, why in (
        (compact(put(cty="application/vnd.onem2m-preq+xml")), "cty was rewritten on the way"),
        (json.dumps(HEADER), "The header was written again with white space, its members the same"),
        (compact(put(x=1)), "A member was added to the header"),
    ):
        refused(group, f"{why}.", code, "tag", 4115, ".".join([b64(header.encode())] + parts[1:]), [4000, 4115, 5210])
    both = octets_of(RECEIVER), octets_of(ORIGINATOR)
    for key, why in (
        (session(parts=both[1] + both[0] + LABEL), "with the object of the Originator before that of the Receiver"),
        (session(parts=both[0] + both[1]), "without the label"),
        (session(parts=LABEL + both[0] + both[1]), "with the label first"),
        (session(parts=both[0] + both[1] + LABEL + b"\0"), "with a zero octet behind the label"),
        (hashlib.sha256(KEY + both[0] + both[1] + LABEL).digest(), "by a hash in place of HMAC"),
        (session(reading="json-long"), "from the octets of another reading"),
        (KEY, "not at all: the pairwise key itself"),
    ):
        refused(group, f"The session key is derived {why}.", "TS-0003 V3.18.0, 10.3.8.2", "tag", 4115,
                jwe(key=key, iv=vector_of("derived " + why)), [4115])
    rand = {**ORIGINATOR, "espa": [10]}
    refused(group, "The whole session key was used for A128GCM, as A256GCM does.", code, "tag", 4115,
            jwe(put(enc="A128GCM", oro=rand), key=session(rand), iv=vector_of("too long")), [4115])
    refused(group, "The other octets of the session key were used for A128GCM.", code, "tag", 4115,
            jwe(put(enc="A128GCM", oro=rand), key=session(rand)[-16:], iv=vector_of("other octets")), [4115])
    refused(group, "The object was opened before, and the Receiver remembers.", "TR-0012, 6.2.2.2.3.2; TS-0003 asks nobody to",
            "replay", 5210, jwe(iv=vector_of("replay")), [2000, 4000, 4115, 5210], seen=vector_of("replay").hex())


def inner():
    group = Group("INN")
    code = "TS-0003 V3.18.0, 7.2.2; TS-0004 V3.32.0, Table 7.6.2-1 and 8.4.2"

    def case(reason, fault, status, plaintext, lawful, header=HEADER):
        refused(group, reason, code, fault, status, jwe(header, plaintext, iv=vector_of(f"inner {group.number}")), lawful)

    case("The inner From is another AE.", "from", 4116, INNER.replace("Cae1", "Cae2"), [4116])
    case("The inner From differs in letter case.", "from", 4116, INNER.replace("Cae1", "CAE1"), [4116])
    case("The inner From is longer.", "from", 4116, INNER.replace("Cae1", "Cae10"), [4116])
    case("There is no inner From.", "from", 4116, INNER.replace('"fr":"/mn-cse-1/Cae1",', ""), [4000, 4116])
    case("The inner From stands twice.", "inner", 5210, INNER.replace('"rqi"', '"fr":"/mn-cse-1/Cae2","rqi"'), [4000, 4116, 5210])
    case("The inner primitive is a response.", "inner", 5210, RESULT, [4000, 4116, 5210])
    case("The plaintext is no JSON.", "inner", 5210, b"\x01\x02\x03", [4000, 5210])
    case("The inner JSON is wrapped.", "inner", 5210, '{"m2m:rqp":' + INNER + "}", [4000, 4116, 5210])
    case("The plaintext is an empty object.", "inner", 5210, "{}", [4000, 4116, 5210])
    case("The plaintext nests five thousand deep.", "inner", 5210,
         INNER.replace('"21.5"', "[" * 5000 + "]" * 5000), [4000, 4116, 5210])
    case("cty says XML, and the plaintext is JSON.", "serialization", 5210, INNER, [2000, 4000, 5210],
         put(cty="application/vnd.onem2m-preq+xml"))
    refused(group, "The Receiver's own response comes back as a request.", code, "cty", 4000,
            jwe(ANSWER, RESULT, iv=bytes.fromhex("bddcbc7de0e5408d0daba66a")), [4000, 4116, 5210],
            recorded=[compact(ORIGINATOR)])
    refused(group, "The same without cty: the kind of primitive alone tells them apart.", code, "inner", 5210,
            jwe(without("cty", ANSWER), RESULT, iv=vector_of("reflected")), [4000, 4116, 5210],
            recorded=[compact(ORIGINATOR)])


def responses():
    group = Group("RSP")
    code = "TS-0003 V3.18.0, 8.4.2, steps C.8 and C.11, and 8.4.3.2"

    def case(reason, fault, object_, **given):
        right = {"result": "valid", "plaintext": RESULT, **given.pop("expected", {})}
        expected = {"result": "invalid", "error": fault} if fault else right
        vector(group.next(), reason, "accept", code, {"object": object_, **given}, expected)

    def answer(plaintext=RESULT, key=SESSION, of=ANSWER, iv=None, **members):
        return jwe({**of, **members}, plaintext, key, iv or vector_of(f"response {group.number}"))

    fresh = {**RECEIVER, "esri": "rr-0002", "esrv": "e3d2e1f0a9b8978685746352413f2e1d"}
    case("The response to a request, in the same session.", None, answer(iv=bytes.fromhex("bddcbc7de0e5408d0daba66a")))
    case("A response without cty.", None, answer(of=without("cty", ANSWER)))
    case("A response with the next rand object of the Receiver.", None, answer(rro=fresh), expected={"records": "rr-0002"})
    case("oro in a response: only the Originator sends it.", "misplaced", answer(oro=ORIGINATOR))
    case("kid of another pair.", "session-kid", answer(kid=OTHER_KID))
    case("ori of another session.", "session-ori", answer(ori="or-0002"))
    case("rri of another session.", "session-rri", answer(rri="rr-0002"))
    case("enc that the Originator did not list.", "enc-not-listed", answer(key=SESSION[:16], enc="A128GCM"))
    case("The session key of another session of the same pair.", "tag", answer(key=session(NEXT)))
    case("The session has expired before the response came.", "expired-session", answer(), now="20991231T000000")
    case("The Originator's own request comes back.", "cty", jwe(iv=vector_of("reflected request"), header=without("oro")))
    case("rro that no Receiver issued so.", "rand-object", answer(rro=without("esks", fresh)))
    whole = answer().split(".")
    broken = bytearray(base64.urlsafe_b64decode(whole[4] + "=="))
    broken[0] ^= 1
    case("One bit of the tag is another: neither the response nor its rro counts.", "tag", ".".join(whole[:4] + [b64(broken)]))
    written = b64(json.dumps(ANSWER).encode())
    case("The header was written again.", "tag", ".".join([written] + whole[1:]))


def generate():
    base = jwe(iv=bytes.fromhex("b84b515200bfe548fd1ba9a9"))
    readings()
    positive()
    form(base)
    header_members()
    key_and_receiver()
    originator_object()
    integrity(base)
    inner()
    responses()
    fixture = {
        "now": NOW,
        "key": {"id": KID, "octets": KEY.hex(), "entity": "/mn-cse-1/Cae1"},
        "other_key": {"id": OTHER_KID, "octets": OTHER_KEY.hex(), "entity": "/mn-cse-1/Cae2"},
        "receiver": compact(RECEIVER),
        "originator": compact(ORIGINATOR),
        "reading": "json-short",
        "content_key": "leftmost",
    }
    lines = ",\n".join("    " + json.dumps(vector, ensure_ascii=False) for vector in VECTORS)
    head = {"$schema": "schema/esprim.schema.json", "clause": "TS-0003 V3.18.0, 8.4 and 10.3.8", "fixture": fixture}
    text = json.dumps(head, indent=2, ensure_ascii=False)
    return text[:-2] + ',\n  "vectors": [\n' + lines + "\n  ]\n}\n"


def main():
    text = generate()
    if sys.argv[1:] == ["--check"]:
        if TARGET.read_text(encoding="utf-8") != text:
            sys.exit("esprim.json is not what generate_esprim.py writes")
    elif sys.argv[1:]:
        sys.exit(__doc__)
    else:
        TARGET.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
