"""The algorithms of TS-0003, 8.5.3, by the library `cryptography`: each takes what is random elsewhere."""

import hmac
import re

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, utils
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.concatkdf import ConcatKDFHash
from cryptography.hazmat.primitives.keywrap import aes_key_wrap

from .keys import LENGTHS, ec_private, rsa_private
from .octets import unb64u

HASHES = {"256": hashes.SHA256(), "384": hashes.SHA384(), "512": hashes.SHA512()}
ENC = {"A128GCM": 16, "A192GCM": 24, "A256GCM": 32}


def aes_gcm(key, iv, aad, plaintext):
    sealed = AESGCM(key).encrypt(iv, plaintext, aad)
    return sealed[:-16], sealed[-16:]


def key_wrap(kek, cek):
    return aes_key_wrap(kek, cek)


def agreed(private, public, alg, apu=b"", apv=b""):
    """The wrapping key of RFC 7518, 4.6."""
    length = int(re.search(r"A(\d+)", alg)[1]) // 8
    secret = ec_private(private).exchange(ec.ECDH(), ec_private(public).public_key())
    prefixed = lambda octets: len(octets).to_bytes(4) + octets
    info = prefixed(alg.encode()) + prefixed(apu) + prefixed(apv) + (8 * length).to_bytes(4)
    return ConcatKDFHash(hashes.SHA256(), length, info).derive(secret)


def rsa_oaep_256(jwk, message, seed):
    """RFC 8017, 7.1.1, with SHA-256 for both hashes: no library takes a seed."""
    sha256 = lambda octets: _digest(hashes.SHA256(), octets)
    modulus, exponent = (int.from_bytes(unb64u(jwk[name])) for name in ("n", "e"))
    size = (modulus.bit_length() + 7) // 8
    block = sha256(b"") + bytes(size - len(message) - 66) + b"\1" + message

    def masked(octets, mask_seed):
        mask = b"".join(sha256(mask_seed + count.to_bytes(4)) for count in range(len(octets) // 32 + 1))
        return bytes(left ^ right for left, right in zip(octets, mask))

    block = masked(block, seed)
    padded = b"\0" + masked(seed, block) + block
    encrypted = pow(int.from_bytes(padded), exponent, modulus).to_bytes(size)
    oaep = padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), None)
    assert rsa_private(jwk).decrypt(encrypted, oaep) == message
    return encrypted


def sign(alg, jwk, message):
    kind, bits = alg[:2], alg[2:]
    if kind == "HS":
        return hmac.digest(unb64u(jwk["k"]), message, f"sha{bits}")
    if kind == "RS":
        return rsa_private(jwk).sign(message, padding.PKCS1v15(), HASHES[bits])
    der = ec_der(alg, jwk, message)
    length = LENGTHS[jwk["crv"]]
    return b"".join(half.to_bytes(length) for half in utils.decode_dss_signature(der))


def ec_der(alg, jwk, message):
    return ec_private(jwk).sign(message, ec.ECDSA(HASHES[alg[2:]], deterministic_signing=True))


def public_pem(jwk):
    return _public(jwk, serialization.Encoding.PEM)


def public_der(jwk):
    return _public(jwk, serialization.Encoding.DER)


def _public(jwk, encoding):
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return rsa_private(jwk).public_key().public_bytes(encoding, form)


def _digest(algorithm, octets):
    digest = hashes.Hash(algorithm)
    digest.update(octets)
    return digest.finalize()
