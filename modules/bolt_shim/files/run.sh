# What a result holds of both outputs, in bytes of JSON. They stand in it twice, and of a task's output 16 MiB are read.
stdout_limit=6000000
stderr_limit=2000000

# Runs a program and ends the task as it ended, with what it printed. $1: what it is called; then the program
run() {
  what=$1
  shift
  (environment && exec "$@") </dev/null >"$work/stdout" 2>"$work/stderr"
  code=$?
  cut=
  json_string "$stdout_limit" <"$work/stdout" >"$work/stdout.json" || cut="stdout was cut after $stdout_limit bytes"
  json_string "$stderr_limit" <"$work/stderr" >"$work/stderr.json" ||
    cut="${cut:+$cut, }stderr was cut after $stderr_limit bytes"
  printf '{"stdout":"'
  cat "$work/stdout.json"
  printf '","stderr":"'
  cat "$work/stderr.json"
  printf '","merged_output":"'
  cat "$work/stdout.json" "$work/stderr.json"
  printf '","exit_code":%d' "$code"
  [ -z "$cut" ] || printf ',"_truncated":"%s"' "$cut"
  if [ "$code" -ne 0 ]; then
    printf ',"_error":{"kind":"puppetlabs.tasks/command-error","issue_code":"COMMAND_ERROR",'
    printf '"msg":"The %s failed with exit code %d","details":{"exit_code":%d}}' "$what" "$code" "$code"
  fi
  printf '}\n'
  exit "$code"
}
