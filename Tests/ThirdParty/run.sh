#!/bin/bash
# Plays the story of a cleanup with a winnow binary, and checks what comes out with programs of others
# and with the verifier here.
#
# Usage: run.sh WINNOW [DATA]
#   WINNOW  the binary.
#   DATA    a directory with laion-sample.csv, hashlist-url-md5.txt and hashlist-url-sha256.csv;
#           generated rows without it.
# Environment: VENV, a Python environment with requirements.txt installed (made in the working
# directory without it); COUNT, how many altered bundles (300); KEEP, a directory to work in and leave.
# Needs bash, jq, openssl, and Go with golang.org/x/mod (Debian: golang-go golang-golang-x-mod-dev).
set -euo pipefail
export LC_ALL=C.UTF-8

here=$(cd "$(dirname "$0")" && pwd)
winnow=$(realpath "$1")
data=${2:+$(realpath "$2")}
if [ -n "${KEEP:-}" ]; then
  mkdir -p "$KEEP"
  work=$(realpath "$KEEP")
else
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
fi
cd "$work"

if [ -z "${VENV:-}" ]; then
  VENV=$work/venv
  python3 -m venv "$VENV"
  "$VENV/bin/pip" install --quiet --disable-pip-version-check -r "$here/requirements.txt"
fi
python=$VENV/bin/python
export PYTHONDONTWRITEBYTECODE=1

say() { printf '\n== %s\n' "$*"; }

# Runs winnow and keeps its --json answer under answers/NAME.json, for the schemas; a further one under
# the same name as NAME~2.json and so on.
answer() {
  local name=$1 file=answers/$1.json number=1
  shift
  while [ -e "$file" ]; do
    number=$((number + 1))
    file=answers/$name~$number.json
  done
  "$winnow" "$@" --json >"$file"
  answered=$file
}

# The sequence of the last event that an answer recorded.
recorded() { jq '.recorded[-1].sequence' "$answered"; }

say "story"
mkdir -p answers bundles export
echo "a passphrase for tests only" >pass.txt
export WINNOW_LEDGER=$work/demo WINNOW_PASSPHRASE_FILE=$work/pass.txt
if [ -n "$data" ]; then
  rows=$data/laion-sample.csv
  md5=$data/hashlist-url-md5.txt
  sha256=$data/hashlist-url-sha256.csv
else
  answer sample sample --rows 2000 --out sample
  rows=sample/rows-00000.csv
  md5=sample/hotline-url-md5.txt
  sha256=sample/foundation-url-sha256.csv
fi
echo weights >model.bin
hotline=(--as hotline --keys hotline-keys)
answer init init demo --origin ledger.example.org/laion
answer key-new key new hotline --out hotline-keys
answer actor-add actor add hotline --name "Example Hotline" --role matcher --role verifier \
  --keys hotline-keys
answer actor-add actor add foundation --name "Example Foundation" --role matcher --custodial
answer dataset-register dataset register laion --identity URL
answer release-publish release publish laion@1.0 "$rows"
answer checkpoint checkpoint
jq -j .checkpoint "$answered" >older-checkpoint
answer hashlist-add hashlist add hotline@2024-03 --algorithm md5 --of url "$md5"
answer hashlist-add hashlist add foundation@2024-03 --algorithm sha256 --of url "$sha256"
answer match match laion@1.0 --list hotline@2024-03 "$md5" "${hotline[@]}"
match=$(recorded)
answer match match laion@1.0 --list foundation@2024-03 "$sha256" --as foundation
answer reconcile reconcile laion@1.0
answer verification-record verification record --match "$match" --outcome confirmed --count 20 \
  "${hotline[@]}"
answer remove remove laion@1.0 --all-matches --basis hash-match --reason-class privacy
answer clean clean laion@1.0 --to laion@1.1 --out out
answer model-register model register imagegen-1.5 --artifact model.bin
answer model-trained-on model trained-on imagegen-1.5 laion@1.0
answer model-deprecate model deprecate imagegen-1.5 --stated-reason "Trained on a cleaned release."
answer verify verify
answer checkpoint checkpoint
answer publish publish site
answer status status
answer model-status model status imagegen-1.5
answer log log
answer key-list key list
answer actor-list actor list
answer dataset-list dataset list
answer release-list release list
answer release-show release show laion@1.1
answer release-diff release diff laion@1.0 laion@1.1
answer release-verify release verify laion@1.0 "$rows"
answer hashlist-list hashlist list
answer charter-show charter show
answer projection-rebuild projection rebuild
answer remove remove laion@1.0 --match "$match" --basis hash-match --reason-class privacy --dry-run

