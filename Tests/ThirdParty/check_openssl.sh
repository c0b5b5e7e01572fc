#!/bin/sh
# Checks the signatures of exported events with openssl alone (and base64, jq and head to cut).
#
# Usage: check_openssl.sh EXPORT, a directory with SEQ.envelope.json and SEQ.json for each event.
# An altered message must be refused.
set -eu
export LC_ALL=C
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0
failed=0

verify() { # message: does the signature hold?
  openssl pkeyutl -verify -rawin -pubin -inkey "$work/key.pem" -sigfile "$work/signature" \
    -in "$1" >/dev/null 2>&1
}

expect() { # outcome description command…
  outcome=$1 what=$2
  shift 2
  if "$@"; then actual=holds; else actual=fails; fi
  if [ "$actual" = "$outcome" ]; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    echo "FAILED: $what $actual" >&2
  fi
}

for envelope in "$1"/*.envelope.json; do
  sequence=$(basename "$envelope" .envelope.json)
  jq -j .payload "$envelope" | base64 -d >"$work/payload"
  type=$(jq -j .payloadType "$envelope")
  {
    printf 'DSSEv1 %d %s %d ' "${#type}" "$type" "$(wc -c <"$work/payload")"
    cat "$work/payload"
  } >"$work/message"
  { cat "$work/message"; printf ' '; } >"$work/longer"
  head -c -1 "$work/message" >"$work/shorter"
  count=$(jq '.signatures | length' "$envelope")
  index=0
  while [ "$index" -lt "$count" ]; do
    keyid=$(jq -j ".signatures[$index].keyid" "$envelope")
    jq -j ".signatures[$index].sig" "$envelope" | base64 -d >"$work/signature"
    jq -j --arg id "$keyid" '.signers[] | select(.keyId == $id) | .pem' "$1/$sequence.json" \
      >"$work/key.pem"
    raw=$(openssl pkey -pubin -in "$work/key.pem" -outform DER | tail -c 32 | sha256sum | head -c 64)
    expect holds "$sequence: that the key has the identifier $keyid" [ "$raw" = "$keyid" ]
    expect holds "$sequence: the signature by $keyid" verify "$work/message"
    expect fails "$sequence: the signature over a longer message" verify "$work/longer"
    expect fails "$sequence: the signature over a shorter message" verify "$work/shorter"
    expect fails "$sequence: the signature over the payload alone" verify "$work/payload"
    index=$((index + 1))
  done
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
