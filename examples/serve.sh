#!/bin/sh
# Serves a function over HTTP, calls it once, and ends it as platforms do: sh serve.sh PROGRAM [ARGUMENT...]
set -eu

address=127.0.0.1:${PORT:-8765}
unset PORT
FGRUNTIME_TRANSPORT=http FGRUNTIME_HTTP_MODE=apig FGRUNTIME_HTTP_ADDR=$address FGRUNTIME_HTTP_HEALTH=/healthz "$@" &
function=$!
trap 'kill "$function" 2>/dev/null || true' EXIT

curl --silent --show-error --fail --output /dev/null --retry 50 --retry-delay 1 --retry-all-errors --max-time 5 "http://$address/healthz" 2>/dev/null
curl --silent --show-error --fail "http://$address/hello?name=Ada"

kill "$function"
wait "$function"
trap - EXIT
