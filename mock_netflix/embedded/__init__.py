"""The mock inside a program: a server in a thread, an application for clients in process, and the handle of a test."""
