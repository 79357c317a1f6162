"""Every algorithm of TS-0003, 8.5.3, as it should be, in every serialization."""

from jwcrypto.jwe import JWE
from jwcrypto.jwk import JWK
from jwcrypto.jws import JWS

from . import crypto
from .compose import (
    PAYLOAD, agreed, direct, flattened_jwe, flattened_jws, general_jwe, header, jwe, jws, key, kid, public_part,
    to_rsa, valid, vector, wrapped,
)
from .keys import CSE, EPHEMERAL, EPHEMERAL_384, EPHEMERAL_521, KEYS
from .octets import b64u

TWICE = "computed by vectors/generate.py with the library `cryptography`; opened again with jwcrypto"


def vectors():
    made = [*encrypted(), *signed()]
    for one in made:
        assert opened(one) == one["expected"]["payload"].encode(), one["id"]
    return made


def encrypted():
    def one(identifier, reason, made, keys, **more):
        return vector(identifier, reason, "jwe", made, keys, valid(**more), TWICE)

    for count, bits in enumerate((128, 192, 256), 1):
        yield one(
            f"JWE/{count:03}", f"Direct encryption with a key of {bits} bits, as TS-0003, 8.5.2.2.1 calls it.",
            direct_vector(f"direct-{bits}"), f"direct-{bits}",
        )
    shapes = [(128, 128), (128, 192), (128, 256), (192, 128), (192, 192), (192, 256), (256, 128), (256, 192), (256, 256)]
    for count, (wrap, content) in enumerate(shapes, 4):
        yield one(
            f"JWE/{count:03}", f"A key of {content} bits wrapped with one of {wrap}: neither size follows from the other.",
            wrapped_vector(wrap, content), f"wrap-{wrap}",
        )
    for count, bits in enumerate((128, 192, 256), 13):
        yield one(
            f"JWE/{count:03}", f"RSA-OAEP-256 has SHA-256 for its label and for MGF1; with a key of {bits} bits.",
            rsa_vector(bits), "target-rsa",
        )
    count = 16
    for name, ephemeral in (("target-256", EPHEMERAL), ("target-384", EPHEMERAL_384), ("target-521", EPHEMERAL_521)):
        for bits in (128, 192, 256):
            yield one(
                f"JWE/{count:03}",
                f"Agreement on {KEYS[name]['jwk']['crv']} and a wrapping key of {bits} bits: `alg` is part of what is hashed.",
                agreed_vector(name, ephemeral, bits), name,
            )
            count += 1
    yield one(
        "JWE/025", "apu and apv are part of what is hashed, decoded.",
        agreed("target-256", EPHEMERAL, "ECDH-ES+A256KW", "A256GCM", apu=b64u(b"Source"), apv=b64u(b"Target")), "target-256",
    )
    yield one(
        "JWE/026", "The flattened serialization is the compact one with names.",
        flattened_jwe(shared_flat()), "wrap-256",
    )
    aad = '{"cnf":"application/json:0:2"}'
    for count, name in enumerate(("wrap-256", "target-256"), 27):
        yield one(
            f"JWE/{count:03}", "Two recipients in the general serialization, with data that is authenticated alone.",
            general(aad), name, additional_data=aad,
        )
    yield one(
        "JWE/029", "A recipient that is not meant is passed over; the own one may come last.",
        many(), "wrap-256",
    )
    yield one(
        "JWE/030", "Members that a reader does not know are passed over, in the object and in a header.",
        flattened_jwe(wrapped(exp=1, **{"x-unknown": {"a": [1]}}), unknown=[{}]), "wrap-256",
    )
    yield one(
        "JWE/031", "Members of a key agreement mean nothing to another algorithm.",
        wrapped(epk={"kty": "EC", "crv": "P-256"}, apu="?"), "wrap-256",
    )


def signed():
    def one(identifier, reason, made, keys, **more):
        return vector(identifier, reason, "jws", made, keys, valid(**more), TWICE)

    names = [f"mac-{bits}" for bits in (256, 384, 512)] + [f"signer-rsa-{bits}" for bits in (256, 384, 512)]
    for count, name in enumerate([*names, "signer-256", "signer-384", "signer-521"], 1):
        alg = KEYS[name]["alg"]
        yield one(f"JWS/{count:03}", f"{alg}, in the form that RFC 7518, 3 gives it.", jws(name), name)
    yield one(
        "JWS/010", "The flattened serialization is the compact one with names.",
        flattened_jws(jws("signer-384")), "signer-384",
    )
    both = {
        "payload": b64u(PAYLOAD.encode()),
        "signatures": [
            {part: value for part, value in flattened_jws(jws(name)).items() if part != "payload"}
            for name in ("signer-256", "mac-256")
        ],
    }
    for count, name in enumerate(("signer-256", "mac-256"), 11):
        yield one(f"JWS/{count:03}", "Of two signatures the one whose key is known is enough.", both, name, signatures=[count - 11])
    yield one("JWS/013", "Both keys are known, and both signatures are recorded.", both, ["signer-256", "mac-256"], signatures=[0, 1])
    broken = {**both, "signatures": [both["signatures"][0], {**both["signatures"][1], "signature": "AAAA" * 10 + "AAA"}]}
    yield one(
        "JWS/014", "One of two signatures is broken: the payload is verified, and only the other one is recorded.",
        broken, ["signer-256", "mac-256"], signatures=[0],
    )
    yield one("JWS/015", "A payload of no octets is signed as well.", jws("mac-256", payload=""), "mac-256", payload="")


