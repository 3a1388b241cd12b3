"""The only room that knows Starlette and uvicorn.

intake ─> packing ─> recording ─> routes ─> dispatch ─> gateway, handler, encoder
/_mock/ stands beside these rings, so that nothing in them can lock a person out.
"""
