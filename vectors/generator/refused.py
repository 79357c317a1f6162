"""One fault in an object that is right otherwise, and the error that names it."""

from cryptography.hazmat.primitives.asymmetric import padding

from . import crypto
from .compose import (
    PAYLOAD, acceptable, agreed, direct, flattened_jwe, flattened_jws, flipped, general_jwe, header, invalid, jwe, jws,
    key, public_part, to_rsa, vector, with_octets, with_part, wrapped,
)
from .keys import EPHEMERAL, EPHEMERAL_384, KEYS, RSA, elliptic, scalar
from .octets import b64u, compact_json, encoded, fixed, unb64u


def vectors():
    yield from lexical()
    yield from headers()
    yield from lengths()
    yield from algorithms()
    yield from agreements()
    yield from serializations()
    yield from signatures()


def of_jwe(identifier, reason, made, error, keys="direct-256"):
    return vector(identifier, reason, "jwe", made, keys, error if isinstance(error, dict) else invalid(error))


def of_jws(identifier, reason, made, error, keys="mac-256"):
    return vector(identifier, reason, "jws", made, keys, error if isinstance(error, dict) else invalid(error))


def lexical():
    good = direct()
    parts = good.split(".")
    for count, (part, index) in enumerate((("protected header", 0), ("initialization vector", 2), ("tag", 4)), 101):
        yield of_jwe(
            f"JWE/{count}", f"Padding behind the {part}: JOSE leaves it out, and a text with it is another text.",
            padded(index), "Base64Url/Padding",
        )
    yield of_jwe("JWE/104", "The alphabet of base64, not that of base64url.", with_part(standard(), 3, lambda text: text.replace("-", "+").replace("_", "/")), "Base64Url/Alphabet")
    yield of_jwe("JWE/105", "A line break inside, which many decoders pass over.", with_part(good, 3, lambda text: text[:8] + "\n" + text[8:]), "Base64Url/Alphabet")
    yield of_jwe("JWE/106", "Bits that stand for nothing are not zero: one object would have several texts.", with_part(good, 4, stray), acceptable("Base64Url/StrayBits"))
    yield of_jwe("JWE/107", "A character over, which is no octet.", with_part(good, 3, lambda text: text + ("A" if len(text) % 4 == 0 else "AA"[: (1 - len(text)) % 4])), "Base64Url/Length")
    yield of_jwe("JWE/108", "A part too many.", good + ".", "Parts")
    yield of_jwe("JWE/109", "A part too few.", ".".join(parts[:4]), "Parts")
    yield of_jwe("JWE/110", "The form of a JWS.", ".".join(parts[:3]), "Parts")
    yield of_jwe("JWE/111", "Nothing at all.", "", "Parts")
    yield of_jwe("JWE/112", "A header of no octets.", ".".join(["", *parts[1:]]), "Empty/Protected")
    yield of_jwe("JWE/113", "m2m:e2eCompactJWE does not let the ciphertext be empty, which RFC 7516 does.", direct(payload=""), acceptable("Empty/Ciphertext", payload=""))
    dup = '{"alg":"dir","enc":"A256GCM","kid":"esdata-key-1@tef.provider.example.com"'
    yield of_jwe("JWE/114", "A member twice, the last one right: a reader that takes the last one opens it.", direct(text=dup.replace('"enc":"A256GCM"', '"enc":"A128GCM"') + ',"enc":"A256GCM"}'), acceptable("Json/Duplicate"))
    yield of_jwe("JWE/115", "A member twice, the last one wrong.", direct(text=dup + ',"enc":"A128GCM"}'), "Json/Duplicate")
    yield of_jwe("JWE/116", "A member twice, once behind an escape.", direct(text=dup + ',"k\\u0069d":"esdata-key-1@tef.provider.example.com"}'), acceptable("Json/Duplicate"))
    yield of_jwe("JWE/117", "A member twice, further down.", direct(text=dup + ',"x":{"y":[{"z":1,"z":2}]}}'), acceptable("Json/Duplicate"))
    yield of_jwe("JWE/118", "Octets behind the header.", direct(text=dup + "}{}"), "Json/Trailing")
    yield of_jwe("JWE/119", "A header that is an array.", direct(text='["dir","A256GCM"]'), "Json/NotAnObject")
    yield of_jwe("JWE/120", "A header behind a byte order mark.", direct(text="\ufeff" + dup + "}"), "Json/Syntax")
    yield of_jwe("JWE/121", "A header of 33 levels: what goes deeper than any header needs is where stacks overflow.", direct(text=dup + ',"x":' + "[" * 32 + "]" * 32 + "}"), acceptable("Json/Depth"))
    yield of_jwe("JWE/122", "A header that is no UTF-8.", ".".join([b64u(b'{"alg":"dir","enc":"A256GCM","kid":"\xff"}'), *parts[1:]]), "Json/Utf8")
    yield of_jwe("JWE/123", "A header with a comma too many.", direct(text=dup + ",}"), "Json/Syntax")


