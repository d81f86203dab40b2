#!/bin/sh
. "${0%/*}/../files/shim.sh"
. "$files/run.sh"
eval "$(parameters)"
name=${PT_name##*/}
case $name in '' | . | ..) name=script ;; esac
script=$work/script/$name
mkdir "$work/script" || exit 1
{ decode_content >"$script" && chmod 700 "$script"; } 2>"$work/problem" ||
  cannot_write "the script '$name' cannot be written: $(cat "$work/problem")"
run script "$script" "$@"
