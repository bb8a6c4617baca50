'use strict';

const fs = require('fs/promises');
const path = require('path');
const yaml = require('js-yaml');
const Handlebars = require('handlebars');
const { templates } = require('./templates');

async function read(input, headers = []) {
  if (/^https?:\/\//.test(input)) {
    const res = await fetch(input, {
      headers: Object.fromEntries(headers.map((h) => h.split(/:\s*/, 2)).concat(process.env.OPENAPI_AUTH_TOKEN ? [['authorization', `Bearer ${process.env.OPENAPI_AUTH_TOKEN}`]] : [])),
    });
    if (!res.ok) throw new Error(`Could not load "${input}": ${res.status} ${res.statusText}`);
    return res.text();
  }
  return fs.readFile(input, 'utf8');
}

const type = (s) => {
  if (!s) return 'unknown';
  if (s.$ref) return s.$ref.split('/').pop();
  if (s.enum) return s.enum.map((v) => JSON.stringify(v)).join(' | ');
  if (s.type === 'array') return `Array<${type(s.items)}>`;
  if (s.type === 'integer') return 'number';
  return s.type === 'object' ? 'Record<string, unknown>' : s.type;
};

async function generate({ input, output, header }) {
  const spec = yaml.load(await read(input, header));
  Handlebars.registerHelper('type', type);
  const written = [];
  const out = async (name, text) => {
    const file = path.resolve(output, name);
    await fs.mkdir(path.dirname(file), { recursive: true });
    await fs.writeFile(file, text);
    written.push(file);
  };
  await fs.rm(path.resolve(output), { recursive: true, force: true });
  for (const [name, schema] of Object.entries(spec.components?.schemas ?? {})) {
    await out(`models/${name}.ts`, Handlebars.compile(templates.model, { noEscape: true })({ name, schema }));
  }
  const operations = Object.entries(spec.paths).flatMap(([url, methods]) => Object.entries(methods).map(([method, op]) => ({ url: url.replace(/\{/g, '${'), method: method.toUpperCase(), name: op.operationId, params: op.parameters ?? [] })));
  await out('client.ts', Handlebars.compile(templates.client, { noEscape: true })({ base: spec.servers?.[0]?.url ?? '', operations }));
  return written;
}

module.exports = { generate };
