"""What is true of the service: frozen values and functions on them. No HTTP, no XML, no clock, no chance."""
