"""The mock inside a program: a server in a thread, and the handle of a test."""