def headers():
    yield of_jwe("JWE/131", "crit names an extension that nobody knows.", direct(crit=["x"], x=1), "CriticalUnknown")
    yield of_jwe("JWE/132", "crit names nothing.", direct(crit=[]), acceptable("CriticalEmpty"))
    yield of_jwe("JWE/133", "crit names what everybody knows.", direct(crit=["alg"]), "CriticalStandard")
    yield of_jwe("JWE/134", "crit is no array.", direct(crit="x", x=1), "Kind/crit")
    yield of_jwe("JWE/135", "crit holds no name.", direct(crit=[1]), "Kind/crit")
    yield of_jwe("JWE/136", "crit stands where no tag covers it.", flattened_jwe(direct(), header={"crit": ["x"], "x": 1}), "CriticalUnprotected")
    yield of_jwe("JWE/137", "Compressed content: TS-0003 has no use for it, and it may be a bomb.", deflated(), acceptable("Compression"))
    yield of_jwe("JWE/138", "Content that is said to be compressed in a way that nobody knows.", direct(zip="none"), "Compression")
    yield of_jwe("JWE/139", "No algorithm.", direct(text='{"enc":"A256GCM","kid":"esdata-key-1@tef.provider.example.com"}'), "Missing/alg")
    yield of_jwe("JWE/140", "No content encryption.", direct(text='{"alg":"dir","kid":"esdata-key-1@tef.provider.example.com"}'), "Missing/enc")
    yield of_jwe("JWE/141", "An algorithm that is a number.", direct(text='{"alg":0,"enc":"A256GCM","kid":"esdata-key-1@tef.provider.example.com"}'), "Kind/alg")
    yield of_jwe("JWE/142", "A key identifier that is a number.", direct(kid=1), acceptable("Kind/kid"))
    yield of_jwe("JWE/143", "A key identifier that nobody knows.", direct(kid="another@tef.provider.example.com"), "NoKey")
    yield of_jwe("JWE/144", "A key identifier in other letters is another one.", direct(kid="ESDATA-KEY-1@tef.provider.example.com"), "NoKey")
    yield of_jwe("JWE/145", "A key identifier with a null character behind it.", direct(kid="esdata-key-1@tef.provider.example.com\0"), "NoKey")


