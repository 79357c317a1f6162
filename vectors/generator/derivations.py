"""vectors/keys.json: what its derivations give, by HMAC and hashes of Python alone.

The file says what is derived from what; `completed` puts in what comes of it. What a mistake gives is left as it stands.
"""

import hashlib
import hmac
import json
import unicodedata

LABELS = {
    "master_credential": "oneM2M Enrolment Key to Master Credential derivation",
    "provisioned_connection_key": "oneM2M Enrolment Key to Provisioned Secure Connection Key derivation",
    "usage_constrained_key": "oneM2M Enrolment Key to Usage-Constrained Symmetric Key derivation",
    "session_key": "oneM2M HMAC-SHA256 sessionESPrimKey derivation algorithm",
    "group_connection_key": "oneM2M Group Secure Connection Key derivation",
}
END_TO_END = (
    ("message_authenticity", "E2E Message Authentication Key"),
    ("message_confidentiality", "E2E Message Confidentiality Key"),
    ("attribute_authenticity", "E2E Attribute Authenticity Key"),
    ("attribute_confidentiality", "E2E Attribute Confidentiality Key"),
)
EXPORTED = {
    "enrolment": ("EXPORTER-oneM2M-Bootstrap", "relative_ke_id", "enrolment_key"),
    "secure_connection": ("EXPORTER-oneM2M-Connection", "kc_id", "connection_key"),
    "certificate_exchange": ("EXPORTER-oneM2M-ESCertKE", "pairwise_e2e_key_id", "pairwise_e2e_key"),
}


def completed(text):
    """The text of the file with what its derivations give."""
    file = json.loads(text)
    vectors = file.pop("vectors")
    for vector in vectors:
        vector["expected"] = {"result": "valid", "value": derive(vector["derives"], Inputs(vector["from"]))}
    head = "".join(f"  {member(name, value)},\n" for name, value in file.items())
    body = ",\n".join("    {\n" + lines(vector) + "\n    }" for vector in vectors)
    return "{\n" + head + '  "vectors": [\n' + body + "\n  ]\n}\n"


def lines(vector):
    def line(name, value):
        if name == "mistakes" and len(value) > 1:
            each = ",\n".join(f"        {member(mistake, given)}" for mistake, given in value.items())
            return f'      "mistakes": {{\n{each}\n      }}'
        return f"      {member(name, value)}"

    return ",\n".join(line(name, value) for name, value in vector.items())


def member(name, value):
    return f"{json.dumps(name)}: {json.dumps(value)}"


class Inputs:
    def __init__(self, members):
        self.members = members

    def __contains__(self, name):
        return name in self.members

    def __getitem__(self, name):
        return self.members[name]

    def octets(self, name):
        return bytes.fromhex(self[name])

    def text(self, name):
        return unicodedata.normalize("NFKC", self[name]).encode()

    def digits(self, name):
        return self[name].upper() if self["case"] == "upper" else self[name]


def derive(what, given):
    if what in EXPORTED:
        label, *names = EXPORTED[what]
        return split(names, exported(given, label.encode(), 48))
    if what.endswith("_split"):
        return split(EXPORTED[what.removesuffix("_split")][1:], given.octets("exported"))
    return DERIVATIONS[what](given)


def split(names, octets):
    parts = dict(zip(names, (octets[:16].hex(), octets[16:].hex())))
    if "connection_key" in parts:
        parts["first_half"] = parts["connection_key"][:32]
    return parts


# TLS 1.2

def prf(secret, label, seed, length):
    """RFC 5246, 5, with SHA-256."""
    seed, output = label + seed, b""
    chained = seed
    while len(output) < length:
        chained = hmac.digest(secret, chained, "sha256")
        output += hmac.digest(secret, chained + seed, "sha256")
    return output[:length]


def premaster(given):
    """RFC 4279, 2."""
    psk = given.octets("psk")
    length = len(psk).to_bytes(2)
    return length + bytes(len(psk)) + length + psk


def master(given):
    return prf(premaster(given), b"master secret", given.octets("client_random") + given.octets("server_random"), 48)


def exported(given, label, length):
    """RFC 5705, 4."""
    seed = given.octets("client_random") + given.octets("server_random")
    if "context" in given:
        context = given.octets("context")
        seed += len(context).to_bytes(2) + context
    return prf(given.octets("master_secret"), label, seed, length)


def key_block(given):
    """RFC 5246, 6.3."""
    sizes = [(f"{side}_{kind}", given[kind]) for kind in ("mac_key", "cipher_key", "fixed_iv") for side in ("client", "server")]
    seed = given.octets("server_random") + given.octets("client_random")
    block = prf(given.octets("master_secret"), b"key expansion", seed, sum(size for _, size in sizes))
    parts = {}
    for name, size in sizes:
        parts[name], block = block[:size].hex(), block[size:]
    return parts


