/**
 * Builds server/data/popular-names.txt: the names that a deceptive name may imitate, with their number of downloads.
 *
 *     node server/tools/popular.ts [<popular-npm.tsv>] [--check]
 *
 * The sources are the names of npm-high-impact and a table of `rank, name, downloads a month`. Names that are only in
 * npm-high-impact have no download figure and go into the group `0`. A name that is listed as malicious in every
 * version (malicious-npm.tsv.gz beside the table) is skipped.
 *
 * With --check nothing is written: the exit code says whether the committed file is current. Without the table, the
 * committed file is compared with its own header and npm-high-impact only.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { npmHighImpact } from 'npm-high-impact';
import { parsePopularNames } from '../src/core/know/identity/popular-names.ts';

const output = join(import.meta.dirname, '../data/popular-names.txt');
const args = process.argv.slice(2);
const check = args.includes('--check');
const table = resolve(
  args.find((arg) => !arg.startsWith('--')) ??
    join(import.meta.dirname, '../../../shared/data/popular-npm.tsv'),
);

process.exitCode = main();

function main(): number {
  const committed = existsSync(output) ? readFileSync(output, 'utf8') : '';
  if (!existsSync(table)) {
    if (check) return checkWithoutTable(committed);
    console.error(`popular: ${table} does not exist; give the path of a table of rank, name and downloads.`);
    return 2;
  }
  const malicious = readMaliciousNames(join(dirname(table), 'malicious-npm.tsv.gz'));
  const ranked = readTable(readFileSync(table, 'utf8'));
  const known = new Set(ranked.map(([name]) => name));
  const unknown = npmHighImpact.filter((name) => !known.has(name)).map((name): [string, number] => [name, 0]);
  const all = [...ranked, ...unknown];
  const kept = all.filter(([name]) => !malicious.has(name));
  const leftOut = all.filter(([name]) => malicious.has(name)).map(([name]) => name);
  const text = format(kept, sourceDate(dirname(table)));

  if (check) {
    if (text === committed) return 0;
    console.error('popular: server/data/popular-names.txt is not current; run node server/tools/popular.ts.');
    return 1;
  }
  if (text !== committed) writeFileSync(output, text);
  if (leftOut.length > 0) console.log(`popular: left out as malicious: ${leftOut.join(', ')}`);
  console.log(`popular: ${kept.length} names, ${Buffer.byteLength(text)} bytes`);
  return 0;
}

/** Parses names with downloads a month, most downloaded first, after the header line. */
function readTable(text: string): [name: string, downloads: number][] {
  const rows = text.trimEnd().split('\n').slice(1);
  return rows.map((row) => {
    const [, name = '', downloads = '0'] = row.split('\t');
    return [name, Number(downloads)];
  });
}

function readMaliciousNames(path: string): ReadonlySet<string> {
  if (!existsSync(path)) return new Set();
  const rows = gunzipSync(readFileSync(path)).toString('utf8').trimEnd().split('\n').slice(1);
  return new Set(
    rows.map((row) => row.split('\t')).flatMap(([name = '', versions]) => (versions === '*' ? [name] : [])),
  );
}

/**
 * Formats one line per magnitude: downloads with two significant digits, then the names, unscoped ones first; of names
 * in one scope, only the first includes the scope.
 */
function format(names: readonly (readonly [name: string, downloads: number])[], date: string): string {
  const groups = new Map<number, string[]>();
  for (const [name, downloads] of names) {
    const magnitude = Number(downloads.toPrecision(2));
    const group = groups.get(magnitude);
    if (group === undefined) groups.set(magnitude, [name]);
    else group.push(name);
  }
  const lines = [...groups]
    .sort(([a], [b]) => b - a)
    .map(([magnitude, group]) => `${magnitude} ${shortened(group).join(' ')}`);
  const withFigure = names.filter(([, downloads]) => downloads > 0).length;
  return [
    `# Popular npm names by downloads a month. Sources: npm-high-impact ${highImpactVersion()}; npm download table of ${date}. ` +
      `${names.length} names, ${withFigure} with a figure.`,
    ...lines,
    '',
  ].join('\n');
}

function shortened(group: readonly string[]): string[] {
  const scoped = group.filter((name) => name.startsWith('@')).sort();
  const scopes = scoped.map((name) => name.slice(0, name.indexOf('/')));
  return [
    ...group.filter((name) => !name.startsWith('@')),
    ...scoped.map((name, i) => (scopes[i] === scopes[i - 1] ? name.slice(scopes[i]!.length) : name)),
  ];
}

function highImpactVersion(): string {
  const manifest = new URL('./package.json', import.meta.resolve('npm-high-impact'));
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version;
}

/** Returns the date from the README beside the table, which has none itself. */
function sourceDate(folder: string): string {
  const readme = join(folder, 'README.md');
  if (!existsSync(readme)) return 'unknown date';
  return /\bMade (\d{4}-\d{2}-\d{2})\b/.exec(readFileSync(readme, 'utf8'))?.[1] ?? 'unknown date';
}

function checkWithoutTable(committed: string): number {
  const popular = parsePopularNames(committed);
  const counted = Number(/(\d+) names,/.exec(committed)?.[1]);
  const missing = npmHighImpact.filter((name) => !popular.has(name));
  if (popular.size === counted && missing.length < npmHighImpact.length / 100) return 0;
  console.error('popular: server/data/popular-names.txt does not agree with its header or npm-high-impact.');
  return 1;
}
