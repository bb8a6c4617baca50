#!/usr/bin/env node
import { createReadStream, existsSync, statSync, watch } from 'node:fs';
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { WebSocketServer } from 'ws';
import open from 'launch-url';
import { launchEditor } from './editor.js';
import { share } from './tunnel.js';

const root = path.resolve(process.argv[2] ?? '.');
const port = Number(process.env.PORT ?? 5173);
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.wasm': 'application/wasm', '.svg': 'image/svg+xml' };

const CLIENT = `<script>
(function () {
  var socket = new WebSocket('ws://' + location.host + '/__hot');
  socket.onmessage = function (event) {
    var message = JSON.parse(event.data);
    if (message.type === 'reload') location.reload();
    if (message.type === 'css') document.querySelectorAll('link[rel=stylesheet]').forEach(function (l) { l.href = l.href.replace(/(\\?.*)?$/, '?t=' + Date.now()); });
    if (message.type === 'update') (0, eval)(message.code + '\\n//# sourceURL=' + message.path);
  };
  socket.onclose = function () { setTimeout(function () { location.reload(); }, 1000); };
})();
</script>`;

const server = http.createServer(async (req, res) => {
  const url = new URL(req.url, 'http://localhost');
  if (url.pathname === '/__open-in-editor') {
    launchEditor(path.resolve(root, url.searchParams.get('file')));
    return res.end();
  }
  let file = path.join(root, decodeURIComponent(url.pathname));
  if (!file.startsWith(root)) return res.writeHead(403).end();
  if (existsSync(file) && statSync(file).isDirectory()) file = path.join(file, 'index.html');
  if (!existsSync(file)) return res.writeHead(404).end('Not found');
  res.setHeader('content-type', TYPES[path.extname(file)] ?? 'application/octet-stream');
  if (file.endsWith('.html')) return res.end((await readFile(file, 'utf8')).replace('</body>', `${CLIENT}</body>`));
  createReadStream(file).pipe(res);
});

const sockets = new WebSocketServer({ server, path: '/__hot' });
watch(root, { recursive: true }, async (_, name) => {
  const message = name?.endsWith('.css') ? { type: 'css' } : name?.endsWith('.hot.js') ? { type: 'update', path: name, code: await readFile(path.join(root, name), 'utf8') } : { type: 'reload' };
  for (const client of sockets.clients) client.send(JSON.stringify(message));
});

server.listen(port, () => {
  const addresses = Object.values(os.networkInterfaces()).flat().filter((a) => a.family === 'IPv4' && !a.internal);
  console.log([`  Local:   http://localhost:${port}`, ...addresses.map((a) => `  Network: http://${a.address}:${port}`)].join('\n'));
  if (process.argv.includes('--open')) open(`http://localhost:${port}`);
  if (process.argv.includes('--share')) share(port).then((url) => console.log(`  Public:  ${url}`));
});
