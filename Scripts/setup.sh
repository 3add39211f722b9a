# What quickstart and test share: finds what the build needs, installs what is missing, and says so.
# Sourced, not run. Safe to source twice.

# The folder of the project, whatever folder the caller stands in.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

say() { printf '%s\n' "holdfast: $*" >&2; }

fail() {
  say "$*"
  exit 1
}

# Runs a command as root: directly, or through sudo.
as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null 2>&1; then
    sudo "$@"
  else
    fail "cannot install system packages: neither root nor sudo. Needed: $*"
  fi
}

# Installs the Debian packages among its arguments that are not there yet.
install_with_apt() {
  local missing=() package
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q '^install ok installed$' ||
      missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return
  say "installing ${missing[*]} with apt-get"
  export DEBIAN_FRONTEND=noninteractive
  as_root apt-get update -qq || fail "could not refresh apt's lists; still missing: ${missing[*]}"
  as_root apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null ||
    fail "could not install with apt-get: ${missing[*]}"
}

# Installs the Homebrew formulae among its arguments that are not there yet.
install_with_brew() {
  local missing=() formula
  for formula in "$@"; do
    brew list --formula "$formula" >/dev/null 2>&1 || missing+=("$formula")
  done
  [ ${#missing[@]} -eq 0 ] && return
  say "installing ${missing[*]} with brew"
  brew install --quiet "${missing[@]}" || fail "could not install with brew: ${missing[*]}"
}

install_system_packages() {
  case "$(uname -s)" in
    Darwin)
      # BLAS and LAPACK come with the system there (Accelerate), and so does zlib.
      command -v brew >/dev/null 2>&1 || fail "Homebrew is missing: install it, then run this again"
      install_with_brew pkgconf
      ;;
    *)
      command -v apt-get >/dev/null 2>&1 ||
        fail "no apt-get here: install OpenBLAS, LAPACKE, zlib (with headers), pkg-config, git and a C++ library yourself, then run this again"
      install_with_apt git pkg-config libopenblas-dev liblapacke-dev zlib1g-dev libc6-dev g++
      local library
      for library in openblas lapacke zlib; do
        pkg-config --exists "$library" || fail "pkg-config does not find $library although its package is installed"
      done
      ;;
  esac
}

require_swift() {
  command -v swift >/dev/null 2>&1 ||
    fail "Swift is missing, and no package manager here has it: install Swift 6.2 or newer from https://www.swift.org/install, then run this again"
  local version
  version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9][0-9]*\.[0-9][0-9]*\).*/\1/p' | head -n 1)
  case "$version" in
    [0-5].* | 6.0 | 6.1 | '') fail "Swift 6.2 or newer is needed; this is ${version:-of an unknown version}" ;;
  esac
}

set_up() {
  install_system_packages
  require_swift
}
