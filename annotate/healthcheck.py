"""`python -m annotate.healthcheck`: whether the web server beside it answers; for containers."""

import http.client
import os
import sys


def main() -> int:
    """0 when the local server and its database answer, else 1."""
    connection = http.client.HTTPConnection("127.0.0.1", int(os.environ.get("PORT", "8000")), 4)
    headers = {"Host": "localhost", "X-Forwarded-Proto": "https"}
    try:
        connection.request("GET", "/healthz", headers=headers)
        return 0 if connection.getresponse().status == 200 else 1
    except OSError:
        return 1


if __name__ == "__main__":
    sys.exit(main())
