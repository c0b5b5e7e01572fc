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
# The last line is `N passed, M failed`, over all programs.
# Needs bash, jq, openssl, Go with golang.org/x/mod, and SoftHSM2 with OpenSC's pkcs11-tool (Debian:
# golang-go golang-golang-x-mod-dev softhsm2 opensc).
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
answer release-locate release locate laion@1.1 out
answer model-register model register imagegen-1.5 --artifact model.bin
answer model-trained-on model trained-on imagegen-1.5 laion@1.0
answer model-deprecate model deprecate imagegen-1.5 --stated-reason "Trained on a cleaned release."
# A dataset whose rows were never public.
openssl rand 32 >clinic.secret
openssl rand 32 >other.secret
for number in 1 2 3 4 5; do
  printf '{"id":"patient %d","text":"row %d"}\n' "$number" "$number"
done >clinic.jsonl
echo '{"id":"patient 3"}' >patient.json
echo '{"id":"patient 6"}' >stranger.json
answer dataset-register dataset register clinic --identity id --keyed --secret-file clinic.secret
answer release-publish release publish clinic@1.0 clinic.jsonl
answer dataset-secret dataset secret clinic --out handed.secret
cmp handed.secret clinic.secret
# Signatures that are gathered, keys that are replaced.
"$winnow" key new board --out board-keys >/dev/null
answer actor-add actor add board --role administrator --public-key board-keys/board-*.pub \
  --unsigned board.json
answer sign sign board.json --show
answer sign sign board.json --as board --keys board-keys
answer sign sign board.json --as publisher
answer record record --envelope board.json
answer role-grant role grant board auditor --signer board --unsigned grant.json
answer sign sign grant.json --pae grant.pae
answer key-rotate key rotate foundation
# The log's key changes in a ledger of its own, for check_log below reads a log of one key.
"$winnow" init second --origin ledger.example.org/second >/dev/null
answer log-key-change log-key change --ledger second
"$winnow" checkpoint --ledger second >/dev/null
"$winnow" audit export --all --ledger second --out second.winnow.jsonl >/dev/null
answer key-passphrase key passphrase --keys board-keys --new-passphrase-file pass.txt
answer verify verify
answer checkpoint checkpoint
"$winnow" checkpoint >remembered.txt
answer verify verify --checkpoint remembered.txt
answer publish publish site
answer status status
answer model-status model status imagegen-1.5
answer log log
answer key-list key list
answer actor-list actor list
answer dataset-list dataset list
answer dataset-show dataset show laion
answer release-list release list
answer release-show release show laion@1.1
answer release-diff release diff laion@1.0 laion@1.1
answer release-verify release verify laion@1.0 "$rows"
answer hashlist-list hashlist list
answer charter-show charter show
answer projection-rebuild projection rebuild
answer remove remove laion@1.0 --match "$match" --basis hash-match --reason-class rights --dry-run
answer filter-run filter laion@1.1 --where "URL LIKE 'https://%'"
answer filter-verify filter verify "$(recorded)"

. "$here/aftermath.sh"

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
answer prove prove event "$(jq -s 'map(select(.release == "laion@1.1"))[0].sequence' \
  <("$winnow" release list --json))" --out bundles/release.winnow.jsonl
answer prove prove absence laion@1.1 --row gone.json --out bundles/absence.winnow.jsonl
answer prove prove presence laion@1.0 --row gone.json --out bundles/presence.winnow.jsonl
answer prove prove presence laion@1.1 --row kept.json --out bundles/kept.winnow.jsonl
answer prove prove absence clinic@1.0 --row stranger.json --secret-file clinic.secret \
  --out bundles/stranger.winnow.jsonl
answer prove prove presence clinic@1.0 --row patient.json --secret-file clinic.secret \
  --out bundles/patient.winnow.jsonl
answer prove prove transition laion@1.0 laion@1.1 --out bundles/transition.winnow.jsonl
answer audit-export audit export --all --out bundles/audit.winnow.jsonl
answer audit-verify audit verify bundles/audit.winnow.jsonl --policy demo/policy.txt
answer audit-verify audit verify bundles/absence.winnow.jsonl --policy demo/policy.txt \
  --row gone.json
answer audit-verify audit verify bundles/audit.winnow.jsonl || true
answer release-verify release verify laion@1.1 out --bundle bundles/audit.winnow.jsonl \
  --policy demo/policy.txt
answer release-verify release verify laion@1.0 out --bundle bundles/audit.winnow.jsonl \
  --policy demo/policy.txt || true
(cd out && sha256sum *.csv) | sed 's/  / * /' >listing.txt
answer release-verify release verify laion@1.1 --listing listing.txt
answer release-verify release verify laion@1.1 --listing listing.txt \
  --bundle bundles/audit.winnow.jsonl --policy demo/policy.txt
answer audit-verify audit verify bundles/stranger.winnow.jsonl --policy demo/policy.txt \
  --row stranger.json || true
answer audit-inspect audit inspect bundles/audit.winnow.jsonl

