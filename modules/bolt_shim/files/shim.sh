# What the tasks of this module share: each reads it first and then has its parameters by `eval "$(parameters)"`.
tasks=$(cd "${0%/*}" && pwd) || exit 1
files=$tasks/../files
# Beside the task: there programs may be started, and it goes with the run whatever ends that.
work=$(mktemp -d "$tasks/XXXXXX") || exit 1
draft=$work
trap 'rm -rf "$work" "$draft"' EXIT
# A signal that ends the run reaches the program as well; what that has printed is still told.
trap : HUP INT TERM

# Overwritten by the parameter that is a hash.
environment() { :; }

# The parameters on standard input as shell code, which refuses them where they did not come whole.
parameters() {
  content=$work/content LC_ALL=C awk -f "$files/parameters.awk" ||
    echo "refuse puppetlabs.tasks/task-error TASK_ERROR 'the parameters did not come whole'"
}

# Decodes the parameter content. Base64 may come with line feeds, which JSON writes as \n.
decode_content() { tr '\\' '\n' <"$work/content" | sed '2,$s/^[nr]//' | base64 -d; }

# Standard input as the inside of a JSON string. $1: how many bytes that has at most
json_string() { od -An -v -tu1 | LC_ALL=C awk -v limit="$1" -f "$files/json_string.awk"; }

# Ends the task with an error. $1: its kind; $2: its issue code; $3: its message
refuse() {
  printf '{"_error":{"kind":"%s","issue_code":"%s","details":{},"msg":"' "$1" "$2"
  printf %s "$3" | json_string 16384
  printf '"}}\n'
  exit 1
}

cannot_read() { refuse puppetlabs.tasks/task_file_error READ_ERROR "$1"; }
cannot_write() { refuse puppetlabs.tasks/task_file_error WRITE_ERROR "$1"; }

# What is at a path, or where a link there leads to.
kind_of() {
  if [ -d "$1" ]; then
    echo 'a directory'
  elif [ -f "$1" ]; then
    echo 'a file'
  elif [ -e "$1" ]; then
    echo 'neither a file nor a directory'
  else
    echo nothing
  fi
}
