# What developers and users run; `make help` lists it. The work itself is cargo's and xtask's.
CARGO ?= cargo
TARGET_DIR = $(or $(CARGO_TARGET_DIR),target)/debug

.PHONY: help demo test generate
help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 10

demo: ## build the example function and run it once on the local emulator
	@$(CARGO) build --quiet --locked --package fgruntime-cli --package fgruntime-examples
	$(TARGET_DIR)/fgruntime invoke -e apig -- $(TARGET_DIR)/apig

test: ## run everything: lints, unit tests, end-to-end tests
	@$(CARGO) xtask test

generate: ## write the generated files: the header, the C accessors, docs/events.md
	@$(CARGO) xtask generate
