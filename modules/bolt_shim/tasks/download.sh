#!/bin/sh
. "${0%/*}/../files/shim.sh"
eval "$(parameters)"
# Bytes of a file, or of the gzipped tar of a directory.
limit=8388608

# Keeps of standard input no more than shows that it is too much.
keep() { head -c $((limit + 1)) >"$work/content"; }
is_too_large() { [ "$(wc -c <"$work/content")" -gt "$limit" ]; }
pack() {
  { tar -cf - -C "$PT_path/" . && : >"$work/packed"; } | gzip | keep
  [ -e "$work/packed" ] || is_too_large
}

found=$(kind_of "$PT_path")
case $found in
  'a directory') directory=true ;;
  'a file') directory=false ;;
  nothing) cannot_read "path is '$PT_path', expected a file or a directory: $(ls -d "$PT_path" 2>&1)" ;;
  *) cannot_read "path is '$PT_path', which is $found, expected one of them" ;;
esac
if [ "$directory" = true ]; then pack; else keep <"$PT_path"; fi 2>"$work/problem" ||
  cannot_read "path is '$PT_path', which cannot be read: $(cat "$work/problem")"
of=$([ "$directory" = false ] || echo ' of gzipped tar')
! is_too_large || cannot_read "path is '$PT_path' with more than $limit bytes$of, expected at most that many"
printf '{"directory":%s,"mode":%d,"content":"' "$directory" $((0$(stat -L -c %a "$PT_path")))
base64 <"$work/content" | tr -d '\n'
printf '"}\n'
