"""The examples of RFC 7515, 7516 and 7520, as they stand in the tests of jwcrypto."""

import importlib.util
from pathlib import Path

import jwcrypto
from jwcrypto import tests as examples

from .compose import invalid, valid, vector
from .octets import b64u, unb64u


def _cookbook():
    path = Path(jwcrypto.__file__).parent / "tests-cookbook.py"
    spec = importlib.util.spec_from_file_location("cookbook", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


BOOK = _cookbook()


def keys():
    named = {
        "rfc7515-a1": ("HS256", dict(examples.SymmetricKeys["keys"][1])),
        "rfc7515-a2": ("RS256", {**examples.A2_key, "kid": "2010-12-29"}),
        "rfc7515-a3": ("ES256", {**examples.A3_key, "kid": "e9bc097a-ce51-4036-9562-d2ade882db0d"}),
        "rfc7515-a4": ("ES512", examples.A4_key),
        "rfc7516-a1": ("RSA-OAEP-256", examples.E_A1_key),
        "rfc7516-a3": ("A128KW", examples.E_A3_key),
        "rfc7520-3-2": ("ES512", BOOK.EC_Private_Key_3_2),
        "rfc7520-3-4": ("RS256", BOOK.RSA_Private_Key_3_4),
        "rfc7520-3-5": ("HS256", BOOK.Symmetric_Key_MAC_3_5),
        "rfc7520-5-2-1": ("RSA-OAEP-256", BOOK.RSA_key_5_2_1),
        "rfc7520-5-4-1": ("ECDH-ES", BOOK.EC_key_5_4_1),
        "rfc7520-5-6-1": ("dir", BOOK.AES_key_5_6_1),
        "rfc7520-5-8-1": ("A128KW", BOOK.AES_key_5_8_1),
    }
    return {name: _key(alg, jwk) for name, (alg, jwk) in named.items()}


def _key(alg, jwk):
    key = {"alg": alg}
    if "kid" in jwk:
        key["kid"] = jwk["kid"]
    if alg == "dir":
        key["enc"] = "A128GCM"
    kept = ("kty", "crv", "x", "y", "d", "n", "e", "p", "q", "dp", "dq", "qi", "k")
    return {**key, "jwk": {name: jwk[name] for name in kept if name in jwk}}


def vectors():
    yield from jws_examples()
    yield from jwe_examples()


def jws_examples():
    frodo = unb64u(BOOK.Payload_plaintext_b64_4).decode()
    claims = bytes(examples.A1_payload).decode()

    def one(identifier, section, reason, made, keys, expected=valid(frodo)):
        return vector(f"JWS/{identifier}", reason, "jws", made, keys, expected, section)

    a = {name: _appendix(name) for name in ("A1", "A2", "A3", "A4", "A5")}
    yield one(301, "RFC 7515, A.1", "HS256 over claims with line breaks.", a["A1"], "rfc7515-a1", valid(claims))
    yield one(302, "RFC 7515, A.2", "RS256.", a["A2"], "rfc7515-a2", valid(claims))
    yield one(303, "RFC 7515, A.3", "ES256, with a nonce that is not deterministic.", a["A3"], "rfc7515-a3", valid(claims))
    yield one(304, "RFC 7515, A.4", "ES512 is on P-521.", a["A4"], "rfc7515-a4", valid("Payload"))
    yield one(305, "RFC 7515, A.5", "The unsecured JWS.", a["A5"], "rfc7515-a1", invalid("Unsecured"))
    two = ["rfc7515-a2", "rfc7515-a3"]
    yield one(306, "RFC 7515, A.6", "Two signatures; what names their keys is not signed.", examples.A6_serialized, two, valid(claims, signatures=[0, 1]))
    yield one(307, "RFC 7515, A.7", "The flattened serialization.", examples.A7_example, "rfc7515-a3", valid(claims))
    yield one(308, "RFC 7515, E", "An extension that nobody knows is critical, and nothing is secured.", examples.E_negative, "rfc7515-a1", invalid("Unsecured"))
    for count, (section, keys) in enumerate((("4_1_3", "rfc7520-3-4"), ("4_3_3", "rfc7520-3-2"), ("4_4_3", "rfc7520-3-5")), 0):
        for offset, form in enumerate(("compact", "general", "flattened")):
            made = getattr(BOOK, f"JWS_{form}_{section}")
            yield one(311 + 3 * count + offset, f"RFC 7520, {section.replace('_', '.')}", f"The {form} serialization.", made, keys)
    yield one(320, "RFC 7520, 4.2.3", "RSASSA-PSS is not in the table.", BOOK.JWS_compact_4_2_3, "rfc7520-3-4", invalid("AlgorithmUnknown"))
    yield one(321, "RFC 7520, 4.6.3", "Some of the header is not protected.", BOOK.JWS_general_4_6_3, "rfc7520-3-5")
    yield one(322, "RFC 7520, 4.6.3", "Some of the header is not protected, flattened.", BOOK.JWS_flattened_4_6_3, "rfc7520-3-5")
    yield one(323, "RFC 7520, 4.7.3", "None of the header is protected.", BOOK.JWS_general_4_7_3, "rfc7520-3-5")
    yield one(324, "RFC 7520, 4.7.3", "None of the header is protected, flattened.", BOOK.JWS_flattened_4_7_3, "rfc7520-3-5")
    three = ["rfc7520-3-4", "rfc7520-3-2", "rfc7520-3-5"]
    yield one(325, "RFC 7520, 4.8.5", "Three signatures by three algorithms.", BOOK.JWS_general_4_8_5, three, valid(frodo, signatures=[0, 1, 2]))


def jwe_examples():
    frodo = BOOK.Payload_plaintext_5
    frodo = frodo.decode() if isinstance(frodo, bytes) else frodo

    def one(identifier, section, reason, made, keys, expected=valid(frodo)):
        return vector(f"JWE/{identifier}", reason, "jwe", made, keys, expected, section)

    unknown = invalid("AlgorithmUnknown")
    yield one(301, "RFC 7516, A.1", "RSA-OAEP with SHA-1 is not in the table.", examples.E_A1_vector, "rfc7516-a1", unknown)
    yield one(302, "RFC 7516, A.2", "RSA with PKCS #1 v1.5 is not in the table.", examples.E_A2_vector, "rfc7516-a1", unknown)
    yield one(303, "RFC 7516, A.3", "AES-CBC with HMAC is not in the table.", examples.E_A3_vector, "rfc7516-a3", invalid("ContentEncryptionUnknown"))
    yield one(304, "RFC 7516, A.4", "The general serialization, for one recipient whose algorithm is not in the table.", examples.E_A4_vector, "rfc7516-a3", unknown)
    yield one(311, "RFC 7520, 5.1.5", "RSA with PKCS #1 v1.5 is not in the table.", BOOK.JWE_compact_5_1_5, "rfc7520-5-2-1", unknown)
    yield one(312, "RFC 7520, 5.2.5", "RSA-OAEP with SHA-1 is not in the table.", BOOK.JWE_compact_5_2_5, "rfc7520-5-2-1", unknown)
    yield one(313, "RFC 7520, 5.3.5", "Passwords are not in the table.", BOOK.JWE_compact_5_3_5, "rfc7520-5-8-1", unknown)
    for count, (section, keys, forms) in enumerate((
        ("5_4_5", "rfc7520-5-4-1", ("compact", "general", "flattened")),
        ("5_8_5", "rfc7520-5-8-1", ("compact", "general", "flattened")),
    )):
        for offset, form in enumerate(forms):
            made = getattr(BOOK, f"JWE_{form}_{section}")
            yield one(314 + 3 * count + offset, f"RFC 7520, {section.replace('_', '.')}", f"The {form} serialization.", made, keys)
    yield one(320, "RFC 7520, 5.5.5", "Agreement without key wrapping is not in the table.", BOOK.JWE_compact_5_5_5, "rfc7520-5-4-1", unknown)
    yield one(321, "RFC 7520, 5.6.4", "Direct encryption.", BOOK.JWE_compact_5_6_4, "rfc7520-5-6-1")
    yield one(322, "RFC 7520, 5.6.4", "Direct encryption: a recipient without anything of its own.", BOOK.JWE_general_5_6_4, "rfc7520-5-6-1")
    yield one(323, "RFC 7520, 5.7.5", "Key wrapping with AES-GCM is not in the table.", BOOK.JWE_compact_5_7_5, "rfc7520-5-8-1", unknown)
    yield one(324, "RFC 7520, 5.9.5", "Compressed content: TS-0003 has no use for it.", BOOK.JWE_compact_5_9_5, "rfc7520-5-8-1", invalid("Compression"))
    for offset, (section, reason) in enumerate((
        ("5_10_5", "Data that is authenticated alone."),
        ("5_11_5", "Some of the header is not protected."),
        ("5_12_5", "None of the header is protected."),
    )):
        for form in ("general", "flattened"):
            made = getattr(BOOK, f"JWE_{form}_{section}")
            identifier = 325 + 2 * offset + (form == "flattened")
            aad = {"additional_data": unb64u(made["aad"]).decode()} if "aad" in made else {}
            yield one(identifier, f"RFC 7520, {section.replace('_', '.')}", f"{reason} {form.title()}.", made, "rfc7520-5-8-1", valid(frodo, **aad))


def _appendix(name):
    parts = [getattr(examples, f"{name}_{part}") for part in ("protected", "payload", "signature")]
    return ".".join(part if isinstance(part, str) else b64u(bytes(part)) for part in parts)
