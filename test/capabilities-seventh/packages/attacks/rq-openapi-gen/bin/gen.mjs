#!/usr/bin/env node
import { Command } from 'commander';
import { readFile, writeFile, mkdir } from 'node:fs/promises';
import path from 'node:path';

const program = new Command('rq-openapi-gen').requiredOption('-i, --input <file>').option('-o, --output <dir>', 'output', 'openapi');
program.parse();
const { input, output } = program.opts();
const spec = JSON.parse(await readFile(input, 'utf8'));
const lines = ["import { useQuery } from '@tanstack/react-query';"];
for (const [p, methods] of Object.entries(spec.paths ?? {})) {
  for (const [m, op] of Object.entries(methods)) {
    if (m !== 'get' || !op.operationId) continue;
    lines.push(`export const use${op.operationId[0].toUpperCase()}${op.operationId.slice(1)} = (params) => useQuery({ queryKey: ['${op.operationId}', params], queryFn: () => fetch('${p}').then((r) => r.json()) });`);
  }
}
await mkdir(output, { recursive: true });
await writeFile(path.join(output, 'queries.ts'), lines.join('\n') + '\n');
