# What happens after a cleanup, in a ledger of its own, for the schemas of its `--json` answers.
#
# Sourced by run.sh, whose `answer` and `recorded` it uses, in the folder that holds `answers/`.
say "aftermath"
export WINNOW_LEDGER=$work/third
answer sample sample --rows 300 --shards 2 --out third-rows
"$winnow" init third --origin ledger.example.org/third >/dev/null
"$winnow" charter show >third-charter.json
answer charter-set charter set third-charter.json
answer role-grant role grant publisher matcher
answer role-grant role grant publisher verifier
answer role-grant role grant publisher watchdog
answer role-revoke role revoke publisher verifier
"$winnow" actor add auditor --role auditor --role watchdog --custodial >/dev/null
"$winnow" key new auditor --out auditor-keys >/dev/null
answer key-add key add auditor --from auditor-keys
"$winnow" dataset register laion --identity URL >/dev/null
"$winnow" release publish laion@1.0 third-rows/rows-*.csv >/dev/null
"$winnow" hashlist add publisher@1 --algorithm md5 --of url third-rows/hotline-url-md5.txt >/dev/null
"$winnow" match laion@1.0 --list publisher@1 third-rows/hotline-url-md5.txt >/dev/null
answer remove remove laion@1.0 --all-matches --basis hash-match --reason-class rights
removal=$(recorded)
tail -n +3 third-rows/hotline-url-md5.txt >third-later.txt
"$winnow" hashlist add publisher@2 --algorithm md5 --of url third-later.txt >/dev/null
"$winnow" match laion@1.0 --list publisher@2 third-later.txt >/dev/null
answer hashlist-diff hashlist diff publisher@1 publisher@2 third-rows/hotline-url-md5.txt \
  third-later.txt
answer clean clean laion@1.0 --to laion@1.1 --out third-out
answer release-observe release observe laion@1.1 third-out/rows-*.csv --as auditor
# Rows that left, found without winnow.
for shard in 00000 00001; do
  diff "third-rows/rows-$shard.csv" "third-out/rows-$shard.csv" || true
done | sed -n 's/^< \([^,]*\),.*/{"URL":"\1"}/p' | head -2 >third-wrong.jsonl
answer dispute-open dispute open "$removal" --grounds false-positive --as auditor
answer dispute-resolve dispute resolve "$(recorded)" --outcome upheld
answer reinstate reinstate laion@1.1 --row third-wrong.jsonl --ground "$(recorded)"
answer clean clean laion@1.1 --to laion@1.2 --out third-back
answer release-withdraw release withdraw laion@1.0 --scope temporary --stated-reason "Under review."
withdrawal=$(recorded)
answer attachment-show attachment show "$withdrawal/statedReason"
answer attachment-withhold attachment withhold "$withdrawal/statedReason" --basis court-order
answer attachment-withhold attachment withhold "$withdrawal/statedReason" --basis court-order --return
answer attachment-erase attachment erase "$withdrawal/statedReason" --basis victim-request
answer attachment-show attachment show "$withdrawal/statedReason"
"$winnow" model register diffusion --artifact model.bin >/dev/null
"$winnow" model register diffusion-copy --artifact model.bin >/dev/null
answer model-derived model derived diffusion-copy --parent diffusion --relation exact-copy
answer model-withdraw model withdraw diffusion --host models.example.org --scope permanent
answer model-observe model observe diffusion --host models.example.org --state available --copies 3
answer model-status model status diffusion
# Rows of class illegal, others that leave with them, and nothing that lists either.
"$winnow" dataset register hidden --identity URL --keyed >/dev/null
"$winnow" release publish hidden@1.0 third-rows/rows-*.csv >/dev/null
answer match match hidden@1.0 --list publisher@1 third-rows/hotline-url-md5.txt
found=$(recorded)
illegal=(hidden@1.0 --match "$found" --basis hash-match --reason-class illegal --dilute 3)
answer remove remove "${illegal[@]}" --dry-run
answer remove remove "${illegal[@]}"
answer clean clean hidden@1.0 --to hidden@1.1 --out third-hidden --dry-run
answer clean clean hidden@1.0 --to hidden@1.1 --out third-hidden
[ "$(jq -r .disclosure "$answered")" = sealed ]
answer release-show release show hidden@1.1
echo '{"claimant":"publisher","about":[{"dataset":"laion"}],"text":{"text":"It is clean."}}' >claim.json
answer record record claim-recorded claim.json
answer key-revoke key revoke "$("$winnow" key list | sed -n 's/^\([0-9a-f]*\) .*auditor.*/\1/p' | tail -1)"
answer verify verify
answer log log
answer release-show release show laion@1.2
answer release-list release list
answer status status
answer quickstart quickstart third-story --rows 400
export WINNOW_LEDGER=$work/demo
