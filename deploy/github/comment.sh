#!/bin/sh
# Puts the Markdown of preview.sh on a pull request, as one comment that is written anew each time.
#
#   comment.sh FILE
#
# GH_TOKEN is a token that may write to pull requests, GITHUB_REPOSITORY the repository and PULL_REQUEST the number.
set -eu

file=${1:?usage: comment.sh FILE}
marker=$(head -n 1 "$file")
comments="repos/$GITHUB_REPOSITORY/issues/$PULL_REQUEST/comments"

known=$(gh api --paginate "$comments" --jq '.[] | [.id, .user.type, (.body | split("\n") | .[0] | rtrimstr("\r"))] | @tsv' |
    awk -F '\t' -v marker="$marker" '$2 == "Bot" && $3 == marker { print $1; exit }')
if [ -n "$known" ]; then
    gh api --silent --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$known" --field "body=@$file"
else
    gh api --silent --method POST "$comments" --field "body=@$file"
fi
