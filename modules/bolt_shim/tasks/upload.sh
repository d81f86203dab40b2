#!/bin/sh
. "${0%/*}/../files/shim.sh"
eval "$(parameters)"
path=$PT_path
while [ "$path" != "${path%/}" ]; do path=${path%/}; done
mode=$(printf %o $((PT_mode & 4095)))
found=$(kind_of "${path:-/}")
[ "$PT_directory" = true ] && expected='a directory' || expected='a file'

unpack() {
  [ -d "$path/" ] || mkdir "$path" || return
  decode_content >"$work/archive" && tar -xzo -f "$work/archive" -C "$path/" && chmod "$mode" "$path/"
}

# Readers see the old file or the new one; of a link, what it leads to is replaced.
replace() {
  if [ -L "$path" ]; then path=$(readlink -f "$path") || return; fi
  draft=$(mktemp "${path%/*}/.daybook-XXXXXX") || { draft=$work; return 1; }
  decode_content >"$draft" && chmod "$mode" "$draft" && mv -f "$draft" "$path"
}

[ -d "${path%/*}/" ] || cannot_write "path is '$PT_path', expected one in a directory that exists"
[ "$found" = nothing ] || [ "$found" = "$expected" ] ||
  cannot_write "path is '$PT_path', which is $found, expected $expected"
if [ "$expected" = 'a directory' ]; then unpack; else replace; fi 2>"$work/problem" ||
  cannot_write "path is '$PT_path', which cannot be written: $(cat "$work/problem")"
printf '{"_output":"'
printf "Uploaded '%s'" "$PT_path" | json_string 65536
printf '"}\n'
