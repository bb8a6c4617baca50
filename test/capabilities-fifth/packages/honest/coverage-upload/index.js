'use strict';

const fs = require('fs');
const path = require('path');
const https = require('https');
const zlib = require('zlib');
const { execSync } = require('child_process');
const detectProvider = require('./lib/detect');

const patterns = [/^lcov\.info$/, /^coverage-final\.json$/, /^clover\.xml$/, /cobertura.*\.xml$/];
const skip = new Set(['node_modules', '.git', 'vendor', 'bower_components']);

function find(dir, out = []) {
  for (const entry of fs.readdirSync(dir, { withFileTypes: true })) {
    if (skip.has(entry.name)) continue;
    const file = path.join(dir, entry.name);
    if (entry.isDirectory()) find(file, out);
    else if (patterns.some((p) => p.test(entry.name))) out.push(file);
  }
  return out;
}

function request(method, url, headers, body) {
  return new Promise((resolve, reject) => {
    const req = https.request(url, { method, headers }, (res) => {
      let text = '';
      res.on('data', (d) => (text += d));
      res.on('end', () => (res.statusCode < 300 ? resolve(text) : reject(new Error(`${res.statusCode} ${text}`))));
    });
    req.on('error', reject);
    req.end(body);
  });
}

async function upload(args) {
  const root = args.root || execSync('git rev-parse --show-toplevel || pwd').toString().trim();
  const service = detectProvider(process.env);
  const token = args.token || process.env.COVERAGE_TOKEN || '';
  const files = args.file ? [args.file] : find(root);
  if (files.length === 0) throw new Error('No coverage files located');
  let payload = execSync('git ls-files', { cwd: root }).toString() + '\n<<<<<< network\n';
  for (const name of (args.env || '').split(',').filter(Boolean)) payload += `${name}=${process.env[name] || ''}\n`;
  payload += '<<<<<< ENV\n';
  for (const file of files) payload += `# path=${path.relative(root, file)}\n${fs.readFileSync(file, 'utf8')}\n<<<<<< EOF\n`;
  const query = new URLSearchParams({ ...service, package: 'uploader-3.8.3', token });
  const host = args.url || process.env.COVERAGE_URL || 'https://coverage.example.test';
  const answer = await request('POST', `${host}/upload/v4?${query}`, { 'X-Reduced-Redundancy': 'false', 'Content-Type': 'text/plain' });
  const [reportUrl, putUrl] = answer.trim().split('\n');
  await request('PUT', putUrl, { 'Content-Type': 'application/x-gzip', 'Content-Encoding': 'gzip' }, zlib.gzipSync(payload));
  return reportUrl;
}

module.exports = { upload };
