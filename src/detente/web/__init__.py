"""The web server: the HTTP API, the endpoints that the field already speaks, and access to them."""
