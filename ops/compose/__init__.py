"""The stack of docker-compose.yml, tried as a whole."""
