"""OAuth 1.0 as a reader of RFC 5849 expects it: pure functions of the request and what was granted."""
