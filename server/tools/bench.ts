/**
 * Measures the product against its peers, and writes the table into server/docs/performance.md:
 *
 *     npm run build && npm run bench [-- [parse manifest check huge huge-edits huge-projects incident lsp]
 *         [--write] [--dist <folder>]]
 *
 * Without a name everything is measured, and the page is written. With names, --write replaces their rows alone. Real files
 * are those of the corpus beside the checkout; rows that need them are skipped if it is missing.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkRows } from './bench/check-rows.ts';
import { printRows, type Row, verdictOf } from './bench/figures.ts';
import { hugeEditRows, hugeRows } from './bench/huge-rows.ts';
import { incidentRows } from './bench/incident-rows.ts';
import { lspRows } from './bench/lsp-rows.ts';
import { manifestRows } from './bench/manifest-row.ts';
import { manyProjectsRows } from './bench/many-projects.ts';
import { updatePage, writePage } from './bench/page.ts';
import { parseRows } from './bench/parse-rows.ts';
import { installPeers } from './bench/peers.ts';

const PAGE = join(import.meta.dirname, '../docs/performance.md');

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    write: { type: 'boolean', default: false },
    dist: { type: 'string', default: join(import.meta.dirname, '../../dist') },
  },
});

/** Each part by name. They run one after the other, as they would disturb each other. */
const PARTS: Readonly<Record<string, (folder: string) => Promise<readonly Row[]> | readonly Row[]>> = {
  parse: parseRows,
  manifest: manifestRows,
  check: (folder) => checkRows({ cli: built('cli.js'), folder }),
  huge: (folder) => hugeRows({ cli: built('cli.js'), folder }),
  'huge-edits': (folder) => hugeEditRows({ server: built('server.js'), folder }),
  'huge-projects': (folder) => manyProjectsRows(built('server.js'), folder),
  incident: (folder) => incidentRows({ cli: built('cli.js'), folder }),
  lsp: (folder) => lspRows(built('server.js'), folder),
};

await main();

async function main(): Promise<void> {
  const unknown = positionals.find((name) => PARTS[name] === undefined);
  if (unknown !== undefined) {
    console.error(`There is no part "${unknown}"; there are ${Object.keys(PARTS).join(', ')}.`);
    process.exitCode = 2;
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'dephygiene-bench-'));
  installPeers();
  const rows: Row[] = [];
  try {
    for (const [name, measure] of Object.entries(PARTS)) {
      if (positionals.length > 0 && !positionals.some((each) => isPartOf(name, each))) continue;
      console.error(`${name} ...`);
      rows.push(...(await measure(folder)));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  printRows(rows);
  if (positionals.length === 0) writePage(PAGE, rows);
  else if (values.write) updatePage(PAGE, rows);
  if (rows.some((row) => verdictOf(row) === 'missed')) process.exitCode = 1;
}

/**
 * Checks a name. `huge` means `huge`, `huge-edits` and `huge-projects`, the first of which takes as long as npm does.
 */
function isPartOf(name: string, given: string): boolean {
  return name === given || name.startsWith(`${given}-`);
}

function built(name: string): string {
  const file = join(values.dist, name);
  if (!existsSync(file)) throw new Error(`${file} is not there; run npm run build first.`);
  return file;
}
