/**
 * What the shells need: each asks `daybook complete` for the words that fit, and where there are none, falls back on
 * files. A line of the answer is a word, a tab and what it is about.
 */
export const SCRIPTS = {
  // Bash takes `::` and `=` for ends of words, and replaces only what stands behind them.
  bash: `_daybook() {
  local line=\${COMP_LINE:0:COMP_POINT} word
  local -a words
  read -ra words <<<"$line"
  [[ $line == *[[:space:]] ]] && words+=("")
  word=\${words[\${#words[@]}-1]}
  local IFS=$'\\n'
  COMPREPLY=($(daybook complete -- "\${words[@]:1}" 2>/dev/null | cut -f1))
  local head=\${word%"\${word##*[:=]}"}
  [[ $COMP_WORDBREAKS == *:* && -n $head ]] && COMPREPLY=("\${COMPREPLY[@]#"$head"}")
}
complete -o default -F _daybook daybook`,
  zsh: `#compdef daybook
_daybook() {
  local -a lines entries
  local line
  lines=("\${(@f)$(daybook complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  for line in "\${lines[@]}"; do
    [[ -n $line ]] && entries+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
  done
  if (( \${#entries} )); then _describe daybook entries; else _files; fi
}
compdef _daybook daybook`,
  fish: `function __daybook
  set -l found (daybook complete -- (commandline -opc)[2..] (commandline -ct) 2>/dev/null)
  if test (count $found) -gt 0
    printf '%s\\n' $found
  else
    __fish_complete_path (commandline -ct)
  end
end
complete -c daybook -f -a '(__daybook)'`,
} as const;
