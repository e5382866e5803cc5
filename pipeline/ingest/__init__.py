"""Layer 1: files as received -> contract tables. Nothing vanishes; what cannot be mapped is named."""
