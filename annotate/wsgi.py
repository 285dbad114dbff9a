"""The WSGI application."""

import os
import sys

from django.core.wsgi import get_wsgi_application

# A heavy request must not hold the interpreter from the short ones beside it (docs/hot_path.md).
sys.setswitchinterval(0.0005)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "annotate.settings")
application = get_wsgi_application()
