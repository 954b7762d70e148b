.PHONY: help run test check generate bench e2e screens

help:
	@echo "make run       start the demo: a portal with 2,000 members, and a partner's page beside it"
	@echo "make test      every test: SQLite, PostgreSQL and a real browser; fetches what it needs"
	@echo "make check     what CI checks before it tests: format, generated files, vet, linters, OpenAPI"
	@echo "make generate  templ, styles, scripts and the OpenAPI file anew"
	@echo "make bench     the figures of BENCHMARKS.md"
	@echo "make e2e       only the browser tests"
	@echo "make screens   the README's pictures anew"

run:
	go run ./cmd/portal demo

# Tests start their own PostgreSQL and Chromium; .ci/need installs them where
# it may and stops with a sentence where it may not. With RACE=-race the race
# detector watches all but browsers, whose times it would falsify, and the
# command line, which runs programs of its own.
unraced = /e2e|/portaltest/browser$$|/widgets$$|/cmd/portal$$
try = CI=true go test -timeout 15m $(TESTFLAGS)

test:
	./.ci/need
	@$(try) $(RACE) $$(go list ./... | grep -vE '$(unraced)') || status=1; \
	$(try) $$(go list ./... | grep -E '$(unraced)') || status=1; exit $$status

e2e:
	./.ci/need
	CI=true go test -count=1 -timeout 15m ./e2e/... ./portaltest/browser/...

check:
	./.ci/check

generate:
	go generate ./...
	go run ./cmd/portal openapi > api/openapi.yaml

bench:
	go test -run '^$$' -bench . -benchmem ./engine/...

# The walk over every page takes its pictures; the README shows a few of them.
screens:
	./.ci/need
	@all=$$(mktemp -d); LAUREL_SCREENS=$$all go test -count=1 ./e2e -run 'TestOneProcess/(every_page|widget)' && \
	for pair in page-portal-1280:portal-home page-portal-leaderboards-id-1280:leaderboards page-home-390:member-home \
		page-channels-id-390-dark:member-channel host-1280:partner; do \
		cp "$$all/$${pair%%:*}.png" "docs/screens/$${pair##*:}.png"; \
	done; rm -rf "$$all"
