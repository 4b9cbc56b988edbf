#!/bin/sh
# Chromium and a font with Chinese, from Debian; as root they are installed when missing.
set -eu

complete() {
    command -v chromium >/dev/null && command -v fc-list >/dev/null && [ -n "$(fc-list :lang=zh)" ]
}

complete && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    export DEBIAN_FRONTEND=noninteractive
    apt-get -qq update
    apt-get -qq install --yes --no-install-recommends chromium fontconfig fonts-noto-cjk >/dev/null
fi
complete && exit 0
echo "The browser tests need Chromium and a Chinese font: sudo apt-get install chromium fontconfig fonts-noto-cjk" >&2
exit 1
