#!/bin/bash
# Lets a key that never leaves a PKCS #11 token sign for an actor: SoftHSM2 through OpenSC's pkcs11-tool.
#
# Usage: softhsm.sh WINNOW
# The last line is `N passed, M failed`. Needs softhsm2, opensc and openssl.
#
# pkcs11-tool 0.23 hands at most 1,024 bytes to the token at once, and EdDSA takes a message in one
# piece: enough for most statements, not for a charter. What is larger takes a signer of one's own.
set -euo pipefail

winnow=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
passed=0 failed=0

check() { # what, the expected exit code, a command
  local what=$1 expected=$2 code=0
  shift 2
  "$@" >output 2>&1 || code=$?
  if [ "$code" = "$expected" ]; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    echo "FAILED: $what: $code, expected $expected: $(cat output)" >&2
  fi
}

module=
for path in /usr/lib/softhsm/libsofthsm2.so /usr/lib/*/softhsm/libsofthsm2.so \
  /usr/local/lib/softhsm/libsofthsm2.so; do
  [ ! -e "$path" ] || module=$path
done
[ -n "$module" ] || { echo "no libsofthsm2.so: install softhsm2"; exit 1; }

mkdir tokens
printf 'directories.tokendir = %s\nobjectstore.backend = file\n' "$work/tokens" >softhsm2.conf
export SOFTHSM2_CONF=$work/softhsm2.conf
softhsm2-util --init-token --free --label winnow --pin 1234 --so-pin 5678 >/dev/null
token() { pkcs11-tool --module "$module" --token-label winnow --login --pin 1234 "$@"; }
token --keypairgen --key-type EC:edwards25519 --label board --id 01 >/dev/null 2>&1
token --keypairgen --key-type EC:edwards25519 --label other --id 02 >/dev/null 2>&1
token --read-object --type pubkey --id 01 >board.pub 2>/dev/null
openssl pkey -pubin -in board.pub -noout

hsm="pkcs11-tool --module $module --token-label winnow --login --pin 1234 --sign --mechanism EDDSA"
echo "a passphrase for tests only" >pass.txt
export WINNOW_LEDGER=demo WINNOW_PASSPHRASE_FILE=pass.txt
"$winnow" init demo --origin ledger.example.org/laion >/dev/null
"$winnow" actor add board --role administrator --role publisher --public-key board.pub \
  --unsigned board.json >/dev/null
check "another key of the token" 4 "$winnow" sign board.json --as board --public-key board.pub \
  --signer-cmd "$hsm --id 02"
check "a wrong PIN" 4 "$winnow" sign board.json --as board --public-key board.pub \
  --signer-cmd "${hsm/1234/4321} --id 01"
check "the token co-signs its key" 0 "$winnow" sign board.json --as board --public-key board.pub \
  --signer-cmd "$hsm --id 01"
check "the administrator signs" 0 "$winnow" sign board.json --as publisher
check "the actor comes in" 0 "$winnow" record --envelope board.json
check "the token signs an event" 0 "$winnow" dataset register laion --identity URL --as board \
  --signer-cmd "$hsm --id 01"
check "the token grants a role" 0 "$winnow" role grant board steward --as board \
  --signer-cmd "$hsm --id 01"
check "the ledger holds" 0 "$winnow" verify

# The signature as others see it.
"$winnow" role grant board auditor --as board --unsigned grant.json >/dev/null
"$winnow" sign grant.json --pae grant.pae >/dev/null
token --sign --mechanism EDDSA --id 01 <grant.pae >grant.sig 2>/dev/null
check "openssl verifies it" 0 openssl pkeyutl -verify -rawin -in grant.pae -sigfile grant.sig \
  -pubin -inkey board.pub
check "winnow takes it" 0 "$winnow" sign grant.json --as board --signer-cmd "cat grant.sig"
check "it is recorded" 0 "$winnow" record --envelope grant.json

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
