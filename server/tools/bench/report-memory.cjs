// Loaded first into each measured process: writes its peak memory in KiB to the pipe that it was given for that.
process.on('exit', () => {
  try {
    require('node:fs').writeSync(3, String(process.resourceUsage().maxRSS));
  } catch {
    // It was given none.
  }
});
