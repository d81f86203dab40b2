#!/bin/sh
exit "${PT_exit_code:-1}"