def lengths():
    good, cek = direct(), key("direct-256")
    for count, length in enumerate((8, 16), 151):
        yield of_jwe(f"JWE/{count}", f"An initialization vector of {8 * length} bits under a tag that fits.", jwe(header("dir", "direct-256", enc="A256GCM"), cek, iv=fixed("iv", length)), "PartLength/InitializationVector")
    yield of_jwe("JWE/153", "No initialization vector.", with_part(good, 2, lambda _: ""), "PartLength/InitializationVector")
    for count, length in enumerate((12, 4, 0), 154):
        yield of_jwe(f"JWE/{count}", f"A tag cut to {8 * length} bits.", with_octets(4, lambda tag: tag[:length])(good), "PartLength/Tag")
    yield of_jwe("JWE/157", "A tag with an octet behind it.", with_octets(4, lambda tag: tag + b"\0")(good), "PartLength/Tag")
    for count, (what, index) in enumerate((("tag", 4), ("ciphertext", 3), ("initialization vector", 2)), 158):
        yield of_jwe(f"JWE/{count}", f"A bit of the {what} changed.", with_octets(index, flipped)(good), "Tag")
    yield of_jwe("JWE/161", "The header of another object, which reads the same but for its spaces.", with_part(good, 0, lambda text: b64u(unb64u(text).replace(b":", b": "))), "Tag")
    yield of_jwe("JWE/162", "An encrypted key beside dir.", with_part(good, 1, lambda _: b64u(crypto.key_wrap(cek, cek))), "EncryptedKeyWithDirect")
    yield of_jwe("JWE/163", "A bit of the wrapped key changed.", with_octets(1, flipped)(wrapped()), "KeyUnwrap", "wrap-256")
    yield of_jwe("JWE/164", "A wrapped key that is an octet short.", with_octets(1, lambda octets: octets[:-1])(wrapped()), "PartLength/EncryptedKey", "wrap-256")
    yield of_jwe("JWE/165", "A wrapped key of 128 bits for a content encryption with 256.", wrapped(cek=fixed("short", 16), enc="A128GCM").replace(encoded(header("A256KW", "wrap-256", enc="A128GCM")), encoded(header("A256KW", "wrap-256", enc="A256GCM"))), "PartLength/EncryptedKey", "wrap-256")
    yield of_jwe("JWE/166", "No wrapped key.", with_part(wrapped(), 1, lambda _: ""), "PartLength/EncryptedKey", "wrap-256")
    yield of_jwe("JWE/167", "An encrypted key that RSA does not decrypt says no more than a wrong tag does.", to_rsa(encrypted_key=b"\1" + fixed("noise", 255)), "Tag", "target-rsa")
    yield of_jwe("JWE/168", "Nor does one that decrypts to a key of another size.", short_rsa(), "Tag", "target-rsa")
    yield of_jwe("JWE/169", "An encrypted key that is an octet shorter than the modulus.", with_octets(1, lambda octets: octets[1:])(to_rsa()), "PartLength/EncryptedKey", "target-rsa")


def algorithms():
    cek = key("direct-256")
    for count, alg in enumerate(("none", "None", "nOnE"), 171):
        yield of_jwe(f"JWE/{count}", "Nothing is secured, in whatever letters it is said.", direct(text=compact_json(header(alg, "direct-256", enc="A256GCM"))), "Unsecured")
    yield of_jwe("JWE/174", "RSA with PKCS #1 v1.5 is not in the table, however right the object is.", rsa_with("RSA1_5", padding.PKCS1v15()), "AlgorithmUnknown", "target-rsa")
    sha1 = crypto.hashes.SHA1()
    yield of_jwe("JWE/175", "RSA-OAEP with SHA-1 is not in the table.", rsa_with("RSA-OAEP", padding.OAEP(padding.MGF1(sha1), sha1, None)), "AlgorithmUnknown", "target-rsa")
    yield of_jwe("JWE/176", "Agreement without key wrapping is not in the table.", agreed_directly(), "AlgorithmUnknown", "target-256")
    yield of_jwe("JWE/177", "Key wrapping with AES-GCM is not in the table.", wrapped_with_gcm(), "AlgorithmUnknown", "wrap-256")
    yield of_jwe("JWE/178", "A password with an iteration count that would take minutes.", jwe({"alg": "PBES2-HS256+A128KW", "enc": "A128GCM", "p2s": b64u(fixed("salt", 16)), "p2c": 2147483647}, fixed("cek", 16), fixed("wrapped", 24)), "AlgorithmUnknown", "wrap-128")
    yield of_jwe("JWE/179", "AES-CBC with HMAC is not in the table.", cbc(), "ContentEncryptionUnknown")
    yield of_jwe("JWE/180", "An algorithm in other letters is another one.", direct(text=compact_json(header("DIR", "direct-256", enc="A256GCM"))), "AlgorithmUnknown")
    yield of_jwe("JWE/181", "A content encryption in other letters is another one.", direct(enc="a256gcm"), "ContentEncryptionUnknown")
    yield of_jwe("JWE/182", "A signature algorithm encrypts nothing.", direct(text=compact_json(header("HS256", "direct-256", enc="A256GCM"))), "AlgorithmUnknown")
    yield of_jwe("JWE/183", "The key is for A256GCM, and its first half encrypted with A128GCM.", jwe(header("dir", "direct-256", enc="A128GCM"), cek[:16]), "AlgorithmNotPermitted")
    yield of_jwe("JWE/184", "A key that wraps is used directly.", direct(kid="esdata-kek-256@tef.provider.example.com"), "AlgorithmNotPermitted", "wrap-256")
    yield of_jwe("JWE/185", "A key that is used directly wraps.", wrapped(kid="esdata-key-1@tef.provider.example.com"), "AlgorithmNotPermitted")
    yield of_jwe("JWE/186", "A key for A256KW, by a header for A128KW.", wrapped("wrap-128", kid="esdata-kek-256@tef.provider.example.com"), "AlgorithmNotPermitted", "wrap-256")
    yield of_jwe("JWE/187", "Encrypted to an RSA key, by a header for agreement.", to_rsa(), "AlgorithmNotPermitted", "target-256")


