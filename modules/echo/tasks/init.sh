#!/bin/sh
# The message arrives as a JSON string and leaves as one, so its text is never decoded and any character survives:
# "message": cannot stand inside a JSON string, where each quote has a backslash before it.
LC_ALL=C awk '
  { input = input $0 " " }
  END {
    if (!match(input, /"message" *: *"([^"\\]|\\.)*"/)) { print "{\"_output\":\"\"}"; exit }
    value = substr(input, RSTART, RLENGTH)
    sub(/^"message" *: */, "", value)
    print "{\"_output\":" value "}"
  }'
