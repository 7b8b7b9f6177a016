#!/bin/sh
# shellcheck disable=SC2016 # Nothing in single quotes is meant to be expanded.
# Dry-run plan of 5 requests, made by reqlint.
#
# digest:   sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
# now:      2026-11-20T12:00:00Z
# catalog:  botocore 0
# requests: 2 blocked, 1 review, 2 ready
# conflicts: 2
# error outside any request: requests/broken.yaml:4: text ends inside a mapping
# info outside any request: it's "quoted" \u{1B}[31m\u{7}\u{202E} | `a` ``b`` $(touch pwned) $x$ \n \| *b* _i_ ~~s~~ [l](https://e.example) ![i](x) <b>&amp;</b> </code></summary></details><script>alert(1)</script> --> @octocat #1 GH-1 !2 :smile: https://e.example www.e.example a@e.example deadbeefcafe\u{D}\u{A}\u{A}# heading\u{A}- item\u{A}```\u{A}/close\u{A}😀:4: it's "quoted" \u{1B}[31m\u{7}\u{202E} | `a` ``b`` $(touch pwned) $x$ \n \| *b* _i_ ~~s~~ [l](https://e.example) ![i](x) <b>&amp;</b> </code></summary></details><script>alert(1)</script> --> @octocat #1 GH-1 !2 :smile: https://e.example www.e.example a@e.example deadbeefcafe\u{D}\u{A}\u{A}# heading\u{A}- item\u{A}```\u{A}/close\u{A}😀

set -eu

# Not everything in this plan may be sent, so nothing is: a part of it was never reviewed.
# Mend what is named here and plan again.
printf '%s\n' 'nothing is sent, for not everything in this plan can be:' >&2
printf '%s\n' '  requests/update.yaml#1 (requests/update.yaml:2): blocked' >&2
printf '%s\n' '  requests/update.yaml#2 (requests/update.yaml:9): blocked' >&2
printf '%s\n' '  requests/broken.yaml:4: text ends inside a mapping' >&2
exit 1
