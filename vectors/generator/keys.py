"""The keys of the vectors. All are test values: they secure nothing."""

from cryptography.hazmat.primitives.asymmetric import ec, rsa

from .octets import b64u, fixed, unb64u

CURVES = {"P-256": ec.SECP256R1(), "P-384": ec.SECP384R1(), "P-521": ec.SECP521R1()}
LENGTHS = {"P-256": 32, "P-384": 48, "P-521": 66}


def symmetric(octets):
    return {"kty": "oct", "k": b64u(octets)}


def elliptic(curve, scalar):
    length = LENGTHS[curve]
    private = ec.derive_private_key(int.from_bytes(scalar), CURVES[curve])
    point = private.public_key().public_numbers()
    return {
        "kty": "EC",
        "crv": curve,
        "x": b64u(point.x.to_bytes(length)),
        "y": b64u(point.y.to_bytes(length)),
        "d": b64u(scalar),
    }


def scalar(what, curve):
    """A scalar that is below the order of the curve, since its first octet is zero."""
    return b"\0" + fixed(what, LENGTHS[curve] - 1)


def rsa_private(jwk):
    number = {name: int.from_bytes(unb64u(jwk[name])) for name in ("n", "e", "d", "p", "q", "dp", "dq", "qi")}
    return rsa.RSAPrivateNumbers(
        number["p"], number["q"], number["d"], number["dp"], number["dq"], number["qi"],
        rsa.RSAPublicNumbers(number["e"], number["n"]),
    ).private_key()


def ec_private(jwk):
    return ec.derive_private_key(int.from_bytes(unb64u(jwk["d"])), CURVES[jwk["crv"]])


RSA = {
    "kty": "RSA",
    "n": (
        "rmQSGUXqbi6glMwZ7Oxs5c91GyRQFci0HPbRQR6QRBZ-Ku6nbABcrXEQOSfJ1NJaRh9aZYBK4yGOVVyhXWq2isL2d6uAL7Mcr1UO"
        "DGBCrTBlh0OiUaX4NKhLJD5btY24REDOy9xlOHAo50GtOE6KTu4Q6s6EGKNXXK6Qn79caLUaOzFfWlOFoU084L9CJ8pF4PbTnOry"
        "gJY8vpRWi4setHkgN-0m9qtbimRC6Ob_XH0r2Wu_0LispxHQtJvA0M_AhpbODVqOVmmeTmPOHP1E0xe94DOmoQQ5a8_gdQFVTJnz"
        "rFzbb6gBrRgukJrgbX2VdeXh4cTGHTfXf8-ItzWriQ"
    ),
    "e": "AQAB",
    "d": (
        "OpQGuFKR4pzq99BvTPRFyBQdpBZYiFi4l5oYxCT-FMDxdH5h4pdkiiYWavyAgWp_RFq3xKyJey4EX4wT8AsucgH3RE9paZxioEqT"
        "w3h6LS66i-seFQsJCrcVNoFz0NJf-R1D2ZqYrZKPSs723pkTQFwbdqQUHyqO5-UDU4W2Br1wewKImoZN74LMFDNaW2v3x8viV3Bm"
        "LUm4FM3bEZUjUksIEs_Y4oCy6Uevbr6axUUQeRSQehG0TatjmtjUPeavhCn_plU1XllVkG84wRqcsBtqOYU80ZKlws7jhTu8NEQL"
        "wkZ1vGCQLcXjjvlpbwGVPj7LS2vZFN1E7zPvRXc_eQ"
    ),
    "p": (
        "352GGkddoKTthqjOaaZv6uAp9HTV5U-qFCS3exLaVCQNj9k4M42zTOlQKaXmVxmtj15FbZuKCVis5D9cOouKc3JqpX5Fvev8iMbv"
        "cQGllTtuqzbzUNykQG5uAkqrcnvl0hGIlm2Cc7P8rsrqoSR-IvkppO4-LxeAC7PqF0YVens"
    ),
    "q": (
        "x6WQnug5o7P2oyKqma02r-W1bRWVZKr1QoEYAPJNy4Y6pfSDFt_SYtiuaB_WDew_NK3i7L_SESkje_rcIXZVirnGSncRs3b6Ku3Z"
        "nWlDkfoKT3hAy9aRnN8XyZqcM4Uup1t-y-r6c4Br1vq6f8w7AgOPon4tHGAASxrYyQnI5Ms"
    ),
    "dp": (
        "HnWXkbbM4xf0HtaZnzyDnCvCq0DK7fxm_21s7L_Jq5JpooGFLUiM9toFCFdHw--Ee7XsoRyBtfo1OrYCuxrM1iLssfQ8Tb16Xasz"
        "bGI8CtLYpUvL4uTbHsesBnXjWqnTyUSIJW1vSpFmxuxu_1o4ME1eRdAJ-mIqF-3-4gKy5Ec"
    ),
    "dq": (
        "EdbZdVmKzPXns-wFEnZHzK_Z5kVnc_dSsv6WBn-gM-9qjimrDQAy7GIwM12k4tmZTDu9ayo4uw_R--IOiW7pddvjvAOnsUGQWQWn"
        "zEj7oK-W_ELih1RE7p-AoKMQEgp0gL_MNKxqdKek-zCsOX8mRqfKzdo4bbCmVg-wD0awjME"
    ),
    "qi": (
        "Q3hM1Y8t9xNH48MPzXxWp6JG10Rm3hBMdFO9k7PZasBb3_gVdRaTW3SdBYby8oyxSjIEzGyvCYXKqJtqqffF79t6j6pdfqSVu3L4"
        "W40p9_MB2kZxQjCIwdNHyH2EttT-z0WxDbv0yhTOvusBrfjcXXXxkd8eT4U3BkUGef6s_gs"
    ),
}

