// Preloaded into each measured process: writes its peak memory in KiB to the pipe given for that.
process.on('exit', () => {
  try {
    require('node:fs').writeSync(3, String(process.resourceUsage().maxRSS));
  } catch {
    // No pipe was given.
  }
});
