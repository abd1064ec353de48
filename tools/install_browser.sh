#!/usr/bin/env bash
# Makes sure that a Chromium stands where the browser tests look for one.
set -euo pipefail

for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome; do
  if [ -n "$name" ] && command -v "$name" >/dev/null 2>&1; then exit 0; fi
done
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null 2>&1; then
  echo "The browser tests need Chromium: install it (Debian: sudo apt-get install chromium) or set CHROMIUM to its path." >&2
  exit 2
fi
echo "Installing Chromium from the system's packages ..."
apt-get update -qq
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null