def verify_data(given):
    label = f"{given['sender']} finished".encode()
    return prf(given.octets("master_secret"), label, given.octets("messages_hash"), 12).hex()


# oneM2M

def mac(key, *parts, hash="sha256"):
    return hmac.digest(key, b"".join(parts), hash)


def labelled(what, key, *parts):
    return mac(key, LABELS[what].encode(), *parts).hex()


def usage_constrained_key(given):
    suid = given["suid"]
    encoded = {"decimal_text": str(suid).encode(), "one_octet": suid.to_bytes(1), "four_octets": suid.to_bytes(4)}
    parts = encoded[given["suid_encoding"]], given.text("enrolment_target_id")
    return labelled("usage_constrained_key", given.octets("enrolment_key"), *parts)


def end_to_end_keys(given):
    hash = given["hash"]
    source = given.octets("random" if "random" in given else "kpsa")
    extracted = mac(given.octets("salt"), source, hash=hash)
    keys, before = {"master": extracted.hex()}, b""
    for count, (name, label) in enumerate(END_TO_END, 1):
        before = mac(extracted, before, label.encode(), bytes([count]), hash=hash)
        keys[name] = before.hex()
    return keys


def content_key(given):
    key, length = given.octets("session_key"), given["length"]
    return (key[:length] if given["octets"] == "leftmost" else key[-length:]).hex()


def pairwise_key_from_maf(given):
    key = given.octets("connection_key")
    return {
        "whole": lambda: key,
        "first_half": lambda: key[:16],
        "reserved_string": lambda: mac(key, given["reserved_string"].encode()),
    }[given["reading"]]().hex()


def data_keys(given):
    extracted = mac(given.octets("salt"), given.octets("enrolment_key"))
    blanks = {"one_blank": " ", "two_blanks": "  "}[given["label"]]
    authenticity = mac(extracted, b"Data Authenticity and Integrity", b"\1")
    confidentiality = mac(extracted, authenticity, f"Data{blanks}Confidentiality Key".encode(), b"\2")
    bearer = given.octets("nonce_or_time")
    names = given["authenticity_name"].encode(), given["confidentiality_name"].encode()
    keys = {
        "master": extracted,
        "authenticity": authenticity,
        "confidentiality": confidentiality,
        "narrowed_authenticity": mac(authenticity, b"Data Authenticity and Integrity", names[0], bearer),
        "narrowed_confidentiality": mac(confidentiality, b"Data Confidentiality", names[1], bearer),
    }
    return {name: key.hex() for name, key in keys.items()}


DERIVATIONS = {
    "prf": lambda given: prf(given.octets("secret"), given["label"].encode(), given.octets("seed"), given["length"]).hex(),
    "premaster_secret": lambda given: premaster(given).hex(),
    "master_secret": lambda given: master(given).hex(),
    "extended_master_secret": lambda given: prf(
        premaster(given), b"extended master secret", given.octets("session_hash"), 48
    ).hex(),
    "key_block": key_block,
    "verify_data": verify_data,
    "exporter": lambda given: exported(given, given["label"].encode(), given["length"]).hex(),
    "master_credential": lambda given: labelled("master_credential", given.octets("enrolment_key"), given.text("maf_id")),
    "provisioned_connection_key": lambda given: labelled(
        "provisioned_connection_key", given.octets("enrolment_key"), given.text("enrolee_b_id")
    ),
    "usage_constrained_key": usage_constrained_key,
    "enrolment_key_id": lambda given: f"{given.digits('relative_ke_id')}@{given['fqdn']}",
    "key_identifier": lambda given: f"{given.digits('kc_id')}@{given['fqdn']}",
    "end_to_end_keys": end_to_end_keys,
    "message_confidentiality_key": lambda given: end_to_end_keys(given)["message_confidentiality"],
    "session_key": lambda given: mac(
        given.octets("pairwise_key"), given.octets("receiver"), given.octets("originator"), LABELS["session_key"].encode()
    ).hex(),
    "content_key": content_key,
    "pairwise_key_from_maf": pairwise_key_from_maf,
    "pairwise_e2e_key_id": lambda given: given.digits("pairwise_e2e_key_id"),
    "data_keys": data_keys,
    "hashed_credential_id": lambda given: f"{hashlib.sha256(given['name'].encode()).hexdigest()}@{given['fqdn']}",
    "group_connection_key": lambda given: labelled(
        "group_connection_key", given.octets("provisioned_connection_key"), given.text("enrolee_id"), given.octets("random")
    ),
}
