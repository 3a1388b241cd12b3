"""The pytest plugin: the mock as a fixture."""
