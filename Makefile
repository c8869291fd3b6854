# Afterclass from a clean clone: `make demo` shows a report, `make test` runs every test.

PACKAGES := $(shell sed 's/\#.*//' apt-packages.txt)
AFTERCLASS := .build/release/afterclass
SUDO := $(if $(filter-out 0,$(shell id -u)),sudo)

.PHONY: help setup build demo test lint format bench sanitize fuzz faults man sample clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Install the Debian packages that are missing (apt-packages.txt)
	@installed=$$(dpkg-query -W -f '$${Package} $${Status}\n' $(PACKAGES) 2>/dev/null | awk '/ok installed/ { print $$1 }'); \
	missing=$$(for package in $(PACKAGES); do echo "$$installed" | grep -qx "$$package" || echo $$package; done); \
	if [ -n "$$missing" ]; then \
	  echo "setup: installing" $$missing; \
	  $(SUDO) apt-get update -qq && \
	  $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
	else echo "setup: all packages are installed"; fi
	@command -v swift >/dev/null || \
	  { echo "setup: Swift 6.1 or later is missing; see https://www.swift.org/install/linux/"; exit 1; }

build: setup ## Build the program in release: .build/release/afterclass
	swift build -c release --product afterclass

demo: build ## Analyse the sample recording and say where the report is
	$(AFTERCLASS) analyze Samples/lecture.mp4 --output Reports/lecture --set summarise.chat-offset=17

# Built product by product: all of the packages' tools at once would bring protoc, ten minutes of C++.
test: setup ## Run every test
	swift build --product afterclass
	swift build --product afterclassPackageTests
	swift test --skip-build

lint: ## Check the form of the source
	swift format lint --strict --recursive Sources Tests Package.swift

format: ## Bring the source into that form
	swift format format --in-place --recursive Sources Tests Package.swift

bench: build ## Measure speed and memory on this machine, beside ffmpeg
	@command -v ffmpeg >/dev/null || $(SUDO) apt-get install -y -qq --no-install-recommends ffmpeg >/dev/null
	$(AFTERCLASS) bench --output Reports/Bench
	cp Reports/Bench/speed.md Reports/Measurements/$$(date +%F)-bench.md

# Leaks are not looked for: those found were all inside Foundation's reading of pipes and x265's start, and each of
# them would fail the program that the end-to-end tests run.
sanitize: export ASAN_OPTIONS = detect_leaks=0
sanitize: setup ## Run the tests under the address, the thread and the undefined-behaviour sanitizer
	@for kind in address thread undefined; do \
	  echo "sanitize: $$kind"; \
	  options="--scratch-path .build/$$kind $$([ $$kind = undefined ] && echo '$(UNDEFINED)' || echo --sanitize=$$kind)"; \
	  swift build $$options --product afterclass && \
	  swift build $$options --product afterclassPackageTests && \
	  swift test $$options --skip-build \
	    $$([ $$kind = thread ] && echo --skip 'aRunCallsNobodyAndWritesNowhereElse|diskThatIsFull') || exit 1; \
	done

# Of the C and C++ alone: Swift traps by itself, and its compiler knows no such sanitizer here. What is found ends the
# process. Two checks look into the type information of libraries that are built without it.
UNDEFINED := -Xcc -fsanitize=undefined,float-cast-overflow -Xcc -fno-sanitize=vptr,function \
  -Xcc -fno-sanitize-recover=all -Xswiftc -Xclang-linker -Xswiftc -fsanitize=undefined

SECONDS := 60
fuzz: setup ## Feed each reader of files arbitrary bytes, SECONDS=60 each
	Tests/Fuzz/fuzz.sh all $(SECONDS)

faults: build ## Make writes, renames, syncs, reads and allocations of a run fail, one at a time
	python3 Tests/Faults/faults.py $(AFTERCLASS) Samples/lecture.mp4 .build/faults

man: setup ## Write the manual page: .build/afterclass.1
	swift package --disable-sandbox plugin generate-manual
	cp .build/plugins/GenerateManual/outputs/afterclass/afterclass.1 .build/afterclass.1

# The same source gives the same bytes.
sample: build ## Draw the files in Samples/ again
	$(AFTERCLASS) sample make --output Samples/lecture.mp4

clean: ## Remove what was built
	rm -rf .build
