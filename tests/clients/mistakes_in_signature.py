"""The mistakes that people make in the key, in the digest, and in how the signature travels."""

from __future__ import annotations

import base64

from tests.clients.mistaken import Signer, escaped

# The key.


class SecretAlone(Signer):
    def key(self) -> str:
        return escaped(self.consumer_secret())


class Swapped(Signer):
    def key(self) -> str:
        return f"{escaped(self.token_secret())}&{escaped(self.consumer_secret())}"


class OtherApplication(Signer):
    def consumer_secret(self) -> str:
        return self.request.keys.other[1]


class NoTokenSecret(Signer):
    def token_secret(self) -> str:
        return ""


class AccessTokenSecret(Signer):
    def token_secret(self) -> str:
        return self.request.keys.token[1]


class SpentTokenSecret(Signer):
    def token_secret(self) -> str:
        return self.request.keys.spent


class RequestTokenSecret(Signer):
    def token_secret(self) -> str:
        return self.request.keys.request_token[1]


# The digest, and the way over the wire.


class Hex(Signer):
    def written(self, digest: bytes) -> str:
        return digest.hex()


class HexInBase64(Signer):
    """As PHP gives it where `raw` is forgotten."""

    def written(self, digest: bytes) -> str:
        return base64.b64encode(digest.hex().encode()).decode()


class Sha256(Signer):
    def algorithm(self) -> str:
        return "sha256"


class Unpadded(Signer):
    def written(self, digest: bytes) -> str:
        return super().written(digest).rstrip("=")


class Plaintext(Signer):
    def signature(self) -> str:
        return self.key()


class SignatureBare(Signer):
    def carried(self, signature: str) -> str:
        return signature

    def shows(self) -> bool:
        return "+" in self.signature() and super().shows()


class SignatureTwice(Signer):
    def carried(self, signature: str) -> str:
        return escaped(super().carried(signature))

    def shows(self) -> bool:
        return escaped(self.signature()) != self.signature() and super().shows()


# Nearly the same, in ways that may well have no name of their own.


class RunTogether(Signer):
    def key(self) -> str:
        return escaped(self.consumer_secret()) + escaped(self.token_secret())


class LineEndAfterSecret(Signer):
    def consumer_secret(self) -> str:
        return f"{super().consumer_secret()}\n"
