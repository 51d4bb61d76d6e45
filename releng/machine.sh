# What the scripts at the top need of the machine: a Java, a Maven, packages, one build at a time. Sourced by bash.

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
product=$top/releng/org.loupe.product/target/products/org.loupe.product/linux/gtk/x86_64
maven_version=3.9.16
under=()
maven_home=$top/.maven/apache-maven-$maven_version

say() {
    printf 'loupe: %s\n' "$*" >&2
}

fail() {
    say "$@"
    exit 1
}

# Prints the feature number of the Java in a folder ("17"), nothing if there is none.
java_feature() {
    [ -x "$1/bin/java" ] || return 0
    local version=
    [ -r "$1/release" ] && version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
    [ -n "$version" ] || version=$("$1/bin/java" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -n 1)
    printf '%s' "$version"
}

# Sets and exports JAVA_HOME: the first Java of 17 or newer in JAVA_HOME, on the PATH, among the installed ones.
find_java() {
    local candidate on_path version
    on_path=$(command -v java || true)
    [ -z "$on_path" ] || on_path=$(dirname "$(dirname "$(readlink -f "$on_path")")")
    for candidate in "${JAVA_HOME:-}" "$on_path" /usr/lib/jvm/*; do
        version=$(java_feature "$candidate")
        if [ "${version:-0}" -ge 17 ]; then
            export JAVA_HOME=$candidate
            return 0
        fi
    done
    return 1
}

has_library() {
    compgen -G "/usr/lib/*/$1" >/dev/null || compgen -G "/usr/lib/$1" >/dev/null || compgen -G "/usr/lib64/$1" >/dev/null
}

has_maven() {
    [ -x "$maven_home/bin/mvn" ] || command -v mvn >/dev/null
}

# Installs the Debian packages of the things that are missing, or says which they are and stops.
# Arguments: any of java, maven, window, display
need() {
    local thing packages=()
    for thing in "$@"; do
        case $thing in
            java) find_java || packages+=(openjdk-17-jdk-headless) ;;
            maven) has_maven || packages+=(maven) ;;
            window) has_library libgtk-3.so.0 || packages+=(libgtk-3-0) ;;
            display)
                command -v Xvfb >/dev/null && command -v xvfb-run >/dev/null || packages+=(xvfb)
                command -v xauth >/dev/null || packages+=(xauth)
                compgen -G '/usr/share/fonts/*' >/dev/null || packages+=(fonts-dejavu-core)
                ;;
        esac
    done
    [ ${#packages[@]} -gt 0 ] || return 0

    local command="apt-get install -y --no-install-recommends ${packages[*]}"
    if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
        fail "this machine lacks packages that are needed. As root, run: $command"
    fi
    say "installing ${packages[*]}"
    mkdir -p "$top/target"
    local log=$top/target/packages.log
    if ! { apt-get update && DEBIAN_FRONTEND=noninteractive $command; } >"$log" 2>&1 </dev/null; then
        tail -n 15 "$log" >&2
        fail "could not install ${packages[*]}; the whole log is $log"
    fi
    case " $* " in *' java '*) find_java || fail "no Java 17 or newer, although ${packages[*]} was installed" ;; esac
}

# Sets mvn to a Maven of 3.9 or newer, which Tycho wants; an older one on this machine is used to fetch it once.
find_maven() {
    mvn=$maven_home/bin/mvn
    [ -x "$mvn" ] && return 0
    if mvn --version 2>/dev/null | grep -qE '^[^ ]*Apache Maven (3\.(9|[1-9][0-9])|[4-9])\.'; then
        mvn=$(command -v mvn)
        return 0
    fi
    local elsewhere
    elsewhere=$(mktemp -d) # away from this project, whose extensions an older Maven cannot load
    (cd "$elsewhere" && mvn -q -B -ntp org.apache.maven.plugins:maven-dependency-plugin:3.8.1:unpack \
        -Dartifact=org.apache.maven:apache-maven:$maven_version:zip:bin -DoutputDirectory="$elsewhere") || return 1
    mkdir -p "$top/.maven"
    mv -T "$elsewhere/apache-maven-$maven_version" "$maven_home.new" && chmod +x "$maven_home.new/bin/mvn" \
        && mv -T "$maven_home.new" "$maven_home"
    rm -rf "$elsewhere"
}

# Prints one line that changes whenever anything changes that the product is built from.
fingerprint() {
    (
        cd "$top" && find pom.xml .mvn target-platform bundles docs/manual features releng \
            \( -name target -o -name bin -o -name bin-test -o -name lib -o -name html -o -name '*.tests' -o -path '*/src/test' -o -name '.polyglot.*' \) -prune \
            -o -type f -print0 | LC_ALL=C sort -z | xargs -0 sha1sum | sha1sum | cut -d' ' -f1
    )
}

is_built() {
    [ -x "$product/loupe" ] && [ "$(cat "$top/target/built" 2>/dev/null)" = "$(fingerprint)" ]
}

# Waits until no other script builds in this checkout; held until the script ends.
lock_build() {
    mkdir -p "$top/target" 2>/dev/null && { exec 9>"$top/target/build.lock"; } 2>/dev/null \
        || fail "$top has to be built, and nothing can be written there"
    flock -n 9 || { say "another build is running in $top, waiting for it" && flock 9; }
}

# Runs Maven, under the command in the array "under" if there is one, and notes what the product was built from if it
# could be built. Arguments: the log, then Maven's own.
run_maven() {
    local log=$1 from
    shift
    : >"$log"
    find_maven >>"$log" 2>&1 || { tail -n 15 "$log" >&2; fail "could not fetch Maven $maven_version; the whole log is $log"; }
    from=$(fingerprint)
    rm -rf "$top/target/built" "$top"/bundles/*/target/classes "$top"/bundles/*/target/test-classes
    (cd "$top" && "${under[@]}" "$mvn" -B -ntp -Dstyle.color=never "$@") >>"$log" 2>&1 9>&- || return 1
    printf '%s\n' "$from" >"$top/target/built"
}

# Shows what Maven says about a failed build.
explain_failure() {
    awk '/<<< (FAILURE|ERROR)!/ { print NR ":" $0; follow = 3; next }
        follow > 0 && NF { print "    " substr($0, 1, 600); follow--; next }
        /^\[ERROR\] ./ { print NR ":" $0 }' "$1" \
        | grep -v '\[ERROR\] \(Re-run Maven\|To see the full\|For more information\|After correcting\|  mvn <args>\|-> \)\|does not match a valid id pattern' \
        | tail -n 60 >&2
}
