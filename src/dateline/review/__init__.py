"""The review page: `make_app(path, user=…)` gives the web application, `serve` runs it on this machine only."""
