"""Sign-in by OpenID Connect: code with PKCE, held to everything that a token must say."""
