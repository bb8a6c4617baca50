#!/usr/bin/env node
const { install, uninstall } = require('./lib');
const [, , action = 'install'] = process.argv;
if (process.env.HOOKEY === '0' || process.env.CI) {
  console.log('hookey > skipped');
  process.exit(0);
}
try {
  (action === 'uninstall' ? uninstall : install)(process.env.INIT_CWD || process.cwd());
} catch (error) {
  console.error(`hookey > ${error.message}`);
}
