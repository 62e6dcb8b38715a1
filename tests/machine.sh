#!/usr/bin/env bash
# Installs the real programs that tests drive, when root on Debian, in one call; else one line says what will be skipped.
set -u
declare -A needs=([chromium]=chromium [gammu-smsd]="gammu gammu-smsd" [age]=age [sqlite3]=sqlite3
  [ssh-keygen]=openssh-client [strace]=strace [pdftotext]="poppler-utils poppler-data")
missing=() packages=()
for program in "${!needs[@]}"; do
  command -v "$program" >/dev/null && continue
  missing+=("$program"); packages+=(${needs[$program]})
done
if [ -z "$(find /usr/share/fonts -name 'NotoSansCJK*' -print -quit 2>/dev/null)" ]; then
  missing+=("Korean fonts"); packages+=(fonts-noto-cjk)
fi
[ ${#missing[@]} = 0 ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  quietly=(env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300)
  { "${quietly[@]}" update && "${quietly[@]}" install -y --no-install-recommends "${packages[@]}"; } >/dev/null && exit 0
fi
echo "tests/machine.sh: skipping what needs ${missing[*]} (as root: apt install ${packages[*]})"
