"""How the service is installed, and what is told of what it is built on."""
