"""ESData envelopes (TS-0003, 8.5) in the forms of m2m:contentSecurity."""

import base64

from . import crypto
from .compose import (
    PAYLOAD, direct, flattened_jwe, flattened_jws, header, invalid, jwe, jws, key, valid, vector, with_octets, with_part,
    wrapped, flipped,
)
from .elements import direct_vector, general, shared_flat
from .octets import compact_json

ENCRYPTION, SIGNATURE, NESTED = "encryption only", "signature only", "nested sign-then-encrypt"


def vectors():
    def one(identifier, reason, form, cls, made, keys, expected):
        made = made if isinstance(made, str) else compact_json(made)
        expected = expected if isinstance(expected, dict) else invalid(expected)
        return vector(identifier, reason, "esdata", made, keys, expected, content_security=form, **{"class": cls})

    aad = '{"cnf":"application/json:0:2"}'
    plain = compact_json(general(aad))
    in_base64 = base64.b64encode(plain.encode()).decode()
    yield one("ESD/001", "contentSecurity 1: a compact JWE as it is.", 1, ENCRYPTION, direct_vector("direct-256"), "direct-256", valid())
    yield one("ESD/002", "contentSecurity 1: a compact JWS as it is.", 1, SIGNATURE, jws("signer-256"), "signer-256", valid())
    yield one("ESD/003", "contentSecurity 2: a JSON serialization as it is.", 2, ENCRYPTION, plain, "wrap-256", valid(additional_data=aad))
    yield one("ESD/004", "contentSecurity 3: a JSON serialization in base64, with padding and the alphabet of base64.", 3, ENCRYPTION, in_base64, "target-256", valid(additional_data=aad))
    yield one("ESD/005", "contentSecurity 2: a JWS.", 2, SIGNATURE, flattened_jws(jws("mac-256")), "mac-256", valid())
    yield one("ESD/006", "A compact JWS inside a compact JWE, which says so.", 1, NESTED, nested(), ["wrap-256", "signer-256"], valid())
    yield one("ESD/007", "A JWS in JSON inside a compact JWE: cty says which form.", 1, NESTED, nested(compact_json(flattened_jws(jws("signer-rsa-256"))), "JOSE+JSON"), ["wrap-256", "signer-rsa-256"], valid())
    yield one("ESD/008", "cty is a media type, which may be written out and in any letters.", 1, NESTED, nested(cty="application/JOSE"), ["wrap-256", "signer-256"], valid())
    yield one("ESD/009", "A compact JWS inside a JWE in JSON.", 2, NESTED, flattened_jwe(nested()), ["wrap-256", "signer-256"], valid())

    yield one("ESD/101", "A compact JWE that is labelled as JSON.", 2, ENCRYPTION, direct(), "direct-256", "Json/Syntax")
    yield one("ESD/102", "A JWE in JSON that is labelled as compact.", 1, ENCRYPTION, compact_json(flattened_jwe(shared_flat())), "wrap-256", "Parts")
    yield one("ESD/103", "A JWE in base64 that is labelled as JSON.", 2, ENCRYPTION, in_base64, "wrap-256", "Json/Syntax")
    yield one("ESD/104", "base64url where TS-0004, 6.3.4.2.38 has base64.", 3, ENCRYPTION, in_base64.rstrip("="), "wrap-256", "Base64")
    yield one("ESD/105", "base64 with a line break.", 3, ENCRYPTION, in_base64[:76] + "\n" + in_base64[76:], "wrap-256", "Base64")
    yield one("ESD/106", "contentSecurity 0 says that nothing is secured: there is no envelope.", 0, ENCRYPTION, direct(), "direct-256", "NoJose")
    yield one("ESD/107", "XML is not opened.", 4, ENCRYPTION, "<EncryptedData/>", "direct-256", "NoJose")
    yield one("ESD/108", "XML in base64 is not opened.", 5, ENCRYPTION, "PEVuY3J5cHRlZERhdGEvPg==", "direct-256", "NoJose")
    yield one("ESD/109", "A signed one where an encrypted one is expected.", 1, ENCRYPTION, jws("signer-256"), "signer-256", "Class")
    yield one("ESD/110", "An encrypted one where a signed one is expected.", 1, SIGNATURE, direct(), "direct-256", "Class")
    yield one("ESD/111", "An encrypted one where a nested one is expected: nobody has signed.", 1, NESTED, direct(), "direct-256", "Class")
    yield one("ESD/112", "A nested one that does not say so.", 1, NESTED, nested(cty=None), ["wrap-256", "signer-256"], "Class")
    yield one("ESD/113", "A nested one where an encrypted one is expected, so that the payload would be the signed object.", 1, ENCRYPTION, nested(), ["wrap-256", "signer-256"], "Class")
    yield one("ESD/114", "Inside, a message authentication code is not enough (8.5.3.4).", 1, NESTED, nested(jws("mac-256")), ["wrap-256", "mac-256"], "AlgorithmNotPermitted")
    yield one("ESD/115", "Inside, nothing is signed.", 1, NESTED, nested(PAYLOAD), ["wrap-256", "signer-256"], "Parts")
    yield one("ESD/116", "Inside is another encrypted one.", 1, NESTED, nested(direct()), ["wrap-256", "direct-256"], "NotSigned")
    yield one("ESD/117", "Inside, the signature is wrong.", 1, NESTED, nested(with_octets(2, flipped)(jws("signer-256"))), ["wrap-256", "signer-256"], "Signature")
    yield one("ESD/118", "Inside, the algorithm is none.", 1, NESTED, nested(with_part(jws("signer-256", alg="none"), 2, lambda _: "")), ["wrap-256", "signer-256"], "Unsecured")
    yield one("ESD/119", "Encrypted first and signed then: the signature class alone is left, and the payload is a JWE.", 1, NESTED, jws("signer-256", payload=direct()), ["signer-256", "direct-256"], "Class")
    yield one("ESD/120", "The header names no credential (8.5.2.2.1, B.1).", 1, ENCRYPTION, direct(kid=None), "direct-256", "CredentialUnnamed")
    yield one("ESD/121", "The header of a signature names no credential (8.5.2.3.1, B.2.i).", 1, SIGNATURE, jws("mac-256", kid=None), "mac-256", "CredentialUnnamed")
    mixed = general(aad)
    mixed["recipients"][0]["header"]["cty"] = "JOSE"
    yield one("ESD/122", "What is inside is said beside another recipient alone: for this one nothing is signed.", 2, NESTED, mixed, ["target-256", "signer-256"], "NotSigned")
    yield one("ESD/123", "The members of a JWE and of a JWS.", 2, ENCRYPTION, {**flattened_jwe(shared_flat()), "payload": "e30"}, "wrap-256", "MixedSerialization")


def nested(inside=None, cty="JOSE"):
    if inside is not None or cty != "JOSE":
        return wrapped(payload=inside or jws("signer-256"), cty=cty)
    # What others have computed too.
    cek = bytes.fromhex("107abadf3978b7420fca87bf469312d57577582a231bd8c2aa6f8a087017e5d6")
    head = header("A256KW", "wrap-256", enc="A256GCM", cty="JOSE")
    iv = bytes.fromhex("0ff2c3825527b830f21f3cea")
    return jwe(head, cek, crypto.key_wrap(key("wrap-256"), cek), iv=iv, payload=jws("signer-256"))