# Where others have computed the same object, its initialization vector and its key are those that they took.

def direct_vector(name):
    iv = {
        "direct-128": "4d86e52ad5aed9105a9c9c8b",
        "direct-192": "c1078cab52b63e12205cf170",
        "direct-256": "190829789ba9864b67f3c835",
    }[name]
    return jwe(header("dir", name, enc=KEYS[name]["enc"], cty="application/json"), key(name), iv=bytes.fromhex(iv))


def wrapped_vector(wrap, content):
    fixed = {
        (128, 128): ("4f7494ca3c6b4fa2791052b0", "5edd25386ec5d59e05f47d8c40fdd36a"),
        (256, 256): ("c031776a858473d8943d2bc9", "0dcc2a63875a28d38347b2d70b407a112527ce889e4d24ebf457fae4a5fb760a"),
        (128, 256): ("2596e8576ee883ded4cf4815", "ac9a45122eb8f03d70c3a179e3a1f42c4ff4819caf051f63343fd3b0056451e1"),
    }.get((wrap, content))
    name, enc = f"wrap-{wrap}", f"A{content}GCM"
    if not fixed:
        return wrapped(name, enc)
    iv, cek = map(bytes.fromhex, fixed)
    return jwe(header(f"A{wrap}KW", name, enc=enc), cek, crypto.key_wrap(key(name), cek), iv=iv)


def rsa_vector(bits):
    if bits != 256:
        return to_rsa(f"A{bits}GCM")
    cek = bytes.fromhex("8f7dd6cb2a741a8e88db23d39ed6fa3908fa6c6ed7f8f642f3e1fa6e85f142bc")
    seed = bytes.fromhex("9fb0078b541921b866a1a58adc1cfaee54ad6200e062fff91faa7340df2ae932")
    encrypted_key = crypto.rsa_oaep_256(KEYS["target-rsa"]["jwk"], cek, seed)
    head = header("RSA-OAEP-256", "target-rsa", enc="A256GCM")
    return jwe(head, cek, encrypted_key, iv=bytes.fromhex("0a4355c99e24f88fd2694edd"))


def agreed_vector(name, ephemeral, bits):
    fixed = {
        128: ("798ca139de4ec285a3040bfd", "4237ab248abe62c159bcdf9cc05aced9"),
        192: ("c151d3a34a383eb8ae1b5aac", "74fa989b29834e84e01f73e4b11218a7986374064c7585c4"),
    }.get(bits)
    alg, enc = f"ECDH-ES+A{bits}KW", f"A{bits}GCM"
    if name != "target-256" or not fixed:
        return agreed(name, ephemeral, alg, enc)
    iv, cek = map(bytes.fromhex, fixed)
    kek = crypto.agreed(ephemeral, KEYS[name]["jwk"], alg)
    head = {"alg": alg, "enc": enc, "epk": public_part(ephemeral), "kid": CSE}
    return jwe(head, cek, crypto.key_wrap(kek, cek), iv=iv)


SHARED_CEK = bytes.fromhex("a846633330581117b98c0654934a2ef90172e429fd3f9ffa99af441da4765b85")
SHARED_IV = bytes.fromhex("95d5d028961b5c68e4dc2566")


def shared_flat():
    head = header("A256KW", "wrap-256", enc="A256GCM")
    return jwe(head, SHARED_CEK, crypto.key_wrap(key("wrap-256"), SHARED_CEK), iv=SHARED_IV)


def general(aad):
    kek = crypto.agreed(EPHEMERAL, KEYS["target-256"]["jwk"], "ECDH-ES+A256KW")
    recipients = [
        {"header": header("A256KW", "wrap-256"), "encrypted_key": b64u(crypto.key_wrap(key("wrap-256"), SHARED_CEK))},
        {
            "header": header("ECDH-ES+A256KW", "target-256", epk=public_part(EPHEMERAL)),
            "encrypted_key": b64u(crypto.key_wrap(kek, SHARED_CEK)),
        },
    ]
    return general_jwe({"enc": "A256GCM"}, recipients, SHARED_CEK, aad, SHARED_IV)


def many():
    own = {"header": header("A256KW", "wrap-256"), "encrypted_key": b64u(crypto.key_wrap(key("wrap-256"), SHARED_CEK))}
    others = [
        {"header": {"alg": "A256KW", "kid": f"{other}@{kid('wrap-256').partition('@')[2]}"}, "encrypted_key": b64u(bytes(40))}
        for other in range(40)
    ]
    return general_jwe({"enc": "A256GCM"}, [*others, own], SHARED_CEK)


def opened(one):
    """The payload of a vector, as jwcrypto reads it."""
    for name in one["keys"]:
        jwk = JWK(**KEYS[name]["jwk"])
        if one["reads"] == "jwe":
            token = JWE()
            token.deserialize(one["object"])
            token.decrypt(jwk)
            return token.payload
        token = JWS()
        token.deserialize(one["object"])
        token.verify(jwk)
        return token.payload
