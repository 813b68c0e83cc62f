#!/bin/sh
# Starts the command line on the Node that the `node` package pins, whatever Node the host has.
# The program of `npm install evom`, and of `npm run evom` in a clone, where the sources run unbuilt.
root=$(dirname "$(dirname "$(readlink -f "$0")")")
cli=$root/dist/src/cli.js
if [ -f "$root/src/cli.ts" ]; then cli=$root/src/cli.ts; fi

# In a clone the package lies below evom, in an installation usually beside it.
for node in "$root/node_modules/node/bin/node" "$root/../node/bin/node"; do
  if [ -x "$node" ]; then exec "$node" "$cli" "$@"; fi
done

if node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 24 ? 0 : 1)' 2>/dev/null; then
  exec node "$cli" "$@"
fi
echo "evom: Expected Node 24 or newer, found neither the \`node\` package beside evom nor one on the PATH." >&2
echo "Reinstall evom with npm's install scripts allowed, or install Node 24." >&2
exit 1
