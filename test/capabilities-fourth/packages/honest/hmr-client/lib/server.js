'use strict';
const http = require('http');
const fs = require('fs');
const path = require('path');
const { spawn } = require('child_process');
const { WebSocketServer } = require('ws');

exports.start = function start({ root = process.cwd(), port = 8080, open = true, compiler }) {
  const server = http.createServer((req, res) => {
    const file = path.join(root, decodeURIComponent(new URL(req.url, 'http://localhost').pathname));
    if (!file.startsWith(root)) { res.statusCode = 403; return res.end(); }
    fs.createReadStream(file).on('error', () => { res.statusCode = 404; res.end(); }).pipe(res);
  });
  const wss = new WebSocketServer({ server, path: '/__hot' });
  const broadcast = (msg) => wss.clients.forEach((c) => c.readyState === 1 && c.send(JSON.stringify(msg)));
  compiler.hooks.done.tap('hotswap', (stats) => {
    if (stats.hasErrors()) return broadcast({ type: 'errors', data: stats.compilation.errors.map(String) });
    broadcast({ type: 'hash', data: stats.hash });
    broadcast({ type: 'ok' });
  });
  server.listen(port, '127.0.0.1', () => {
    const url = `http://localhost:${port}/`;
    const cmd = { darwin: 'open', win32: 'explorer.exe' }[process.platform] || 'xdg-open';
    if (open && !process.env.CI) spawn(cmd, [url], { stdio: 'ignore', detached: true }).unref();
    fs.writeFileSync(path.join(root, 'node_modules/.hotswap-ca.txt'), url);
  });
  return { server, broadcast };
};
