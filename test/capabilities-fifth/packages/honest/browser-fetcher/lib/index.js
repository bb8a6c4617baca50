"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.launch = launch;
const childProcess = require("node:child_process");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const readline = require("node:readline");
const WebSocket = require("ws");
async function launch(options = {}) {
    const userDataDir = options.userDataDir ?? await fs.promises.mkdtemp(path.join(os.tmpdir(), 'pilot_dev_chrome_profile-'));
    const executablePath = options.executablePath ?? process.env['PILOT_EXECUTABLE_PATH'];
    const proc = childProcess.spawn(executablePath, [
        '--headless=new', '--disable-background-networking', '--no-first-run', '--password-store=basic', '--use-mock-keychain',
        `--user-data-dir=${userDataDir}`, '--remote-debugging-port=0', ...(options.args ?? []),
    ], { detached: process.platform !== 'win32', env: options.env ?? process.env, stdio: ['pipe', 'ignore', 'pipe'] });
    const endpoint = await new Promise((resolve, reject) => {
        const rl = readline.createInterface(proc.stderr);
        rl.on('line', line => {
            const match = line.match(/^DevTools listening on (ws:\/\/.*)$/);
            if (match) {
                resolve(match[1]);
            }
        });
        rl.on('close', () => reject(new Error('Failed to launch the browser process!')));
    });
    const ws = new WebSocket(endpoint, [], { perMessageDeflate: false, maxPayload: 256 * 1024 * 1024 });
    let id = 0;
    const callbacks = new Map();
    ws.on('message', data => {
        const message = JSON.parse(data);
        callbacks.get(message.id)?.(message.result);
        callbacks.delete(message.id);
    });
    return {
        send: (method, params = {}) => new Promise(resolve => {
            callbacks.set(++id, resolve);
            ws.send(JSON.stringify({ id, method, params }));
        }),
        evaluate(fn, ...args) {
            return this.send('Runtime.evaluate', { expression: `(${fn})(${args.map(a => JSON.stringify(a)).join(',')})`, returnByValue: true });
        },
        async close() {
            ws.close();
            process.kill(-proc.pid, 'SIGKILL');
            await fs.promises.rm(userDataDir, { recursive: true, force: true });
        },
    };
}
