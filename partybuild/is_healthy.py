"""`python -m partybuild.is_healthy`: asks the web server beside it, in the name of its first host."""

import os
import sys
import urllib.request

ADDRESS = "http://127.0.0.1:8000/healthz"

if __name__ == "__main__":
    host = os.environ["ALLOWED_HOSTS"].split(",")[0]
    request = urllib.request.Request(ADDRESS, headers={"Host": host})
    with urllib.request.urlopen(request, timeout=4) as answer:  # noqa: S310
        sys.exit(0 if answer.status == 200 else 1)
