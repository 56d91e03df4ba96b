"""The pages of the web server: rendered on the server, with a small script that only saves time."""