say "export"
size=$(sed -n 2p site/checkpoint)
for ((sequence = 0; sequence < size; sequence++)); do
  "$winnow" show "$sequence" --envelope >"export/$sequence.envelope.json"
  answer show show "$sequence"
  cp "$answered" "export/$sequence.json"
done
# A row that was removed and one that stayed, found without winnow.
"$python" - "$rows" "$md5" <<'END'
import csv, hashlib, json, pathlib, sys

rows = list(csv.DictReader(open(sys.argv[1], encoding="utf-8", newline="")))
listed = set(pathlib.Path(sys.argv[2]).read_text().split())
gone = next(r for r in rows if hashlib.md5(r["URL"].encode()).hexdigest() in listed)
last = [p for p in sorted(pathlib.Path("out").rglob("*.csv"))][-1]
kept = next(csv.DictReader(open(last, encoding="utf-8", newline="")))
for name, row in (("gone", gone), ("kept", kept)):
    pathlib.Path(f"{name}.json").write_text(json.dumps({"URL": row["URL"]}))
END
answer prove prove event "$match" --out bundles/event.winnow.jsonl
answer prove prove absence laion@1.1 --row gone.json --out bundles/absence.winnow.jsonl
answer prove prove presence laion@1.0 --row gone.json --out bundles/presence.winnow.jsonl
answer prove prove presence laion@1.1 --row kept.json --out bundles/kept.winnow.jsonl
answer prove prove transition laion@1.0 laion@1.1 --out bundles/transition.winnow.jsonl
answer audit-export audit export --all --out bundles/audit.winnow.jsonl
answer audit-verify audit verify bundles/audit.winnow.jsonl --policy demo/policy.txt
answer audit-verify audit verify bundles/absence.winnow.jsonl --policy demo/policy.txt \
  --row gone.json
answer audit-inspect audit inspect bundles/audit.winnow.jsonl

failures=0
run() {
  local name=$1
  shift
  say "$name"
  "$@" || { failures=$((failures + 1)); echo "$name FAILED"; }
}

row_is() { # outcome bundle row: both verifiers on a row
  local outcome=$1 code=0
  shift
  "$python" "$here/verify_bundle.py" "bundles/$1.winnow.jsonl" --policy demo/policy.txt \
    --row "$2.json" >/dev/null || code=$?
  [ "$code" = "$outcome" ] || { echo "$1 with the row $2: $code here"; return 1; }
  code=0
  "$winnow" audit verify "bundles/$1.winnow.jsonl" --policy demo/policy.txt \
    --row "$2.json" >/dev/null || code=$?
  [ "$code" = "$outcome" ] || { echo "$1 with the row $2: winnow $code"; return 1; }
}

run "rows" eval 'row_is 0 absence gone && row_is 0 presence gone && row_is 0 kept kept &&
  row_is 1 absence kept && row_is 1 presence kept && row_is 1 kept gone'
run "check_dsse" "$python" "$here/check_dsse.py" export
run "check_openssl" "$here/check_openssl.sh" export
run "check_schemas" "$python" "$here/check_schemas.py" . bundles/*.winnow.jsonl
run "check_jcs" "$python" "$here/check_jcs.py" "$winnow"
GO111MODULE=off GOFLAGS='' GOPATH=/usr/share/gocode GOCACHE=$work/go-cache \
  go build -o go-check-log "$here/check_log/main.go"
run "check_log" ./go-check-log site "$(sed -n 's/^log \([^ ]*\).*/\1/p' demo/policy.txt)" \
  older-checkpoint
run "check_bundles" "$python" "$here/check_bundles.py" "$winnow" bundles demo/policy.txt \
  --count "${COUNT:-300}"

say "bundles written without winnow"
"$python" "$here/make_ledger.py" foreign
run "check_bundles, foreign" "$python" "$here/check_bundles.py" "$winnow" foreign/good \
  foreign/policy.txt --count "${COUNT:-300}" --seed 2
run "check_bundles, forged" "$python" "$here/check_bundles.py" "$winnow" foreign/forged \
  foreign/policy.txt --forged
run "check_bundles, stricter" "$python" "$here/check_bundles.py" "$winnow" foreign/stricter \
  foreign/policy.txt --stricter
run "check_statements" "$python" "$here/check_statements.py" "$winnow" --count "${COUNT:-300}"
run "check_dsse, foreign" "$python" "$here/check_dsse.py" foreign/export

say "$failures programs failed"
[ "$failures" = 0 ]