def agreements():
    good = ("target-256", EPHEMERAL, "ECDH-ES+A256KW", "A256GCM")
    part = public_part(EPHEMERAL)
    other = b64u(flipped(unb64u(part["y"])))

    def one(identifier, reason, error, epk):
        return of_jwe(identifier, reason, agreed(*good, epk=epk), error, "target-256")

    yield of_jwe("JWE/191", "No ephemeral key.", without_epk(), "Missing/epk", "target-256")
    yield one("JWE/192", "A point beside the curve: who multiplies it gives away his key.", "NotOnCurve", {**part, "y": other})
    yield one("JWE/193", "The point at the origin, which is on no such curve.", "NotOnCurve", {**part, "x": b64u(bytes(32)), "y": b64u(bytes(32))})
    yield one("JWE/194", "A coordinate without its leading zeros.", "CoordinateLength", {**part, "x": b64u(unb64u(part["x"])[:-1])})
    yield one("JWE/195", "The ephemeral key with its private part.", acceptable("PrivatePart"), EPHEMERAL)
    yield one("JWE/196", "A curve that is not in the table.", "CurveUnknown", {"kty": "EC", "crv": "secp256k1", "x": part["x"], "y": part["y"]})
    yield one("JWE/197", "A key of another kind.", "KeyType", {"kty": "OKP", "crv": "X25519", "x": part["x"]})
    yield one("JWE/198", "An ephemeral key that is a text.", "Kind/epk", "key")
    yield one("JWE/199", "An ephemeral key with padding.", "KeyMember", {**part, "x": part["x"] + "="})
    yield one("JWE/200", "An ephemeral key on another curve than the key of the recipient.", "Curve", public_part(EPHEMERAL_384))
    yield one("JWE/201", "An ephemeral key without a coordinate.", "Missing/y", {name: part[name] for name in ("kty", "crv", "x")})
    yield of_jwe("JWE/202", "The key is derived for a wrapping key of another size.", agreed("target-256", EPHEMERAL, "ECDH-ES+A256KW", "A256GCM", agreed_alg="ECDH-ES+A128KW"), "KeyUnwrap", "target-256")
    yield of_jwe("JWE/203", "Another private key.", agreed("target-256", EPHEMERAL, "ECDH-ES+A256KW", "A256GCM", epk=public_part(elliptic("P-256", scalar("other", "P-256")))), "KeyUnwrap", "target-256")
    yield of_jwe("JWE/204", "apu with padding.", with_apu(), "Base64Url/Padding", "target-256")


