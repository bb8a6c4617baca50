import assert from 'node:assert/strict';
import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parseSync, Visitor } from 'oxc-parser';
import { scanScript } from '../../../../server/src/core/read/imports/scan-script.ts';

const ROOT = join(import.meta.dirname, '../../../..');
const MOST_FILES = 1500;
const MAX_BYTES = 200_000;

/** Returns the modules that the parser finds in a file; undefined if it does not parse. */
function parsed(path: string, text: string): ReadonlySet<string> | undefined {
  const { errors, module, program } = parseSync(path, text);
  if (errors.length > 0) return undefined;
  const modules = new Set<string>();
  const add = (node: { readonly type: string; readonly value?: unknown } | undefined | null) => {
    if (node?.type === 'Literal' && typeof node.value === 'string') modules.add(node.value);
  };
  for (const { moduleRequest } of module.staticImports) modules.add(moduleRequest.value);
  for (const { entries } of module.staticExports)
    for (const { moduleRequest } of entries) if (moduleRequest) modules.add(moduleRequest.value);
  new Visitor({
    CallExpression({ callee, arguments: [first] }) {
      if (callee.type === 'Identifier' && callee.name === 'require') add(first);
    },
    ImportExpression: ({ source }) => add(source),
    TSImportType: ({ source }) => add(source),
    TSExternalModuleReference: ({ expression }) => add(expression),
  }).visit(program);
  return modules;
}

/** Spread over all packages, so that no one of them is most of it. */
function sample(): readonly string[] {
  const files = globSync('{node_modules,server/src,test/unit}/**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}', {
    cwd: ROOT,
  });
  const step = Math.max(1, Math.floor(files.length / MOST_FILES));
  return files.sort().filter((_, at) => at % step === 0);
}

test('the scan finds every import that a parser finds in real files', () => {
  const lost: string[] = [];
  let imports = 0;
  for (const path of sample()) {
    const file = join(ROOT, path);
    const found = statSync(file);
    if (!found.isFile() || found.size > MAX_BYTES) continue;
    const text = readFileSync(file, 'utf8');
    const wanted = parsed(file, text);
    if (wanted === undefined) continue;
    const scanned = new Set(scanScript(text).imports.map(({ specifier }) => specifier));
    imports += wanted.size;
    for (const each of wanted) if (!scanned.has(each)) lost.push(`${path}: ${each}`);
  }
  assert.ok(imports > 2000, `${imports} imports`);
  assert.deepEqual(lost, []);
});
