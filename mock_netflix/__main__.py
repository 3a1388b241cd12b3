"""`python -m mock_netflix` is the command `mock-netflix`."""

from mock_netflix.cli import main

main()
