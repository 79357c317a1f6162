"""vectors/jose.json: JOSE objects, ESData envelopes and tokens."""

import json

from . import elements, envelopes, refused, rfc, tokens
from .keys import KEYS


def text():
    return json.dumps(file(), indent=2, ensure_ascii=False) + "\n"


def file():
    vectors = [*elements.vectors(), *refused.vectors(), *envelopes.vectors(), *tokens.vectors(), *rfc.vectors()]
    identifiers = [vector["id"] for vector in vectors]
    assert len(set(identifiers)) == len(identifiers), "an id is used twice"
    keys = {**KEYS, **rfc.keys()}
    used = {name for vector in vectors for name in vector["keys"]}
    assert used <= keys.keys(), used - keys.keys()
    return {
        "$schema": "schema/jose.schema.json",
        "clause": "TS-0003 V3.18.0, 7.3.2.6 and 8.5",
        "keys": {name: key for name, key in keys.items() if name in used},
        "vectors": vectors,
    }
