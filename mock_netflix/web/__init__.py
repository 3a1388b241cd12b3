"""The only room that knows Starlette and uvicorn.

intake ─> gzip ─> recording ─> router ─> gateway ─> dispatch ─> handler ─> encoder
/_mock/ stands beside these rings, so that nothing in them can lock a person out.
"""