passed=0 failed=0
# Runs a program whose last line is `N passed, M failed`, and adds to the sums.
run() {
  local name=$1 code=0
  shift
  say "$name"
  "$@" | tee output || code=$?
  if [[ "$(tail -n 1 output)" =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed$ ]]; then
    passed=$((passed + BASH_REMATCH[1]))
    failed=$((failed + BASH_REMATCH[2]))
    [ "$code" = 0 ] || [ "${BASH_REMATCH[2]}" != 0 ] || failed=$((failed + 1))
  else
    echo "$name ended with $code and without a sum"
    failed=$((failed + 1))
  fi
}

# Both verifiers on bundles and rows: each case is an exit code, a bundle, a row and perhaps a secret.
check_rows() {
  local good=0 bad=0 outcome bundle row secret theirs ours
  while read -r outcome bundle row secret; do
    local options=("bundles/$bundle.winnow.jsonl" --policy demo/policy.txt --row "$row.json"
      ${secret:+--secret-file "$secret.secret"})
    theirs=0 ours=0
    "$winnow" audit verify "${options[@]}" >/dev/null </dev/null || theirs=$?
    "$python" "$here/verify_bundle.py" "${options[@]}" >/dev/null </dev/null || ours=$?
    if [ "$theirs" = "$outcome" ] && [ "$ours" = "$outcome" ]; then
      good=$((good + 1))
    else
      bad=$((bad + 1))
      echo "FAILED: $bundle, $row $secret: winnow $theirs, here $ours, expected $outcome" >&2
    fi
  done
  echo "$good passed, $bad failed"
}

