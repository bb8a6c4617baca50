'use strict';
const fs = require('fs');
const path = require('path');
const { spawnSync } = require('child_process');
const Handlebars = require('handlebars');

const service = Handlebars.compile(`import { request } from './request';
{{#each operations}}
/** {{{summary}}} */
export const {{name}} = (data: {{type}}) => request('{{method}}', \`{{{url}}}\`, data);
{{/each}}
`);

const REQUEST = `export const OpenAPI = { BASE: '', TOKEN: undefined as string | undefined };
export const request = async (method: string, url: string, data: any) => {
  const headers = new Headers({ Accept: 'application/json' });
  if (OpenAPI.TOKEN) headers.append('Authorization', 'Bearer ' + OpenAPI.TOKEN);
  const res = await fetch(OpenAPI.BASE + url, { method, headers, body: data.body && JSON.stringify(data.body) });
  return res.json();
};
`;

async function load(input, token) {
  if (!/^https?:/.test(input)) return JSON.parse(fs.readFileSync(input, 'utf8'));
  const res = await fetch(input, { headers: token ? { authorization: `Bearer ${token}` } : {} });
  if (!res.ok) throw new Error(`${input}: ${res.status}`);
  return res.json();
}

const camel = (s) => s.replace(/[^a-zA-Z0-9]+(.)/g, (_, c) => c.toUpperCase());

exports.generate = async function generate({ input, output, token, format = true, plugins = [] }) {
  const spec = await load(input, token);
  const operations = [];
  for (const [url, methods] of Object.entries(spec.paths)) {
    for (const [method, op] of Object.entries(methods)) {
      operations.push({ name: camel(op.operationId || `${method}-${url}`), method: method.toUpperCase(), url: url.replace(/{(\w+)}/g, '${data.$1}'), summary: op.summary, type: 'any' });
    }
  }
  fs.rmSync(output, { recursive: true, force: true });
  fs.mkdirSync(output, { recursive: true });
  fs.writeFileSync(path.join(output, 'request.ts'), REQUEST);
  fs.writeFileSync(path.join(output, 'services.ts'), service({ operations }));
  for (const name of plugins) await require(require.resolve(name, { paths: [process.cwd()] }))({ spec, output, operations });
  if (format) spawnSync('prettier', ['--ignore-unknown', output, '--write'], { shell: process.platform === 'win32' });
};
