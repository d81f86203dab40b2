# Reads the JSON object of a task's parameters and writes shell code that sets them: a plain value as PT_ and its name,
# a list as the positional parameters, a hash as the function environment, which exports it. The parameter content is
# base64; it goes to a file as it is written here. Quotes part the records: texts and what is between them take turns.

BEGIN {
  RS = "\""
  is_between = 1
  escape["b"] = "\b"; escape["f"] = "\f"; escape["n"] = "\n"; escape["r"] = "\r"; escape["t"] = "\t"
}

is_between {
  for (i = 1; i <= length($0); i++) take(substr($0, i, 1))
  is_between = 0
  is_beginning = 1
  next
}

{
  if (is_beginning) begin_text()
  is_beginning = 0
  # After an odd number of backslashes the quote is one of the text.
  goes_on = match($0, /\\+$/) && RLENGTH % 2 == 1
  piece = goes_on ? substr($0, 1, length($0) - 1) : $0
  if (role == "key") key = key piece
  if (role == "content") printf "%s", piece > ENVIRON["content"]
  if (role == "value") put_decoded(piece)
  if (role == "value" && goes_on) put("\"")
  if (!goes_on) end_text()
}

END {
  if (problem != "") { printf "refuse puppetlabs.tasks/task-error TASK_ERROR '"; put(problem); print "'" }
  if (NR == 0 || depth > 0 || !is_beginning) exit 1
}

function take(character) {
  if (character == "{" || character == "[") {
    opened[++depth] = character
    is_key = (character == "{")
    if (depth == 2) printf "%s", (is_key ? "environment() {\n:\n" : "set --")
  } else if (character == "}" || character == "]") {
    put_literal()
    if (depth == 2) print (character == "}" ? character : "")
    depth--
  } else if (character == ",") {
    put_literal()
    is_key = (opened[depth] == "{")
  } else if (character == ":") {
    is_key = 0
  } else if (character !~ /[ \t\r\n]/) {
    literal = literal character
  }
}

function put_literal() {
  if (depth == 1 && name != "" && literal != "" && literal != "null") print "PT_" name "='" literal "'"
  literal = ""
}

function begin_text() {
  role = "none"
  if (is_key) {
    role = "key"
    key = ""
  } else if (depth == 1 && name == "content") {
    role = "content"
  } else if (depth == 1 && name != "") {
    role = "value"
    printf "PT_%s='", name
  } else if (depth == 2 && opened[2] == "[") {
    role = "value"
    printf " '"
  } else if (depth == 2 && key ~ /^[A-Za-z_][A-Za-z0-9_]*$/) {
    role = "value"
    printf "export %s='", key
  } else if (depth == 2) {
    problem = "name of an environment variable is '" key "', expected letters, digits and _, no digit first"
  }
}

function end_text() {
  is_between = 1
  if (role == "key" && depth == 1) name = (key ~ /^[a-z][a-z0-9_]*$/ ? key : "")
  if (role == "value") printf "%s", (opened[depth] == "[" ? "'" : "'\n")
}

# Writes a piece of a text without its escapes.
function put_decoded(text,    parts, count, i, letter, code, high) {
  count = split(text, parts, "\\")
  put(parts[1])
  for (i = 2; i <= count; i++) {
    letter = substr(parts[i], 1, 1)
    if (letter == "") {
      put("\\" parts[++i])
    } else if (letter != "u") {
      put((letter in escape ? escape[letter] : letter) substr(parts[i], 2))
    } else {
      code = hex(substr(parts[i], 2, 4))
      if (code >= 55296 && code < 56320 && length(parts[i]) == 5 && parts[i + 1] ~ /^u[dD][c-fC-F]/) {
        high = code
        continue
      }
      if (high) code = 65536 + (high - 55296) * 1024 + code - 56320
      else if (code >= 55296 && code < 57344) code = 65533
      high = 0
      put(utf8(code) substr(parts[i], 6))
    }
  }
}

# Writes a text within single quotes.
function put(text) {
  gsub(/'/, "'\\''", text)
  printf "%s", text
}

function hex(digits,    value, i) {
  for (i = 1; i <= length(digits); i++) {
    value = value * 16 + index("0123456789abcdef", tolower(substr(digits, i, 1))) - 1
  }
  return value
}

function utf8(code) {
  if (code == 0) problem = "a parameter holds the character NUL, expected none: no program can be given it"
  if (code == 0) return ""
  if (code < 128) return sprintf("%c", code)
  if (code < 2048) return sprintf("%c", 192 + int(code / 64)) continued(code, 1)
  if (code < 65536) return sprintf("%c", 224 + int(code / 4096)) continued(code, 64) continued(code, 1)
  return sprintf("%c", 240 + int(code / 262144)) continued(code, 4096) continued(code, 64) continued(code, 1)
}

function continued(code, unit) { return sprintf("%c", 128 + int(code / unit) % 64) }
