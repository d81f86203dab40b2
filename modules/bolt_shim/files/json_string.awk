# Writes bytes, which come as `od -An -v -tu1` shows them, as the inside of a JSON string: what is not UTF-8 becomes
# U+FFFD, once for each part that begins like a character, and NUL is left out. Ends with 1 when what it would write is
# more than `limit` bytes, with a part of them written.

BEGIN {
  for (i = 1; i < 32; i++) escaped[i] = sprintf("\\u%04x", i)
  for (i = 32; i < 256; i++) escaped[i] = sprintf("%c", i)
  escaped[9] = "\\t"; escaped[10] = "\\n"; escaped[13] = "\\r"; escaped[34] = "\\\""; escaped[92] = "\\\\"
  replacement = "\\ufffd"
}

{
  text = ""
  for (i = 1; i <= NF; i++) {
    byte = $i + 0
    if (missing > 0 && byte >= least && byte <= most) {
      begun = begun escaped[byte]
      least = 128
      most = 191
      if (--missing == 0) text = text begun
      continue
    }
    if (missing > 0) text = text replacement
    missing = 0
    if (byte < 128) text = text escaped[byte]
    else if (byte < 194 || byte > 244) text = text replacement
    else begin(byte)
  }
  written += length(text)
  if (written > limit) exit
  printf "%s", text
}

END {
  if (written > limit) exit 1
  if (missing > 0) printf "%s", replacement
}

# Not every second byte may follow every first one: none makes a character longer than need be, a surrogate, or one
# above U+10FFFF.
function begin(byte) {
  begun = escaped[byte]
  missing = (byte < 224 ? 1 : byte < 240 ? 2 : 3)
  least = (byte == 224 ? 160 : byte == 240 ? 144 : 128)
  most = (byte == 237 ? 159 : byte == 244 ? 143 : 191)
}
