#!/bin/sh
# What a pull request changes for subscribers, as Markdown: what `convene check` finds and what
# `convene diff` tells. It needs `convene` and `git`, and no network.
#
#   preview.sh BASE [FILE]
#
# BASE is what the pull request is compared with (HEAD^1, origin/main, a commit), FILE where the Markdown goes
# (preview.md). CONTENT is the content folder (content), CONVENE the program (convene). Exits with 0, with 1 where
# the content has mistakes, and with 2 where it cannot be told. What was wrong before, and is mended, is no failure.
set -u

base=${1:?usage: preview.sh BASE [FILE]}
file=${2:-preview.md}
content=${CONTENT:-content}
convene=${CONVENE:-convene}
status=0

# Beside the lines of the pull request, where GitHub shows it.
if [ "${GITHUB_ACTIONS:-}" = true ]; then
    "$convene" check --content "$content" --format github || status=1
else
    "$convene" check --content "$content" >/dev/null || status=1
fi

# The comment is found again by its first line.
printf '<!-- convene preview -->\n' >"$file"
if "$convene" diff --content "$content" --format markdown -- "$base" >>"$file"; then
    :
elif [ "$status" -eq 0 ] && grep -q 'in the old content$' "$file"; then
    printf '\nThere were mistakes before, so there is nothing to compare with; now there is none.\n' >>"$file"
elif [ "$status" -eq 0 ] && git -C "$content" rev-parse --quiet --verify "$base^{commit}" >/dev/null &&
    [ -z "$(git -C "$content" ls-tree "$base^{commit}")" ]; then
    printf '### All of the content is new\n' >>"$file"
elif [ "$status" -eq 0 ]; then
    printf '### What changes for subscribers cannot be told\n\nThe log of the run says why.\n' >>"$file"
    status=2
fi

if [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then
    cat "$file" >>"$GITHUB_STEP_SUMMARY"
fi
exit "$status"
