# What a clone can do; each target sets up what it needs first, once.
.PHONY: help run test tour pictures bench clean

help: ## list these targets
	@sed -n 's/^\([a-z]*\):.* ## /make \1	/p' Makefile

run: ## open the window on the embedded backend with sample data (without a display: the tour)
	@sh packaging/setup.sh run
	@sh packaging/run.sh

test: ## check everything: format, lint, types, translations, tests
	@sh packaging/setup.sh test
	@sh packaging/check.sh

tour: ## tell the whole story through the real window, one picture per step, into tour/
	@sh packaging/setup.sh run
	@.venv/bin/yearadmin tour --out tour

pictures: ## make the README's pictures anew, from the tour in both languages
	@sh packaging/setup.sh run
	@.venv/bin/python packaging/make_pictures.py

bench: ## measure start, switching, painting and memory
	@sh packaging/setup.sh run
	@.venv/bin/python packaging/bench

clean: ## remove everything made here, the virtual environment too
	@rm -rf .venv tour dist .schemathesis build yearadmin/_i18n yearadmin/_resources .mypy_cache .ruff_cache .pytest_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
