#!/bin/sh
# Takes a while, and leaves a line for each time that it came to its end.
sleep "$PT_seconds"
echo "$PT_mark" >>"$PT_file"
