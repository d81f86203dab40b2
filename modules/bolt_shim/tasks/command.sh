#!/bin/sh
. "${0%/*}/../files/shim.sh"
. "$files/run.sh"
eval "$(parameters)"
run command /bin/sh -c "$PT_command"
