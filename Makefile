# What developers and users run; `make help` lists it. The work itself is cargo's and xtask's.
CARGO ?= cargo
PREFIX ?= /usr/local
TARGET_DIR = $(or $(CARGO_TARGET_DIR),target)/debug
RELEASE_DIR = $(or $(CARGO_TARGET_DIR),target)/release
BENCH_PYTHON = target/bench-python
# Folders in benches/go, each with the name of the row that its program is.
BENCH_GO = untyped:go typed:go-typed plain:go-plain sdk:go-sdk netrpc:net-rpc calls:calls-go
BENCH_NODE = target/bench-node
BENCH_NODE_AWS = target/bench-node-aws
BENCH_NODE_HTTP = target/bench-node-http
VERSION = $(shell sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml)
HAS_NPM = command -v node >/dev/null && command -v npm >/dev/null
NPM_INSTALL = npm install --no-audit --no-fund --loglevel=error --prefix
# AWS' runtime for Node is compiled against Node's headers, which are fetched if they are not here.
NODE_HEADERS = $(if $(wildcard /usr/include/node/node_api.h),npm_config_nodedir=/usr)
# What a program linked with libfgruntime.a needs besides, as fgruntime.pc says too.
NATIVE_LIBS = -lgcc_s -lutil -lrt -lpthread -lm -ldl -lc

.PHONY: help demo test soak bench generate install wheel npm go-sdk dist abi
help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 10

demo: ## build the example function in Rust, C, Python, Go and for Node and run each once on the local emulator, then over HTTP
	@$(CARGO) build --quiet --locked --package fgruntime-cli --package fgruntime-examples --package fgruntime-ffi
	@$(MAKE) --silent --directory examples/c TARGET=$(abspath $(TARGET_DIR))
	$(TARGET_DIR)/fgruntime invoke -e apig -- $(TARGET_DIR)/apig
	$(TARGET_DIR)/fgruntime invoke -e apig -- $(TARGET_DIR)/examples-c/apig
	@if ! command -v python3 >/dev/null; then echo "The Python function is left out: there is no python3."; else \
	  $(CARGO) xtask python install && set -x && \
	  VIRTUAL_ENV=$(abspath target/python) $(TARGET_DIR)/fgruntime invoke -e apig examples/python/apig.py; fi
	@if ! command -v node >/dev/null; then echo "The Node function is left out: there is no node."; else \
	  $(CARGO) xtask node install && set -x && $(TARGET_DIR)/fgruntime invoke -e apig examples/node/apig.mjs; fi
	@if ! command -v go >/dev/null; then echo "The Go function is left out: there is no go."; else \
	  $(CARGO) xtask go install && set -x && $(TARGET_DIR)/fgruntime invoke -e apig examples/go/apig; fi
	@command -v curl >/dev/null || { echo "Nothing is served over HTTP: there is no curl."; exit 1; }
	sh examples/serve.sh $(TARGET_DIR)/apig
	sh examples/serve.sh $(TARGET_DIR)/examples-c/apig
	@if [ -x target/python/bin/python ]; then set -x && cd examples/python && \
	  sh ../serve.sh ../../target/python/bin/python -m fgruntime apig.handler; fi
	@if [ -d bindings-node/node_modules ]; then set -x && cd examples/node && \
	  sh ../serve.sh node ../../bindings-node/bin/fgruntime.js apig.handler; fi
	@if command -v go >/dev/null; then set -x && cd examples/go && go build -o $(abspath $(TARGET_DIR))/apig-go ./apig && \
	  sh ../serve.sh $(abspath $(TARGET_DIR))/apig-go; fi

test: ## run everything: lints, unit tests, end-to-end tests
	@$(CARGO) xtask test

soak: ## run what is too much for `make test`: very many requests and connections over HTTP
	@$(CARGO) test --locked --package fgruntime-tests --test soak -- --nocapture --test-threads=1

