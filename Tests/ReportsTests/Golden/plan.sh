#!/bin/sh
# shellcheck disable=SC2016 # Nothing in single quotes is meant to be expanded.
# Dry-run plan of 3 requests, made by reqlint.
#
# digest:   sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
# now:      2026-11-20T12:00:00Z
# catalog:  botocore 0
# requests: 0 blocked, 1 review, 2 ready

set -eu

# The files must still be those that were planned. Run this where they were planned,
# for relative paths start from the working directory.
hash_file() {
  if command -v sha256sum >/dev/null 2>&1; then
    sha256sum <"$1"
  elif command -v shasum >/dev/null 2>&1; then
    shasum -a 256 <"$1"
  else
    printf '%s\n' 'nothing is sent: neither sha256sum nor shasum was found' >&2
    return 1
  fi
}
changed=0
check_file() {
  if [ ! -f "$2" ]; then
    printf '%s\n' "nothing is sent: ${3:-$2} is missing" >&2
    changed=1
    return 0
  fi
  hash=$(hash_file "$2") || exit 1
  if [ "${hash%% *}" != "$1" ]; then
    printf '%s\n' "nothing is sent: ${3:-$2} is not what was planned" >&2
    changed=1
  fi
}
check_file fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210 '-requests/it'\''s "quoted" '"$(printf '\033')"'[31m'"$(printf '\007')"''"$(printf '\342\200\256')"' | `a` ``b`` $(touch pwned) $x$ \n \| *b* _i_ ~~s~~ [l](https://e.example) ![i](x) <b>&amp;</b> </code></summary></details><script>alert(1)</script> --> @octocat #1 GH-1 !2 :smile: https://e.example www.e.example a@e.example deadbeefcafe'"$(printf '\015')"'

# heading
- item
```
/close
😀.yaml' '-requests/it'\''s "quoted" \u{1B}[31m\u{7}\u{202E} | `a` ``b`` $(touch pwned) $x$ \n \| *b* _i_ ~~s~~ [l](https://e.example) ![i](x) <b>&amp;</b> </code></summary></details><script>alert(1)</script> --> @octocat #1 GH-1 !2 :smile: https://e.example www.e.example a@e.example deadbeefcafe\u{D}\u{A}\u{A}# heading\u{A}- item\u{A}```\u{A}/close\u{A}😀.yaml'
check_file fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210 requests/package.yaml
[ "$changed" -eq 0 ] || exit 1

# Requests go where they were planned, whatever else is configured.
AWS_USE_FIPS_ENDPOINT=false
AWS_USE_DUALSTACK_ENDPOINT=false
AWS_IGNORE_CONFIGURED_ENDPOINT_URLS=true
export AWS_USE_FIPS_ENDPOINT AWS_USE_DUALSTACK_ENDPOINT AWS_IGNORE_CONFIGURED_ENDPOINT_URLS

# Neither a pager nor a prompt may wait for a key between two requests.
AWS_PAGER=''
AWS_CLI_AUTO_PROMPT=off
export AWS_PAGER AWS_CLI_AUTO_PROMPT

# Sensitive values stand here in the clear: keep this script to yourself.

# Layer 1 of 2

# package (requests/package.yaml:1)
# creates a package
# when: until 2026-11-21 12:00:00.500 UTC
# verdict: ready; risk: low
printf '%s\n' '1/3 package' >&2
aws opensearch start-service-software-update --region eu-west-1 --cli-input-json '{"DomainName":"logs"}'

# The next layer waits for this one; no command is known that would tell when it is done.

# Layer 2 of 2

# <stdin>#1 (<stdin>:1)
# came by standard input: not checked above
# verdict: ready; risk: low
# account: 123456789012; the credentials must be of it
printf '%s\n' '2/3 <stdin>#1' >&2
aws opensearch start-service-software-update --region eu-west-1 --cli-input-json '{"DomainName":"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"}'

# it's "quoted" \u{1B}[31m\u{7}\u{202E} | `a` ``b`` $(touch pwned) $x$ \n \| *b* _i_ ~~s~~ [l](https://e.example) ![i](x) <b>&amp;</b> </code></summary></details><script>alert(1)</script> --> @octocat #1 GH-1 !2 :smile: https://e.example www.e.example a@e.example deadbeefcafe\u{D}\u{A}\u{A}# heading\u{A}- item\u{A}```\u{A}/close\u{A}😀 (-requests/it's "quoted" \u{1B}[31m\u{7}\u{202E} | `a` ``b`` $(touch pwned) $x$ \n \| *b* _i_ ~~s~~ [l](https://e.example) ![i](x) <b>&amp;</b> </code></summary></details><script>alert(1)</script> --> @octocat #1 GH-1 !2 :smile: https://e.example www.e.example a@e.example deadbeefcafe\u{D}\u{A}\u{A}# heading\u{A}- item\u{A}```\u{A}/close\u{A}😀.yaml:7)
# it's "quoted" \u{1B}[31m\u{7}\u{202E} | `a` ``b`` $(touch pwned) $x$ \n \| *b* _i_ ~~s~~ [l](https://e.example) ![i](x) <b>&amp;</b> </code></summary></details><script>alert(1)</script> --> @octocat #1 GH-1 !2 :smile: https://e.example www.e.example a@e.example deadbeefcafe\u{D}\u{A}\u{A}# heading\u{A}- item\u{A}```\u{A}/close\u{A}😀
# when: from 2026-11-20 12:00 UTC
# verdict: review; risk: medium
# account: it's "quoted" \u{1B}[31m\u{7}\u{202E} | `a` ``b`` $(touch pwned) $x$ \n \| *b* _i_ ~~s~~ [l](https://e.example) ![i](x) <b>&amp;</b> </code></summary></details><script>alert(1)</script> --> @octocat #1 GH-1 !2 :smile: https://e.example www.e.example a@e.example deadbeefcafe\u{D}\u{A}\u{A}# heading\u{A}- item\u{A}```\u{A}/close\u{A}😀; the credentials must be of it
printf '%s\n' '3/3 it'\''s "quoted" \u{1B}[31m\u{7}\u{202E} | `a` ``b`` $(touch pwned) $x$ \n \| *b* _i_ ~~s~~ [l](https://e.example) ![i](x) <b>&amp;</b> </code></summary></details><script>alert(1)</script> --> @octocat #1 GH-1 !2 :smile…' >&2
aws opensearch start-service-software-update --region eu-west-1 --cli-input-json '{"it'\''s \"quoted\" \u001b[31m\u0007\u202e | `a` ``b`` $(touch pwned) $x$ \\n \\| *b* _i_ ~~s~~ [l](https://e.example) ![i](x) <b>&amp;</b> </code></summary></details><script>alert(1)</script> --> @octocat #1 GH-1 !2 :smile: https://e.example www.e.example a@e.example deadbeefcafe\r\n\n# heading\n- item\n```\n/close\n😀":"it'\''s \"quoted\" \u001b[31m\u0007\u202e | `a` ``b`` $(touch pwned) $x$ \\n \\| *b* _i_ ~~s~~ [l](https://e.example) ![i](x) <b>&amp;</b> </code></summary></details><script>alert(1)</script> --> @octocat #1 GH-1 !2 :smile: https://e.example www.e.example a@e.example deadbeefcafe\r\n\n# heading\n- item\n```\n/close\n😀","Secret":"it'\''s $ecret"}'
# afterwards: aws opensearch describe-domain --domain-name 'it's "quoted" \u{1B}[31m\u{7}\u{202E} | `a` ``b`` $(touch pwned) $x$ \n \| *b* _i_ ~~s~~ [l](https://e.example) ![i](x) <b>&amp;</b> </code></summary></details><script>alert(1)</script> --> @octocat #1 GH-1 !2 :smile: https://e.example www.e.example a@e.example deadbeefcafe\u{D}\u{A}\u{A}# heading\u{A}- item\u{A}```\u{A}/close\u{A}😀'
