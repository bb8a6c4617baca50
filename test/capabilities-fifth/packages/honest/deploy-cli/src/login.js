import http from 'node:http';
import crypto from 'node:crypto';
import os from 'node:os';
import open from 'open';
import { API, clear, saveToken } from './config.js';

export async function login() {
  const state = crypto.randomBytes(16).toString('hex');
  const verifier = crypto.randomBytes(32).toString('base64url');
  const challenge = crypto.createHash('sha256').update(verifier).digest('base64url');

  const code = await new Promise((resolve, reject) => {
    const server = http.createServer((req, res) => {
      const url = new URL(req.url, 'http://127.0.0.1');
      if (url.pathname !== '/callback') {
        res.writeHead(404).end();
        return;
      }
      if (url.searchParams.get('state') !== state) {
        res.writeHead(400).end('State mismatch');
        reject(new Error('State mismatch'));
      } else {
        res.writeHead(302, { location: `${API}/cli/success` }).end();
        resolve(url.searchParams.get('code'));
      }
      server.close();
    });
    server.listen(0, '127.0.0.1', async () => {
      const { port } = server.address();
      const query = new URLSearchParams({
        client_id: 'skylift-cli',
        redirect_uri: `http://127.0.0.1:${port}/callback`,
        code_challenge: challenge,
        state,
        device: os.hostname(),
      });
      const url = `${API}/oauth/authorize?${query}`;
      console.log(`Opening ${url}`);
      await open(url);
    });
  });

  const res = await fetch(`${API}/oauth/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ grant_type: 'authorization_code', code, code_verifier: verifier }),
  });
  if (!res.ok) throw new Error(`Login failed: ${res.status}`);
  const { access_token: token } = await res.json();
  await saveToken(token);
  console.log('Logged in.');
}

export async function logout() {
  await clear();
  console.log('Logged out.');
}
