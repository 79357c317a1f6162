"""oneM2M JSON Web Tokens (TS-0003, 7.3.2.6)."""

from .compose import direct, flattened_jws, flipped, invalid, jws, valid, vector, with_octets, with_part, wrapped
from .octets import compact_json

CLAIMS = compact_json({
    "tkvr": "1",
    "jti": "t1@das.provider.example.com",
    "iss": "//provider.example.com/das",
    "azp": "//provider.example.com/mn-cse-1/Cae1",
    "nbf": 1767225600,
    "exp": 4102444800,
    "aud": ["//provider.example.com/in-cse-1"],
    "tkps": {"pm": [{"ris": ["/in-cse-1/cse-in/e2eTarget"], "pv": {"acr": [{"acor": ["all"], "acop": 2}]}}]},
})


def vectors():
    def one(identifier, reason, made, keys, expected=None):
        expected = valid(CLAIMS) if expected is None else invalid(expected)
        return vector(identifier, reason, "token", made, keys, expected)

    names = ["mac-256", "mac-384", "mac-512", "signer-rsa-256", "signer-rsa-384", "signer-rsa-512", "signer-256", "signer-384", "signer-521"]
    for count, name in enumerate(names, 1):
        yield one(f"TOK/{count:03}", "Signature only: typ is JWT, and there is no cty.", signed(name), name)
    yield one("TOK/010", "Encryption only, with a key that is used directly.", encrypted(), "direct-256")
    yield one("TOK/011", "Encryption only, with a key that is wrapped.", wrapped("wrap-128", "A128GCM", payload=CLAIMS, typ="JWT"), "wrap-128")
    yield one("TOK/012", "Nested: typ on both, cty on the outer one.", nested(signed("signer-256")), ["wrap-256", "signer-256"])
    yield one("TOK/013", "Tokens name no credential where the issuer has one key.", signed("mac-256", kid=None), "mac-256")
    yield one("TOK/014", "A claim that stands in the header too, with the same value (RFC 7519, 5.3).", encrypted(iss="//provider.example.com/das"), "direct-256")

    yield one("TOK/101", "No typ.", jws("mac-256", CLAIMS), "mac-256", "TokenType")
    for count, typ in enumerate(("jwt", "JOSE", "application/jwt", ""), 102):
        yield one(f"TOK/{count}", f"typ is {typ or 'empty'}, where 7.3.2.6.2 has JWT.", signed("mac-256", typ=typ), "mac-256", "TokenType")
    yield one("TOK/106", "typ is an array.", signed("mac-256", typ=["JWT"]), "mac-256", "Kind/typ")
    yield one("TOK/107", "cty in a JWS, which never holds a token.", signed("mac-256", cty="JWT"), "mac-256", "ContentType")
    yield one("TOK/108", "cty in a JWE is something else than JWT.", encrypted(cty="json"), "direct-256", "ContentType")
    yield one("TOK/109", "A nested token that does not say so.", wrapped(payload=signed("signer-256"), typ="JWT"), ["wrap-256", "signer-256"], "Json/Syntax")
    yield one("TOK/110", "Inside, typ is missing.", nested(jws("signer-256", CLAIMS)), ["wrap-256", "signer-256"], "TokenType")
    yield one("TOK/111", "Inside, cty stands although nothing is nested.", nested(signed("signer-256", cty="JWT")), ["wrap-256", "signer-256"], "ContentType")
    yield one("TOK/112", "Inside are bare claims.", nested(CLAIMS), ["wrap-256", "signer-256"], "Parts")
    yield one("TOK/113", "Inside is a message authentication code, which proves no issuer.", nested(signed("mac-256")), ["wrap-256", "mac-256"], "AlgorithmNotPermitted")
    yield one("TOK/114", "Inside, the algorithm is none.", nested(unsecured()), ["wrap-256", "signer-256"], "Unsecured")
    yield one("TOK/115", "Inside, the signature is wrong.", nested(with_octets(2, flipped)(signed("signer-256"))), ["wrap-256", "signer-256"], "Signature")
    yield one("TOK/116", "Inside is an encrypted token.", nested(encrypted()), ["wrap-256", "direct-256"], "NotSigned")
    yield one("TOK/117", "The token is not secured: 7.3.2.6.2 mentions such tokens, and m2m:e2eCompactJWS has no form for them.", unsecured(), "mac-256", "Unsecured")
    yield one("TOK/118", "A JSON serialization, which a token never has.", compact_json(flattened_jws(signed("mac-256"))), "mac-256", "Parts")
    yield one("TOK/119", "A claim twice: two readers would find two values.", jws("mac-256", CLAIMS[:-1] + ',"iss":"//other"}', typ="JWT"), "mac-256", "Json/Duplicate")
    yield one("TOK/120", "Claims that are an array.", jws("mac-256", "[]", typ="JWT"), "mac-256", "Json/NotAnObject")
    yield one("TOK/121", "A claim that stands in the header too, with another value.", encrypted(iss="//other"), "direct-256", "ReplicatedClaim")
    yield one("TOK/122", "The claims altered.", with_part(signed("signer-256"), 1, lambda text: signed("signer-256", claims=CLAIMS.replace('"acop":2', '"acop":63')).split(".")[1]), "signer-256", "Signature")


def signed(name, claims=CLAIMS, **more):
    return jws(name, claims, **{"typ": "JWT", **more})


def encrypted(**more):
    return direct(payload=CLAIMS, **{"typ": "JWT", **more})


def nested(inside):
    return wrapped(payload=inside, typ="JWT", cty="JWT")


def unsecured():
    return with_part(signed("mac-256", alg="none"), 2, lambda _: "")
