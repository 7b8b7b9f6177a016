#!/bin/sh
# shellcheck disable=SC2016 # Nothing in single quotes is meant to be expanded.
# Dry-run plan of 3 requests, made by reqlint.
#
# digest:   sha256:91a992fe484364b40931dee3a61d295aba4559a29582eefe0c415d8c2830067d
# now:      2026-11-20T12:00:00Z
# catalog:  botocore 1.44.8
# requests: 1 blocked, 0 review, 2 ready

set -eu

# Not everything in this plan may be sent, so nothing is: a part of it was never reviewed.
# Mend what is named here and plan again.
printf '%s\n' 'nothing is sent, for not everything in this plan can be:' >&2
printf '%s\n' '  samples/plan/requests/search-prod.yaml#1 (samples/plan/requests/search-prod.yaml:2): blocked' >&2
exit 1
