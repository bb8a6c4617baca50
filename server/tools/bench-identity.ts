/**
 * Measures the detection of deceptive names by the name alone:
 *
 *     node server/tools/bench-identity.ts [<data folder>] [--ordinary <table>] [--list]
 *
 * The data folder holds the labelled lists (confusion-train.tsv, benign-lookalikes.tsv); lockfiles in a folder
 * `corpus` beside it are read for the names that real projects install. `--ordinary` names a table of `name,
 * version, downloads a month`, of which the ranks 20,000 to 60,000 count as ordinary names. `--list` prints
 * each name that got a verdict.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { judgeName, type NameVerdict } from '../src/core/identity/confusable-with.ts';
import { parsePopularNames } from '../src/core/identity/popular-names.ts';
import { MECHANISMS } from '../src/core/identity/verdict.ts';

interface Attack {
  readonly name: string;
  readonly target: string;
  readonly category: string;
  readonly source: string;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { ordinary: { type: 'string' }, list: { type: 'boolean', default: false } },
});
const folder = resolve(positionals[0] ?? join(import.meta.dirname, '../../../shared/data'));

if (existsSync(join(folder, 'confusion-train.tsv'))) bench();
else {
  console.error(
    `bench-identity: ${folder} does not hold confusion-train.tsv; give the folder of the labelled lists.`,
  );
  process.exitCode = 2;
}

function bench(): void {
  const text = readFileSync(join(import.meta.dirname, '../data/popular-names.txt'), 'utf8');
  const loadStart = performance.now();
  const popular = parsePopularNames(text);
  const parsed = performance.now();
  judgeName('a-name-that-nobody-has', popular);
  const indexed = performance.now();
  console.log(
    `popular names: ${popular.size}, read in ${ms(parsed - loadStart)}, indexed in ${ms(indexed - parsed)}`,
  );

  const judge = (name: string): NameVerdict | undefined => judgeName(name, popular);
  const attacks = readAttacks(join(folder, 'confusion-train.tsv'));
  const core = attacks.filter(({ category }) => !category.includes(':'));
  const listed = core.filter(({ target }) => popular.has(target));
  console.log('\nAttacks                                   number  right target  as a warning');
  printRecall('core, target is popular', listed, judge);
  printRecall('core', core, judge);
  printRecall(
    'labelled ecosystems2025',
    attacks.filter(({ source }) => source.includes('ecosystems2025')),
    judge,
  );
  for (const [category, members] of groupBy(listed, (attack) => attack.category)) {
    printRecall(`  ${category}`, members, judge);
  }

  const benign = readRows(join(folder, 'benign-lookalikes.tsv'));
  const bySource = groupBy(benign, (row) => row[3] ?? '');
  const sets: [label: string, names: readonly string[]][] = [
    ['popular names', popular.names],
    ['benign look-alikes', benign.map(([name = '']) => name)],
    ...[...bySource].map(([source, rows]): [string, string[]] => [
      `  ${source}`,
      rows.map(([name = '']) => name),
    ]),
    ['lockfiles of the corpus', corpusNames(join(folder, '../corpus'))],
  ];
  if (values.ordinary !== undefined) {
    sets.push([
      'ordinary names, ranks 20,000-60,000',
      ordinaryNames(values.ordinary).filter((name) => !popular.has(name)),
    ]);
  }
  console.log('\nFalse alarms                              number      warnings         hints');
  for (const [label, names] of sets) printFalseAlarms(label, names, judge);

  console.log('\nMechanism                     attacks found (warned)   benign and ordinary warned, hinted');
  const unsuspicious = new Set(sets.flatMap(([, names]) => names));
  printMechanisms(listed, [...unsuspicious], judge);
  printTimes(
    [...unsuspicious].filter((name) => !popular.has(name)),
    judge,
  );
}

type Judge = (name: string) => NameVerdict | undefined;

function printRecall(label: string, attacks: readonly Attack[], judge: Judge): void {
  const right = attacks.filter(({ name, target }) => judge(name)?.target === target);
  const warned = right.filter(({ name }) => judge(name)?.strength === 'strong');
  console.log(
    label.padEnd(40),
    String(attacks.length).padStart(7),
    share(right.length, attacks.length).padStart(13),
    share(warned.length, attacks.length).padStart(13),
  );
  if (!values.list || label.startsWith(' ')) return;
  for (const { name, target } of attacks) {
    const verdict = judge(name);
    if (verdict?.target !== target)
      console.log(`    missed ${name} for ${target}, said ${verdict?.target ?? 'nothing'}`);
  }
}

function printFalseAlarms(label: string, names: readonly string[], judge: Judge): void {
  const verdicts = names.flatMap((name) => {
    const verdict = judge(name);
    return verdict === undefined ? [] : [{ name, verdict }];
  });
  const warnings = verdicts.filter(({ verdict }) => verdict.strength === 'strong');
  console.log(
    label.padEnd(40),
    String(names.length).padStart(7),
    share(warnings.length, names.length).padStart(13),
    share(verdicts.length - warnings.length, names.length).padStart(13),
  );
  if (!values.list || label.startsWith(' ')) return;
  for (const { name, verdict } of verdicts)
    console.log(`    ${verdict.confidence} ${name} ${verdict.evidence}`);
}

function printMechanisms(attacks: readonly Attack[], benign: readonly string[], judge: Judge): void {
  const verdicts = benign.flatMap((name) => judge(name) ?? []);
  for (const mechanism of MECHANISMS) {
    const found = attacks.filter(({ name, target }) => {
      const verdict = judge(name);
      return verdict?.mechanism === mechanism && verdict.target === target;
    });
    const warned = found.filter(({ name }) => judge(name)?.strength === 'strong').length;
    const alarms = verdicts.filter((verdict) => verdict.mechanism === mechanism);
    const alarmed = alarms.filter(({ strength }) => strength === 'strong').length;
    console.log(
      `${mechanism.padEnd(30)} ${found.length} (${warned})`.padEnd(54),
      `${alarmed}, ${alarms.length - alarmed}`,
    );
  }
}

function printTimes(names: readonly string[], judge: Judge): void {
  for (const name of names) judge(name);
  let slowest = 0;
  const start = performance.now();
  for (const name of names) {
    const before = performance.now();
    judge(name);
    slowest = Math.max(slowest, performance.now() - before);
  }
  const mean = ((performance.now() - start) / names.length) * 1000;
  console.log(
    `\n${names.length} names that are not popular: ${mean.toFixed(1)} microseconds a name, the slowest ${ms(slowest)}`,
  );
}

function readRows(path: string): string[][] {
  const rows = readFileSync(path, 'utf8').trimEnd().split('\n').slice(1);
  return rows.map((row) => row.split('\t'));
}

function readAttacks(path: string): Attack[] {
  return readRows(path).map(([name = '', target = '', category = '', source = '']) => ({
    name,
    target,
    category,
    source,
  }));
}

function ordinaryNames(path: string): string[] {
  const rows = readRows(path).map(([name = '', , downloads]): [string, number] => [name, Number(downloads)]);
  const ranked = rows.sort(([, a], [, b]) => b - a).map(([name]) => name);
  return ranked.slice(20_000, 60_000);
}

/** Package names in lockfiles of every format, found by how each writes them; a few may be missed. */
function corpusNames(path: string): string[] {
  const names = new Set<string>();
  if (!existsSync(path)) return [];
  const name = String.raw`((?:@[\w.-]+/)?[\w.-]+)`;
  const patterns = [
    new RegExp(`node_modules/${name}": \\{`, 'g'), // npm
    new RegExp(`^"?${name}@.*:$`, 'gm'), // Yarn
    new RegExp(`^ {2}'?/?${name}[@/]\\d.*:$`, 'gm'), // pnpm
    new RegExp(`^ {4}"${name}": \\["`, 'gm'), // Bun
  ];
  for (const entry of readdirSync(path, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/lock|shrinkwrap/.test(entry.name)) continue;
    const bytes = readFileSync(join(entry.parentPath, entry.name));
    const text = (entry.name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
    for (const pattern of patterns) for (const match of text.matchAll(pattern)) names.add(match[1]!);
  }
  return [...names];
}

/** Kept apart in order of first appearance. */
function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}

function share(part: number, whole: number): string {
  return `${part} ${((100 * part) / Math.max(whole, 1)).toFixed(2)} %`;
}

function ms(milliseconds: number): string {
  return `${milliseconds.toFixed(1)} ms`;
}