bench: ## measure what an invocation costs, beside the cheapest possible function
	@$(CARGO) build --quiet --release --locked --package fgruntime-ffi
	@$(CARGO) build --quiet --release --locked --package fgruntime-benches --bins
	$(CC) -O2 -Iinclude benches/c/function.c $(RELEASE_DIR)/libfgruntime.a $(NATIVE_LIBS) -o $(RELEASE_DIR)/bench-c
	$(CC) -O2 -Iinclude benches/c/calls.c $(RELEASE_DIR)/libfgruntime.a $(NATIVE_LIBS) -o $(RELEASE_DIR)/bench-calls-c
	@if command -v python3 >/dev/null; then $(CARGO) xtask wheel && python3 -m venv $(BENCH_PYTHON) && \
	  $(BENCH_PYTHON)/bin/pip install --quiet --disable-pip-version-check --force-reinstall --no-index --find-links dist fgruntime && \
	  $(BENCH_PYTHON)/bin/pip install --quiet --disable-pip-version-check -r benches/python/requirements.txt; fi
	@if $(HAS_NPM); then $(MAKE) npm; fi
	@if $(HAS_NPM); then rm -rf $(BENCH_NODE) && mkdir -p $(BENCH_NODE_AWS) && cp benches/node/package.json $(BENCH_NODE_AWS) && \
	  $(NPM_INSTALL) $(BENCH_NODE) --offline ./dist/fgruntime-$(VERSION).tgz ./dist/fgruntime-linux-*-$(VERSION).tgz && \
	  mkdir -p $(BENCH_NODE_HTTP) && cp benches/node/http/package.json $(BENCH_NODE_HTTP) && $(NPM_INSTALL) $(BENCH_NODE_HTTP) && \
	  { $(NODE_HEADERS) $(NPM_INSTALL) $(BENCH_NODE_AWS) || echo "AWS' runtime for Node cannot be installed here."; }; fi
	@if command -v go >/dev/null; then $(MAKE) go-sdk && cd benches/go && export GOTOOLCHAIN=local && \
	  for row in $(BENCH_GO); do go build -o $(abspath $(RELEASE_DIR))/bench-$${row#*:} ./$${row%:*} || exit; done && \
	  { (cd aws && go build -o $(abspath $(RELEASE_DIR))/bench-aws-lambda-go .) || echo "AWS' runtime for Go cannot be built here."; }; fi
	@if [ -x $(BENCH_PYTHON)/bin/python ]; then \
	  export FGRUNTIME_PYTHON=$(abspath $(BENCH_PYTHON))/bin/python FGRUNTIME_BENCH_PYTHON=benches/python/bench-python \
	    FGRUNTIME_BENCH_PYTHON_RUN=benches/python/bench-python-run \
	    FGRUNTIME_BENCH_AWSLAMBDARIC=benches/python/bench-awslambdaric \
	    FGRUNTIME_BENCH_HTTP_PYTHON=benches/python/bench-http-python \
	    FGRUNTIME_BENCH_HTTP_FUNCTIONS_FRAMEWORK=benches/python/bench-http-functions-framework; fi; \
	if [ -d $(BENCH_NODE)/node_modules/fgruntime ]; then \
	  export FGRUNTIME_NODE_MODULES=$(abspath $(BENCH_NODE))/node_modules FGRUNTIME_BENCH_NODE=benches/node/bench-node \
	    FGRUNTIME_BENCH_NODE_TYPED=benches/node/bench-node-typed \
	    FGRUNTIME_BENCH_NODE_HTTP=benches/node/bench-node-http FGRUNTIME_BENCH_NODE_0=benches/node/bench-node-0 \
	    FGRUNTIME_BENCH_HTTP_NODE=benches/node/bench-http-node; fi; \
	if [ -d $(BENCH_NODE_HTTP)/node_modules ]; then \
	  export FGRUNTIME_BENCH_NODE_PEERS=$(abspath $(BENCH_NODE_HTTP))/node_modules \
	    FGRUNTIME_BENCH_HTTP_FUNCTIONS_FRAMEWORK_NODE=benches/node/bench-http-functions-framework-node; fi; \
	if [ -f $(BENCH_NODE_AWS)/node_modules/aws-lambda-ric/rapid-client.node ]; then \
	  export FGRUNTIME_BENCH_AWS_LAMBDA_RIC=benches/node/bench-aws-lambda-ric; fi; \
	  $(RELEASE_DIR)/bench-invoke && $(RELEASE_DIR)/bench-http
	@if $(HAS_NPM); then FGRUNTIME_NODE_MODULES=$(abspath $(BENCH_NODE))/node_modules $${FGRUNTIME_NODE:-node} benches/node/typed.js; fi

generate: ## write the generated files: the header, the C accessors, docs/events.md, the Python classes, the types for Node
	@$(CARGO) xtask generate

install: ## build the C library and install it below DESTDIR and PREFIX (/usr/local)
	@$(CARGO) xtask install "$(DESTDIR)$(PREFIX)"

wheel: ## build the Python package and the command as wheels into dist/
	@$(CARGO) xtask wheel

go-sdk: ## build the Go module with its library into dist/, as a folder and as a zip
	@$(CARGO) xtask go sdk

npm: ## build the Node package and the command as npm packages into dist/
	@$(CARGO) xtask npm

dist: ## build what is released, the C library and the command, into dist/
	@$(CARGO) xtask dist

abi: ## compare the C ABI with the recorded one, and record what was added
	@$(CARGO) xtask abi
