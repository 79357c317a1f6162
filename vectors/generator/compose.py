"""Makes objects from their parts, right or wrong, and vectors from objects."""

from . import crypto
from .keys import KEYS
from .octets import b64u, compact_json, encoded, fixed, unb64u

PAYLOAD = '{"temperature":21.5,"unit":"Cel"}'


def key(name):
    """The octets of a symmetric key."""
    return unb64u(KEYS[name]["jwk"]["k"])


def kid(name):
    return KEYS[name]["kid"]


def header(alg, name, **more):
    """A header for the key of that name; members with the value None are left out."""
    members = {"alg": alg, "kid": kid(name), **more}
    if "enc" in members:
        members = {"alg": members.pop("alg"), "enc": members.pop("enc"), **members}
    return {member: value for member, value in members.items() if value is not None}


def jwe(head, cek, encrypted_key=b"", iv=None, payload=PAYLOAD, what=""):
    """A compact JWE; what is random is fixed by `what` and the header."""
    protected = encoded(head)
    iv = iv or fixed(f"iv {what} {protected}", 12)
    ciphertext, tag = crypto.aes_gcm(cek, iv, protected.encode(), payload.encode())
    return ".".join([protected, *map(b64u, (encrypted_key, iv, ciphertext, tag))])


def direct(name="direct-256", payload=PAYLOAD, text=None, **more):
    """A JWE with `dir`; `text` is its whole header where JSON has no value for it."""
    head = text or header("dir", name, **{"enc": KEYS[name].get("enc", "A256GCM"), **more})
    return jwe(head, key(name), payload=payload)


def wrapped(name="wrap-256", enc="A256GCM", cek=None, payload=PAYLOAD, **more):
    alg = KEYS[name]["alg"]
    cek = cek or fixed(f"cek {alg} {enc}", crypto.ENC[enc])
    return jwe(header(alg, name, enc=enc, **more), cek, crypto.key_wrap(key(name), cek), payload=payload)


def agreed(name, ephemeral, alg, enc, epk=None, agreed_alg=None, **more):
    target = KEYS[name]["jwk"]
    cek = fixed(f"cek {name} {alg} {enc}", crypto.ENC[enc])
    info = {member: unb64u(more[member]) for member in ("apu", "apv") if member in more}
    kek = crypto.agreed(ephemeral, target, agreed_alg or alg, **info)
    public = public_part(ephemeral) if epk is None else epk
    return jwe(header(alg, name, enc=enc, epk=public, **more), cek, crypto.key_wrap(kek, cek))


def to_rsa(enc="A256GCM", encrypted_key=None, alg="RSA-OAEP-256", cek=None, **more):
    cek = cek or fixed(f"cek {alg} {enc}", crypto.ENC[enc])
    seed = fixed(f"seed {alg} {enc}", 32)
    encrypted_key = encrypted_key or crypto.rsa_oaep_256(KEYS["target-rsa"]["jwk"], cek, seed)
    return jwe(header(alg, "target-rsa", enc=enc, **more), cek, encrypted_key)


def public_part(jwk):
    return {member: jwk[member] for member in ("kty", "crv", "x", "y")}


def jws(name, payload=PAYLOAD, text=None, alg=None, sign=None, **more):
    """A compact JWS; `sign` makes another signature than the key of that name does."""
    alg = alg or KEYS[name]["alg"]
    protected = encoded(text or header(alg, name, **more))
    message = f"{protected}.{b64u(payload.encode())}"
    sign = sign or (lambda octets: crypto.sign(KEYS[name]["alg"], KEYS[name]["jwk"], octets))
    return f"{message}.{b64u(sign(message.encode()))}"


def with_part(text, index, part):
    """The object with one of its parts replaced by what a function makes of it."""
    parts = text.split(".")
    parts[index] = part(parts[index])
    return ".".join(parts)


def with_octets(index, change):
    return lambda text: with_part(text, index, lambda part: b64u(change(unb64u(part))))


def flipped(octets):
    return octets[:-1] + bytes([octets[-1] ^ 1])


def flattened_jwe(text, **more):
    names = ("protected", "encrypted_key", "iv", "ciphertext", "tag")
    members = dict(zip(names, text.split(".")), **more)
    return {name: value for name, value in members.items() if value}


def flattened_jws(text, **more):
    return dict(zip(("protected", "payload", "signature"), text.split(".")), **more)


def general_jwe(protected, recipients, cek, aad=None, iv=None, payload=PAYLOAD, **more):
    protected = encoded(protected) if protected else ""
    covered = protected if aad is None else f"{protected}.{b64u(aad.encode())}"
    iv = iv or fixed(f"iv {compact_json(recipients)}", 12)
    ciphertext, tag = crypto.aes_gcm(cek, iv, covered.encode(), payload.encode())
    members = {
        "protected": protected,
        "recipients": recipients,
        "aad": aad and b64u(aad.encode()),
        "iv": b64u(iv),
        "ciphertext": b64u(ciphertext),
        "tag": b64u(tag),
        **more,
    }
    return {name: value for name, value in members.items() if value}


def vector(identifier, reason, reads, made, keys, expected, source=None, **more):
    return {
        "id": identifier,
        "reason": reason,
        "source": source or "computed by vectors/generate.py with the library `cryptography`",
        "reads": reads,
        **more,
        "object": made if isinstance(made, str) else compact_json(made),
        "keys": [keys] if isinstance(keys, str) else keys,
        "expected": expected,
    }


def valid(payload=PAYLOAD, **more):
    return {"result": "valid", "payload": payload, **more}


def invalid(error):
    return {"result": "invalid", "error": error}


def acceptable(error, payload=PAYLOAD):
    """Whoever reads it may accept it; the reference gives the error."""
    return {"result": "acceptable", "error": error, "payload": payload}
