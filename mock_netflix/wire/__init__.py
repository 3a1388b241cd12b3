"""Documents: one small tree, and its encoders. Knows no resource and no HTTP."""