# 20, 21, 22 and so on.
SYMMETRIC = bytes(range(0x20, 0x40))
MAC = bytes.fromhex(
    "45cca77fc41a3b96bd2c592c03abc02d3bd2a21a5a272c0d366914378b945783"
    "0f39b79b56687906359bd1939a5b3669c1359a72a9ec0ae5b976a33371950650"
)
SIGNER = elliptic("P-256", unb64u("oMJkgrUo26VjB88RrCVS3VFpuMKLkXlZBhJngc2CRyI"))
SIGNER_384 = elliptic("P-384", scalar("signer", "P-384"))
SIGNER_521 = elliptic(
    "P-521",
    unb64u("AFOe9gH-QkF9z546fOmga3CHZ7st9i2twQD2l1Zl6GW40r2fuFSkp7HcPyEPLXjD9TWevknOfiCCrnaxGvfYn2ga"),
)
TARGET = elliptic("P-256", unb64u("jca4-IIAsMc8n6Aj9mqNJQCcMGBnlO0s-xveo-BHk2s"))
TARGET_384 = elliptic("P-384", scalar("target", "P-384"))
TARGET_521 = elliptic("P-521", scalar("target", "P-521"))
EPHEMERAL = elliptic("P-256", unb64u("q-vx2GEkn6-MpUJjk63EB7RPMWH1a3aY9xURTXUi6UE"))
EPHEMERAL_384 = elliptic("P-384", scalar("ephemeral", "P-384"))
EPHEMERAL_521 = elliptic("P-521", scalar("ephemeral", "P-521"))


def named(alg, kid, jwk, **more):
    return {"alg": alg, "kid": kid, **more, "jwk": jwk}


TEF = "tef.provider.example.com"
CSE = "43-in-cse-1.provider.example.com"
AE = "54-ae1"

# What serves which algorithm. Whoever reads an object knows those that its vector names, and finds them by `kid`.
KEYS = {
    "direct-128": named("dir", f"esdata-key-1@{TEF}", symmetric(SYMMETRIC[:16]), enc="A128GCM"),
    "direct-192": named("dir", f"esdata-key-1@{TEF}", symmetric(SYMMETRIC[:24]), enc="A192GCM"),
    "direct-256": named("dir", f"esdata-key-1@{TEF}", symmetric(SYMMETRIC), enc="A256GCM"),
    "wrap-128": named("A128KW", f"esdata-kek-128@{TEF}", symmetric(SYMMETRIC[:16])),
    "wrap-192": named("A192KW", f"esdata-kek-192@{TEF}", symmetric(SYMMETRIC[:24])),
    "wrap-256": named("A256KW", f"esdata-kek-256@{TEF}", symmetric(SYMMETRIC)),
    "target-rsa": named("RSA-OAEP-256", CSE, RSA),
    "target-256": named("ECDH-ES", CSE, TARGET),
    "target-384": named("ECDH-ES", f"{CSE}-P-384", TARGET_384),
    "target-521": named("ECDH-ES", f"{CSE}-P-521", TARGET_521),
    "mac-256": named("HS256", f"esdata-mac-1@{TEF}", symmetric(MAC)),
    "mac-384": named("HS384", f"esdata-mac-1@{TEF}", symmetric(MAC)),
    "mac-512": named("HS512", f"esdata-mac-1@{TEF}", symmetric(MAC)),
    "signer-rsa-256": named("RS256", AE, RSA),
    "signer-rsa-384": named("RS384", AE, RSA),
    "signer-rsa-512": named("RS512", AE, RSA),
    "signer-256": named("ES256", f"{AE}-P-256", SIGNER),
    "signer-384": named("ES384", f"{AE}-P-384", SIGNER_384),
    "signer-521": named("ES512", f"{AE}-P-521", SIGNER_521),
}