def serializations():
    flat = flattened_jwe(wrapped())
    cek = fixed("cek", 32)
    element = {"header": header("A256KW", "wrap-256"), "encrypted_key": b64u(crypto.key_wrap(key("wrap-256"), cek))}
    alike = general_jwe({"enc": "A256GCM"}, [element], cek)

    def one(identifier, reason, made, error):
        return of_jwe(identifier, reason, made, error, "wrap-256")

    yield one("JWE/211", "A member in two places of the header, with the same value.", {**flat, "header": {"kid": "esdata-kek-256@tef.provider.example.com"}}, "TwoPlaces")
    yield one("JWE/212", "A member in the shared and in the own header.", general_jwe({"enc": "A256GCM"}, [element], cek, unprotected={"kid": "x"}), "TwoPlaces")
    yield one("JWE/213", "The members of both JSON serializations.", {**alike, "encrypted_key": element["encrypted_key"]}, "MixedSerialization")
    yield one("JWE/214", "The members of a JWS beside those of a JWE.", {**flat, "signatures": []}, "MixedSerialization")
    yield one("JWE/215", "No recipient.", {**alike, "recipients": []}, "NoElement")
    yield one("JWE/216", "Recipients that are no objects.", {**alike, "recipients": ["x"]}, "Kind/recipients")
    yield one("JWE/217", "Two recipients with different content encryptions.", general_jwe({}, [{**element, "header": {**element["header"], "enc": enc}, "encrypted_key": b64u(crypto.key_wrap(key("wrap-256"), fixed("cek", crypto.ENC[enc])))} for enc in ("A256GCM", "A128GCM")], cek), "ContentEncryptionDiffers")
    direct_element = {"header": header("dir", "direct-256")}
    yield of_jwe("JWE/218", "Two recipients share the key that is used directly, which TS-0003, 8.5.2.2.1 forbids.", general_jwe({"enc": "A256GCM"}, [direct_element, direct_element], key("direct-256")), "DirectWithSeveral")
    yield of_jwe("JWE/219", "One of two recipients uses its key directly.", general_jwe({"enc": "A256GCM"}, [direct_element, element], key("direct-256")), "DirectWithSeveral")
    yield one("JWE/220", "No ciphertext.", {name: value for name, value in flat.items() if name != "ciphertext"}, "Missing/ciphertext")
    yield one("JWE/221", "No initialization vector, on which a well-known library stops the process.", {name: value for name, value in flat.items() if name != "iv"}, "PartLength/InitializationVector")
    yield one("JWE/222", "No tag.", {name: value for name, value in flat.items() if name != "tag"}, "PartLength/Tag")
    yield one("JWE/223", "An empty header is left out.", {**flat, "header": {}}, acceptable("Empty/Header"))
    yield one("JWE/224", "Empty authenticated data is left out.", {**flat, "aad": ""}, acceptable("Empty/AdditionalData"))
    yield one("JWE/225", "An octet of the authenticated data changed.", {**general_jwe({"enc": "A256GCM"}, [element], cek, "one"), "aad": b64u(b"two")}, "Tag")
    yield one("JWE/226", "Authenticated data is left out.", {name: value for name, value in general_jwe({"enc": "A256GCM"}, [element], cek, "one").items() if name != "aad"}, "Tag")
    yield one("JWE/227", "A tag that is a number.", {**flat, "tag": 1}, "Kind/tag")
    yield one("JWE/228", "An object behind the object.", compact_json(flat) + "{}", "Json/Trailing")
    yield one("JWE/229", "A member of the object twice.", compact_json(flat)[:-1] + ',"tag":"' + flat["tag"] + '"}', acceptable("Json/Duplicate"))
    yield one("JWE/230", "The recipients are all others.", {**alike, "recipients": [{**element, "header": {"alg": "A256KW", "kid": "other"}}]}, "NoKey")


