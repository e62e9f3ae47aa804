# Targets are listed by `make`. Everything happens in .venv, which is made once and reused.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed
PEERS := .venv/.peers

.DEFAULT_GOAL := help
.PHONY: help run test lint docs bench bench-stream bench-quick clean flames lock observe compose chaos pictures sbom audit dist

help:  ## list the targets
	@grep -E '^[a-z%-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

run: $(STAMP)  ## the main job: a sample crawl through the whole pipeline, on the embedded broker
	$(BIN)/copydesk demo

test: $(STAMP) ops/kafka/target/lib ops/opensearch/target/lib  ## unit tests, then integration tests on the embedded broker and on Apache Kafka
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder

lint: $(STAMP)  ## format, lint, types, imports between folders
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	@if command -v npm >/dev/null; then cd ops/asyncapi && npm install --silent --no-audit --no-fund --no-package-lock && node validate.mjs ../../schemas/json/asyncapi.json; \
	else echo "the AsyncAPI document is validated where npm is installed"; fi
	@if command -v npm >/dev/null; then $(BIN)/python -m ops.views ops/views/views.ts && cd ops/views && npm install --silent --no-audit --no-fund --no-package-lock && \
	npx tsc --noEmit --strict --skipLibCheck --moduleResolution bundler --module esnext --target es2022 views.ts; \
	else echo "the JSON-LD view is held against schema.org's types where npm is installed"; fi
	@if command -v go >/dev/null; then cd ops/validate && go run . ../..; \
	else echo "the dashboards and docker-compose.yml are validated where Go is installed"; fi

docs: $(STAMP)  ## the pages and the map that are made from the code; tests hold that they are current
	$(BIN)/python docs/metrics_table.py
	$(BIN)/python docs/scale_page.py
	$(BIN)/python docs/topics_page.py
	$(BIN)/python -m docs.map

observe: $(STAMP) ops/kafka/target/lib  ## Kafka, a worker and Prometheus at work for a minute (and Grafana where installed); asks every panel and alarm; STAY=1 to look around
	$(BIN)/python -m ops.observe $(if $(STAY),--stay)

compose: $(STAMP)  ## docker-compose.yml brought up, fed the sample crawl, asked for every panel, taken down; ends with the account; needs Docker
	@$(BIN)/python -m ops.compose

chaos: $(STAMP) ops/kafka/target/lib  ## all that can go wrong, under load on a real Kafka, and the account; QUICK=1 for a little of it, ROWS=kill,join for some
	$(BIN)/python -m ops.chaos $(if $(QUICK),--quick) $(if $(ROWS),--rows $(ROWS))

bench: bench-extraction bench-dedupe bench-annotate bench-feeding bench-serving bench-sinks bench-stream  ## what is measured, beside its peers (installs them); benchmarks/RESULTS.md says what it was

bench-stream: bench-passthrough bench-throughput bench-latency bench-starting bench-memory bench-size_on_kafka bench-catching_up  ## those of the whole stream, on a real Kafka

bench-quick: $(PEERS)  ## fails where a stage has become a third slower, against a peer, than it was
	$(BIN)/python -m benchmarks.quick

bench-%: $(PEERS) ops/kafka/target/lib  ## one of them, by its name; `python -m benchmarks` lists them
	$(BIN)/python -m benchmarks.report $*

flames: $(PEERS) ops/kafka/target/lib  ## flame graphs of a worker at work, into docs
	PATH="$(BIN):$$PATH" $(BIN)/python -m benchmarks.streams.flames

pictures: $(STAMP) ops/kafka/target/lib  ## the pictures of the docs, from real runs; needs Chromium and Prometheus
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --group pictures
	$(BIN)/python -m docs.pictures
	$(BIN)/python -m ops.observe --pictures docs

lock: $(STAMP)  ## pin every dependency with its hashes, after a change to pyproject.toml
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-annotate --no-header \
	  --python-version 3.11 --all-extras --group dev -o requirements.lock pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-annotate --no-header \
	  --python-version 3.11 --extra worker --extra serve --extra feeds --extra otel --extra oauth \
	  --constraint requirements.lock -o requirements-image.lock pyproject.toml

sbom: $(STAMP)  ## what is installed, with versions and licences, as CycloneDX: build/sbom.json
	@mkdir -p build
	@$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv tool run --quiet --from 'cyclonedx-bom>=7' cyclonedx-py environment --pyproject pyproject.toml \
	  --output-reproducible --of JSON -o build/sbom.json $(BIN)/python

dist: $(STAMP)  ## sdist and wheel of what is committed, the same bytes for the same commit: dist
	$(BIN)/python -m ops.release.dist dist

audit: $(STAMP)  ## known vulnerabilities in the pinned dependencies; needs the vulnerability service of PyPI
	@$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv tool run --quiet 'pip-audit>=2.7' --require-hashes --disable-pip -r requirements.lock

clean:  ## remove what make made
	rm -rf .venv ops/*/target build dist *.egg-info

$(STAMP): requirements.lock pyproject.toml
	test -d .venv || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@

$(PEERS): $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group bench
	@touch $@

ops/%/target/lib: ops/%/pom.xml
	@if command -v mvn >/dev/null; then mvn --quiet --batch-mode -f $< dependency:copy-dependencies && touch $@; \
	else echo "tests on $* need Maven and Java 17; they will be skipped"; fi
