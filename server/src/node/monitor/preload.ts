/*
 * Loaded by NODE_OPTIONS before the program of `dephygiene monitor`, in each of its processes and threads, by any version of
 * Node.js: hence the syntax. It must not fail, print, or leave anything behind that the program would run into.
 */
var folder = process.env.DEPHYGIENE_MONITOR;
try {
  if (folder !== undefined && require('fs').existsSync(folder)) {
    if (require('util').getCallSites === undefined) {
      require('fs').writeFileSync(
        folder + '/old-' + process.pid + '.jsonl',
        JSON.stringify({ thread: 0, pid: process.pid, node: process.versions.node, old: true }) + '\n',
      );
    } else {
      require('./monitor-observe.js').observe(folder);
    }
  }
  delete require.cache[__filename];
} catch (_) {
  // The program runs as it would without.
}