def signatures():
    good = jws("signer-256")
    forged = jws("mac-256")
    for count, alg in enumerate(("none", "nOnE", "NONE"), 101):
        protected = encoded({"alg": alg})
        yield of_jws(f"JWS/{count}", "Nothing is secured, in whatever letters it is said.", f"{protected}.{b64u(PAYLOAD.encode())}.", "Unsecured")
    pem = crypto.public_pem(RSA)
    for count, (what, secret) in enumerate((("its PEM form", pem), ("its PEM form without the last line break", pem.rstrip()), ("its DER form", crypto.public_der(RSA))), 104):
        sign = lambda octets, secret=secret: crypto.sign("HS256", {"k": b64u(secret)}, octets)
        yield of_jws(f"JWS/{count}", f"The public RSA key, in {what}, as the key of a message authentication code.", jws("signer-rsa-256", alg="HS256", sign=sign), "AlgorithmNotPermitted", "signer-rsa-256")
    attacker = elliptic("P-256", scalar("attacker", "P-256"))
    by_attacker = lambda octets: crypto.sign("ES256", attacker, octets)
    yield of_jws("JWS/107", "The key of an attacker in the header itself, and no other is named.", jws("signer-256", sign=by_attacker, text=compact_json({"alg": "ES256", "jwk": public_part(attacker)})), "NoKey", ["signer-256", "mac-256"])
    yield of_jws("JWS/108", "The key of an attacker in the header itself, under the name of one that is known.", jws("signer-256", sign=by_attacker, jwk=public_part(attacker)), "Signature", "signer-256")
    yield of_jws("JWS/109", "Where to fetch the key of an attacker.", jws("signer-256", sign=by_attacker, jku="https://attacker.invalid/jwks.json"), "Signature", "signer-256")
    zero = lambda _: bytes(64)
    yield of_jws("JWS/110", "Both halves of the signature are zero.", jws("signer-256", sign=zero), "Signature", "signer-256")
    order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
    yield of_jws("JWS/111", "The first half is the order of the curve.", jws("signer-256", sign=lambda octets: order.to_bytes(32) + crypto.sign("ES256", KEYS["signer-256"]["jwk"], octets)[32:]), "Signature", "signer-256")
    yield of_jws("JWS/112", "The second half is beyond the order of the curve.", jws("signer-256", sign=lambda octets: crypto.sign("ES256", KEYS["signer-256"]["jwk"], octets)[:32] + (order + 1).to_bytes(32)), "Signature", "signer-256")
    yield of_jws("JWS/113", "The signature in DER.", jws("signer-256", sign=lambda octets: crypto.ec_der("ES256", KEYS["signer-256"]["jwk"], octets)), "PartLength/Signature", "signer-256")
    for count, change in enumerate((lambda octets: octets[:-1], lambda octets: octets + b"\0"), 114):
        yield of_jws(f"JWS/{count}", "A signature of an octet too few or too many.", with_octets(2, change)(good), "PartLength/Signature", "signer-256")
    yield of_jws("JWS/116", "ES512 is on P-521: a signature of 64 octets is none, whatever 512 suggests.", with_octets(2, lambda octets: octets[:64])(jws("signer-521")), "PartLength/Signature", "signer-521")
    yield of_jws("JWS/117", "A header for P-256 over a signature on P-384.", jws("signer-256", sign=lambda octets: crypto.sign("ES384", KEYS["signer-384"]["jwk"], octets)), "PartLength/Signature", "signer-256")
    yield of_jws("JWS/118", "The payload replaced.", with_part(good, 1, lambda _: b64u(PAYLOAD.replace("21.5", "99.9").encode())), "Signature", "signer-256")
    yield of_jws("JWS/119", "The header written anew.", with_part(good, 0, lambda text: b64u(unb64u(text).replace(b",", b", "))), "Signature", "signer-256")
    yield of_jws("JWS/120", "The signature of another payload.", ".".join([*good.split(".")[:2], jws("signer-256", payload="other").split(".")[2]]), "Signature", "signer-256")
    yield of_jws("JWS/121", "A message authentication code cut to half.", with_octets(2, lambda octets: octets[:16])(forged), "PartLength/Signature")
    yield of_jws("JWS/122", "A bit of a message authentication code changed.", with_octets(2, flipped)(forged), "Signature")
    yield of_jws("JWS/123", "The key of no octets.", jws("mac-256", sign=lambda octets: crypto.sign("HS256", {"k": ""}, octets)), "Signature")
    unencoded = encoded({"alg": "HS256", "b64": False, "crit": ["b64"], "kid": KEYS["mac-256"]["kid"]})
    message = f"{unencoded}.{PAYLOAD.replace('.', ',')}"
    code = b64u(crypto.sign("HS256", KEYS["mac-256"]["jwk"], message.encode()))
    yield of_jws("JWS/124", "A payload that is not encoded (RFC 7797).", f"{message}.{code}", "UnencodedPayload")
    yield of_jws("JWS/125", "b64 that nothing makes critical, over a payload that is encoded after all.", jws("mac-256", b64=False), acceptable("UnencodedPayload"))
    yield of_jws("JWS/126", "crit names an extension that nobody knows.", jws("mac-256", crit=["x"], x=1), "CriticalUnknown")
    yield of_jws("JWS/127", "crit names nothing.", jws("mac-256", crit=[]), acceptable("CriticalEmpty"))
    yield of_jws("JWS/128", "RSASSA-PSS is not in the table, although the table says MGF1.", fixed_signature("PS256"), "AlgorithmUnknown", "signer-rsa-256")
    for count, alg in enumerate(("EdDSA", "ES256K", "HS1", "RS1"), 129):
        yield of_jws(f"JWS/{count}", f"{alg} is not in the table.", fixed_signature(alg), "AlgorithmUnknown", "signer-rsa-256")
    yield of_jws("JWS/133", "An RSA key serves one hash function: here it is said to be another.", jws("signer-rsa-512"), "AlgorithmNotPermitted", "signer-rsa-256")
    yield of_jws("JWS/134", "A key for HS256, by a header for HS512.", jws("mac-512"), "AlgorithmNotPermitted")
    yield of_jws("JWS/135", "Four parts.", forged + ".", "Parts")
    yield of_jws("JWS/136", "Two parts.", forged.rpartition(".")[0], "Parts")
    yield of_jws("JWS/137", "Five parts, as a JWE has.", forged + "..", "Parts")
    yield of_jws("JWS/138", "No signature.", with_part(forged, 2, lambda _: ""), "Empty/Signature")
    yield of_jws("JWS/139", "Padding behind the payload, over which the code is made.", padded_payload(), "Base64Url/Padding")
    yield of_jws("JWS/140", "Stray bits in the signature.", with_part(forged, 2, stray), acceptable("Base64Url/StrayBits"))
    yield of_jws("JWS/141", "A member of the header twice, the last one right.", jws("mac-256", text='{"alg":"none","kid":"esdata-mac-1@tef.provider.example.com","alg":"HS256"}'), acceptable("Json/Duplicate"))
    flat = flattened_jws(forged)
    general = {"payload": flat["payload"], "signatures": [{"protected": flat["protected"], "signature": flat["signature"]}]}
    yield of_jws("JWS/142", "The members of both JSON serializations.", {**general, "signature": flat["signature"]}, "MixedSerialization")
    yield of_jws("JWS/143", "No signature in the array.", {**general, "signatures": []}, "NoElement")
    yield of_jws("JWS/144", "No payload.", {"signatures": general["signatures"]}, "Missing/payload")
    yield of_jws("JWS/145", "A member in two places of the header.", {**flat, "header": {"alg": "HS256"}}, "TwoPlaces")
    both = {**general, "signatures": [{**general["signatures"][0], "signature": b64u(bytes(32))}] * 2}
    yield of_jws("JWS/146", "Both signatures are broken.", both, "Signature")
    yield of_jws("JWS/147", "crit stands where no signature covers it.", {**flat, "header": {"crit": ["x"], "x": 1}}, "CriticalUnprotected")
    for count, (critical, error) in enumerate(((["x"], "CriticalUnknown"), (["alg"], "CriticalStandard")), 149):
        yield of_jws(f"JWS/{count}", f"crit names {critical[0]} in a JSON serialization, where a well-known library does not look.", flattened_jws(jws("mac-256", crit=critical, x=1)), error)
    yield of_jws("JWS/151", "An empty header is left out.", {**flat, "header": {}}, acceptable("Empty/Header"))
    deep = '{"alg":"HS256","kid":"esdata-mac-1@tef.provider.example.com","x":' + "[" * 32 + "]" * 32 + "}"
    yield of_jws("JWS/152", "A header of 33 levels.", jws("mac-256", text=deep), acceptable("Json/Depth"))
    yield of_jws("JWS/148", "A key identifier that is a path.", jws("mac-256", kid="../../../../dev/null", sign=lambda octets: crypto.sign("HS256", {"k": ""}, octets)), "NoKey")


