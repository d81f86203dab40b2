#!/bin/sh
# Each fact is collected as a line "path<tab>kind<tab>value"; awk nests the paths and escapes the strings.
fact() { [ -n "$3" ] && printf '%s\t%s\t%s\n' "$1" "$2" "$3"; }
string() { fact "$1" string "$2"; }
number() { case $2 in '' | *[!0-9]*) ;; *) fact "$1" number "$2" ;; esac; }
kilobytes() { awk -v key="$1:" '$1 == key { printf "%.0f", $2 * 1024 }' /proc/meminfo 2>/dev/null; }
release() { (. /etc/os-release 2>/dev/null && eval "printf '%s' \"\${$1:-}\""); }

kernel=$(uname -s)
name=$(release ID)
family=$name
case " $name $(release ID_LIKE) " in
  *' debian '*) family=Debian ;;
  *' rhel '* | *' fedora '*) family=RedHat ;;
  *' suse '*) family=Suse ;;
esac
hardware=$(uname -m)
case $hardware in
  x86_64) architecture=amd64 ;;
  aarch64) architecture=arm64 ;;
  *) architecture=$hardware ;;
esac
version=$(release VERSION_ID)
uptime=$(cut -d. -f1 /proc/uptime 2>/dev/null)
total=$(kilobytes MemTotal)
available=$(kilobytes MemAvailable)

# Parents stand before their children and together: awk opens and closes objects as the paths change.
{
  string kernel "$kernel"
  string kernelrelease "$(uname -r)"
  number memory.system.available_bytes "$available"
  number memory.system.total_bytes "$total"
  [ -n "$total" ] && [ -n "$available" ] && number memory.system.used_bytes "$(awk "BEGIN { printf \"%.0f\", $total - $available }")"
  string networking.hostname "$(uname -n | cut -d. -f1)"
  string networking.fqdn "$(uname -n)"
  string os.architecture "$architecture"
  string os.distro.codename "$(release VERSION_CODENAME)"
  string os.distro.description "$(release PRETTY_NAME)"
  string os.family "$family"
  string os.hardware "$hardware"
  string os.name "$(release NAME | awk '{ print $1 }')"
  string os.release.full "$version"
  string os.release.major "${version%%.*}"
  number processors.count "$(getconf _NPROCESSORS_ONLN 2>/dev/null)"
  number system_uptime.days "$((${uptime:-0} / 86400))"
  number system_uptime.hours "$((${uptime:-0} / 3600))"
  number system_uptime.seconds "$uptime"
} | LC_ALL=C awk -F '\t' '
  function quoted(text) {
    gsub(/\\/, "\\\\", text); gsub(/"/, "\\\"", text); gsub(/[\001-\037]/, " ", text)
    return "\"" text "\""
  }
  BEGIN { printf "{" }
  {
    count = split($1, path, ".")
    shared = 0
    while (shared < depth && shared < count - 1 && path[shared + 1] == open[shared + 1]) shared++
    for (; depth > shared; depth--) printf "}"
    if (NR > 1) printf ","
    for (; depth < count - 1; depth++) { open[depth + 1] = path[depth + 1]; printf "%s:{", quoted(path[depth + 1]) }
    printf "%s:%s", quoted(path[count]), $2 == "number" ? $3 : quoted($3)
  }
  END { for (; depth > 0; depth--) printf "}"; print "}" }'