run "rows" check_rows <<'END'
0 absence gone
0 presence gone
0 kept kept
1 absence kept
1 presence kept
1 kept gone
0 stranger stranger clinic
0 patient patient clinic
0 patient patient handed
3 stranger stranger
3 patient patient
1 stranger stranger other
1 patient patient other
1 stranger patient clinic
1 patient stranger clinic
END
# Both verifiers on bundles and what a repository lists: each case is an exit code, a bundle, a release
# and a listing.
check_files() {
  local good=0 bad=0 outcome bundle release listing theirs ours
  (cd out && sha256sum *.csv) | sed 's/  / * /' >listings.same
  sed '1s/ \* .*/ * README.md/' listings.same >listings.less
  { cat listings.same && sed '1s/ \* .*/ * more.csv/;1q' listings.same; } >listings.more
  { cat listings.same && sed '1s/ \* .*/ * more.csv.ZST/;1q' listings.same; } >listings.packed
  tr 0123456789 1234567890 <listings.same >listings.other
  { cat listings.same && sed '1s/ \* .*/ * README.md/;1q' listings.same; } >listings.beside
  jq -nR '[inputs | capture("^(?<oid>.{64}) . (?<path>.*)")]' listings.same |
    jq '[.[] | {type: "file", path, size: 7, oid: "00"}]' >listings.plain
  for file in out/*.csv; do
    jq -n --arg path "data/$(basename "$file")" --argjson size "$(stat -c %s "$file")" \
      --arg oid "$(sha256sum <"$file" | cut -d' ' -f1)" \
      '{type: "file", path: $path, size: $size, oid: "00", lfs: {oid: $oid, size: $size}}'
  done | jq -s . >listings.tree
  jq 'map(.size += 1 | .lfs.size += 1)' listings.tree >listings.size
  jq 'map(del(.lfs))' listings.tree >listings.git
  while read -r outcome bundle release listing; do
    local options=(--policy demo/policy.txt --listing "listings.$listing")
    theirs=0 ours=0
    "$winnow" release verify "$release" --bundle "bundles/$bundle.winnow.jsonl" "${options[@]}" \
      >/dev/null </dev/null || theirs=$?
    "$python" "$here/verify_bundle.py" "bundles/$bundle.winnow.jsonl" --release "$release" \
      "${options[@]}" >/dev/null </dev/null || ours=$?
    if [ "$theirs" = "$outcome" ] && [ "$ours" = "$outcome" ]; then
      good=$((good + 1))
    else
      bad=$((bad + 1))
      echo "FAILED: $bundle, $release, $listing: winnow $theirs, here $ours, expected $outcome" >&2
    fi
  done
  echo "$good passed, $bad failed"
}
run "files" check_files <<'END'
0 audit laion@1.1 same
0 release laion@1.1 same
0 audit laion@1.1 tree
0 audit laion@1.1 beside
1 audit laion@1.0 same
1 audit laion@1.1 less
1 audit laion@1.1 more
1 audit laion@1.1 packed
1 audit laion@1.1 other
1 audit laion@1.1 size
1 audit laion@1.1 plain
3 audit laion@1.1 git
1 audit laion@1.9 same
3 release laion@1.0 same
3 event laion@1.1 same
3 absence laion@1.1 same
END
run "check_manifests" "$python" "$here/check_manifests.py"
run "check_inputs" "$python" "$here/check_inputs.py" "$winnow"
run "check_parquet" "$python" "$here/check_parquet.py" "$winnow" 12
# Each schema of an answer was answered.
check_asked() {
  local good=0 bad=0 schema name
  for schema in "$here"/../../Schemas/answer-*.schema.json; do
    name=$(basename "$schema" .schema.json)
    case ${name#answer-} in
    common) continue ;;
    esac
    if [ -s "answers/${name#answer-}.json" ]; then
      good=$((good + 1))
    else
      bad=$((bad + 1))
      echo "FAILED: no command answered under $name" >&2
    fi
  done
  echo "$good passed, $bad failed"
}

# Both verifiers on a log whose key changed, with a policy that names both keys or the first alone.
check_log_key() {
  local good=0 bad=0 policy outcome theirs ours
  sed 2d second/policy.txt >first-key.txt
  while read -r outcome policy; do
    theirs=0 ours=0
    "$winnow" audit verify second.winnow.jsonl --policy "$policy" >/dev/null || theirs=$?
    "$python" "$here/verify_bundle.py" second.winnow.jsonl --policy "$policy" >/dev/null || ours=$?
    if [ "$theirs" = "$outcome" ] && [ "$ours" = "$outcome" ]; then
      good=$((good + 1))
    else
      bad=$((bad + 1))
      echo "FAILED: $policy: winnow $theirs, here $ours, expected $outcome" >&2
    fi
  done
  echo "$good passed, $bad failed"
}
run "log key" check_log_key <<'END'
0 second/policy.txt
1 first-key.txt
END
run "check_dsse" "$python" "$here/check_dsse.py" export
run "check_openssl" "$here/check_openssl.sh" export
run "softhsm" "$here/softhsm.sh" "$winnow"
run "check_schemas" "$python" "$here/check_schemas.py" . bundles/*.winnow.jsonl
run "every answer has been asked for" check_asked
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
run "check_bundles, undecided" "$python" "$here/check_bundles.py" "$winnow" foreign/undecided \
  foreign/policy.txt --expect 3
run "check_bundles, a policy with a witness" "$python" "$here/check_bundles.py" "$winnow" \
  foreign/good foreign/witnessed.txt --expect 3
run "check_bundles, a policy for another log" "$python" "$here/check_bundles.py" "$winnow" \
  foreign/good foreign/stranger.txt --expect 1
# Both verifiers on bundles of a log in which another speaks: each case is an exit code, a bundle,
# perhaps a row, and whose keys are pinned. Both list the same signers.
check_pins() {
  local good=0 bad=0 outcome bundle row names name theirs ours folder
  while read -r outcome bundle row names; do
    folder=foreign/$(dirname "$bundle")
    local options=("foreign/$bundle.winnow.jsonl" --policy foreign/policy.txt)
    [ "$row" = - ] || options+=(--row "$folder/$row.json")
    for name in $names; do
      options+=(--trust "$name=$(cat "$folder/$name")")
    done
    theirs=0 ours=0
    "$winnow" audit verify "${options[@]}" --json </dev/null >theirs.json || theirs=$?
    "$python" "$here/verify_bundle.py" "${options[@]}" </dev/null >ours.json || ours=$?
    if [ "$theirs" = "$outcome" ] && [ "$ours" = "$outcome" ] &&
      cmp -s <(jq -S .claims theirs.json) <(jq -S .claims ours.json); then
      good=$((good + 1))
    else
      bad=$((bad + 1))
      echo "FAILED: $bundle, pinned $names: winnow $theirs, here $ours, expected $outcome" >&2
    fi
  done
  # One key in two pins.
  local key
  key=$(cat foreign/pins/publisher)
  for name in publisher rogue; do
    local options=(foreign/pins/own.winnow.jsonl --policy foreign/policy.txt
      --trust "publisher=$key" --trust "$name=$key")
    theirs=0 ours=0
    "$winnow" audit verify "${options[@]}" >/dev/null 2>&1 || theirs=$?
    "$python" "$here/verify_bundle.py" "${options[@]}" >/dev/null 2>&1 || ours=$?
    if [ "$theirs" = 64 ] && [ "$ours" = 4 ]; then
      good=$((good + 1))
    else
      bad=$((bad + 1))
      echo "FAILED: a key pinned twice: winnow $theirs, here $ours" >&2
    fi
  done
  echo "$good passed, $bad failed"
}
run "pinned keys" check_pins <<'END'
0 columns/columns row
3 columns/columns row publisher
3 columns/columns row rogue
0 columns/columns row publisher rogue
3 columns/columns row hotline
0 pins/event -
3 pins/event - publisher
0 pins/event - publisher rogue
0 pins/absence -
3 pins/absence - publisher
0 pins/own-absence - publisher
3 pins/own-absence - rogue
0 pins/child -
3 pins/child - publisher
3 pins/child - rogue
0 pins/child - publisher rogue
0 pins/parent -
3 pins/parent - publisher
0 pins/own - publisher
0 pins/own - publisher hotline
3 pins/own - publisher stranger
END
run "check_statements" "$python" "$here/check_statements.py" "$winnow" --count "${COUNT:-300}"
run "check_dsse, foreign" "$python" "$here/check_dsse.py" foreign/export
# Every kind: the ledger in which each has happened.
run "check_schemas, foreign" "$python" "$here/check_schemas.py" foreign

say "all"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