def padded(index):
    """The tag covers the header as it stands, so that only the padding is wrong."""
    protected = encoded(header("dir", "direct-256", enc="A256GCM", x="12" if index == 0 else "1"))
    pad = lambda text: text + "=" * (-len(text) % 4 or 4)
    protected = pad(protected) if index == 0 else protected
    iv = fixed("iv", 12)
    ciphertext, tag = crypto.aes_gcm(key("direct-256"), iv, protected.encode(), PAYLOAD.encode())
    parts = [protected, "", b64u(iv), b64u(ciphertext), b64u(tag)]
    if index:
        parts[index] = pad(parts[index])
    return ".".join(parts)


def padded_payload():
    message = f"{encoded(header('HS256', 'mac-256'))}.{b64u(b'x')}=="
    return f"{message}.{b64u(crypto.sign('HS256', KEYS['mac-256']['jwk'], message.encode()))}"


def standard():
    """An object whose ciphertext has characters that base64 has others for."""
    for count in range(100):
        made = direct(x=count)
        if "-" in made.split(".")[3] or "_" in made.split(".")[3]:
            return made


def stray(text):
    """The text with its last character replaced by one that differs in bits that stand for nothing."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    assert len(text) % 4
    return text[:-1] + alphabet[alphabet.index(text[-1]) ^ 1]


def deflated():
    import zlib

    squeeze = zlib.compressobj(wbits=-15)
    octets = squeeze.compress(PAYLOAD.encode()) + squeeze.flush()
    protected = encoded(header("dir", "direct-256", enc="A256GCM", zip="DEF"))
    iv = fixed("iv zip", 12)
    ciphertext, tag = crypto.aes_gcm(key("direct-256"), iv, protected.encode(), octets)
    return ".".join([protected, *map(b64u, (b"", iv, ciphertext, tag))])


def rsa_with(alg, scheme):
    """The encrypted key is another one each time it is made, and is not part of what is tested: a fixed one stands for it."""
    assert crypto.rsa_private(RSA).public_key().encrypt(b"key", scheme)
    return to_rsa(alg=alg, encrypted_key=b"\1" + fixed(alg, 255))


def short_rsa():
    key_of_128 = fixed("short", 16)
    encrypted_key = crypto.rsa_oaep_256(RSA, key_of_128, fixed("seed", 32))
    return to_rsa(encrypted_key=encrypted_key)


def agreed_directly():
    cek = crypto.agreed(EPHEMERAL, KEYS["target-256"]["jwk"], "A256GCM")
    return jwe({"alg": "ECDH-ES", "enc": "A256GCM", "epk": public_part(EPHEMERAL), "kid": KEYS["target-256"]["kid"]}, cek)


def wrapped_with_gcm():
    cek, iv = fixed("cek", 32), fixed("iv wrap", 12)
    encrypted_key, tag = crypto.aes_gcm(key("wrap-256"), iv, b"", cek)
    return jwe(header("A256GCMKW", "wrap-256", enc="A256GCM", iv=b64u(iv), tag=b64u(tag)), cek, encrypted_key)


def cbc():
    """The content encryption of RFC 7518, 5.2.3."""
    import hmac

    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms as ciphers, modes

    protected = encoded(header("dir", "direct-256", enc="A128CBC-HS256"))
    iv, secret = fixed("iv cbc", 16), key("direct-256")
    padded_text = PAYLOAD.encode() + bytes([16 - len(PAYLOAD) % 16]) * (16 - len(PAYLOAD) % 16)
    encryptor = Cipher(ciphers.AES(secret[16:]), modes.CBC(iv)).encryptor()
    ciphertext = encryptor.update(padded_text) + encryptor.finalize()
    covered = protected.encode() + iv + ciphertext + (8 * len(protected)).to_bytes(8)
    tag = hmac.digest(secret[:16], covered, "sha256")[:16]
    return ".".join([protected, *map(b64u, (b"", iv, ciphertext, tag))])


def without_epk():
    cek = fixed("cek", 32)
    return jwe(header("ECDH-ES+A256KW", "target-256", enc="A256GCM"), cek, crypto.key_wrap(key("wrap-256"), cek))


def with_apu():
    cek = fixed("cek", 32)
    head = header("ECDH-ES+A256KW", "target-256", enc="A256GCM", epk=public_part(EPHEMERAL), apu="eA==")
    return jwe(head, cek, crypto.key_wrap(key("wrap-256"), cek))


def fixed_signature(alg):
    """What the signature is does not matter, since nobody comes to verify it."""
    return jws("signer-rsa-256", alg=alg, sign=lambda octets: fixed(alg, 256))
