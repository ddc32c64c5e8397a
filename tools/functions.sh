# Shared by tools/demo and tools/test: quiet steps that keep their output in a log and show it when they fail.
# Sourced from the top folder of the project.

# Jobs at a time: the cores there are, fewer where memory is short (about 1 GB for each compiler or test).
jobs() {
    local cores memory
    cores="$(nproc 2>/dev/null || echo 2)"
    memory="$(awk '/^MemAvailable/ {print int($2 / 1048576)}' /proc/meminfo 2>/dev/null || echo "$cores")"
    [ "$memory" -lt 1 ] && memory=1
    [ "$memory" -lt "$cores" ] && cores="$memory"
    echo "$cores"
}

# step NAME COMMAND...: runs it with its output in build/log/NAME.log; on failure shows the end of that and returns 1.
step() {
    local name="$1" log="build/log/$1.log" began=$SECONDS
    shift
    mkdir -p build/log
    if "$@" >"$log" 2>&1 </dev/null; then
        printf '%-28s ok (%d s)\n' "$name" $((SECONDS - began))
    else
        printf '%-28s FAILED (%d s)\n' "$name" $((SECONDS - began))
        tail -n "${STEP_LINES:-60}" "$log"
        echo "All of its output: $log"
        return 1
    fi
}

# build PRESET: configure when there is no build yet (CMake sees to later changes itself), then build.
build() {
    local preset="$1"
    if [ ! -f "build/$preset/build.ninja" ]; then
        step "configure-$preset" cmake --preset "$preset" || return 1
    fi
    step "build-$preset" cmake --build --preset "$preset" -j "$(jobs)"
}
