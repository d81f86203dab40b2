#!/bin/sh
# Leaves a line for each time that a run came to its end. The run's folder has its id for a name.
sleep "$PT_seconds"
run=$(basename "$(dirname "$PWD")")
echo "$run $DAYBOOK_ATTEMPT" >>"$PT_file"
