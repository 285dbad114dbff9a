# `make help` says what there is. What needs more than a line of shell stands in embedded/.
OLD_ENOUGH = -c 'import sys; sys.exit(sys.version_info < (3, 11))'
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$name $(OLD_ENOUGH) 2>/dev/null && echo $$name && break; done)
RUN = .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help demo test screenshots env env-dev python check bundle schema reset

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: env ## start everything, print the address and the accounts; Ctrl-C stops it
	@exec $(RUN) -m embedded.supervisor

test: env-dev ## everything that continuous integration runs
	@$(RUN) -m embedded.testing

screenshots: env-dev ## pictures of the rating page in var/screenshots/; SCREENSHOTS=phone,en: some
	@$(RUN) -m pytest tests/e2e/screenshots.py -q -s

check: env-dev ## lint, types, contracts, migrations, schema, container files, frontend
	@$(RUN) -m embedded.check

env: python ## the environment in .venv, enough to run the site
	@$(PYTHON) -m embedded.bootstrap

env-dev: python ## the environment with all test tools
	@$(PYTHON) -m embedded.bootstrap --dev

bundle: env-dev ## build the web page's bundle into frontend/static
	@$(RUN) -m embedded.check --run install build

schema: env-dev ## write the API schema and the client generated from it
	@$(RUN) manage.py spectacular --validate --fail-on-warn --file frontend/schema.yaml
	@$(RUN) -m embedded.check --run types

reset: ## forget the demo: its accounts, tasks and judgments
	@$(PYTHON) -m embedded.reset

python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed and none is on the PATH. Debian 12, Ubuntu 24.04: apt install python3 python3-venv. macOS: brew install python. Elsewhere: make PYTHON=/path/to/python3.11 demo"; exit 1; }
