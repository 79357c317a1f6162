"""Octets and their texts. Nothing is random: what has to be is hashed from what it is for."""

import base64
import hashlib
import json


def b64u(octets):
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()


def unb64u(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def fixed(what, length):
    octets, count = b"", 0
    while len(octets) < length:
        octets += hashlib.sha256(f"{what} {count}".encode()).digest()
        count += 1
    return octets[:length]


def compact_json(value):
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def encoded(header):
    """The base64url of a header, which is a value or its text."""
    return b64u((header if isinstance(header, str) else compact_json(header)).encode())
