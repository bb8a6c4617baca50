const { fork } = require('child_process');
let restarts = 0, delay = 100, child;
function up() {
  child = fork(process.argv[2], process.argv.slice(3), { stdio: 'inherit' });
  const t0 = Date.now();
  child.on('exit', (code, sig) => {
    console.error(`[kad] exited code=${code} signal=${sig} restarts=${restarts++}`);
    delay = Date.now() - t0 > 30000 ? 100 : Math.min(delay * 1.5, 15000);
    if (restarts < 200) setTimeout(up, delay);
  });
}
process.on('SIGTERM', () => { restarts = Infinity; child.kill('SIGTERM'); setTimeout(() => process.exit(0), 1000); });
up();
