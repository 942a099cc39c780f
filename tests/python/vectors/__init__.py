"""The protocol from docs/protocol.md alone, with nothing but the standard library: a second opinion on docs/vectors."""
