import { endChildrenWithThisProcess, startChild } from '../../own-children.ts';

/**
 * Starts a child that starts one of its own, which holds the output and does not mind SIGTERM, and prints how the child
 * ended: `node parent-process.ts <limit in ms>`. Both print their ids.
 */
const grandchild = "process.on('SIGTERM', () => {}); console.log(process.pid); setInterval(() => {}, 1000);";
const child = `console.log(process.pid); require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(grandchild)}], { stdio: 'inherit' }); setInterval(() => {}, 1000);`;

endChildrenWithThisProcess();
const print = (text: string) => process.stdout.write(text);
const how = await startChild(process.execPath, ['-e', child], {
  cwd: import.meta.dirname,
  env: process.env,
  limit: Number(process.argv[2]),
  onOutput: print,
  onErrors: print,
});
print(`ended: ${how}\n`);
