/**
 * Lists the sentences that break the mechanical points of the guide for words in CONTRIBUTING.md: in rules, settings,
 * commands, reports, the README and the docs. Exits with 1 if there are any.
 *
 *     node server/tools/prose.ts [path...]
 */
import { globSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { ALLOWED } from './prose/allowed.ts';
import { findFaults, type ProseFault } from './prose/find-faults.ts';
import { markdownTexts } from './prose/markdown-text.ts';
import { sourceTexts } from './prose/source-texts.ts';

const root = join(import.meta.dirname, '../..');

const PAGES = ['*.md', 'server/docs/**/*.md', '.github/**/*.md'];
/** Pages generated from texts that are checked at their source. */
const GENERATED = /^server\/docs\/(?:rules\/|settings\.md$|security-table\.md$)/;
const SOURCES = ['server/src/**/*.ts', 'client/src/**/*.ts'];

const asked = process.argv.slice(2).map((path) => relative(root, resolve(path)));
const files = globSync([...PAGES, ...SOURCES, 'package.json', 'package.nls.json'], { cwd: root })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => !GENERATED.test(file))
  .filter((file) => asked.length === 0 || asked.some((path) => file === path || file.startsWith(`${path}/`)))
  .sort();

let count = 0;
for (const file of files) {
  for (const { sentence, reason } of faultsOf(file)) {
    if (ALLOWED.some(({ text }) => sentence.includes(text))) continue;
    console.log(`${file}: ${reason}\n    ${sentence}`);
    count++;
  }
}
if (count > 0) console.error(`${count} sentences to rewrite; see CONTRIBUTING.md, "Words".`);
process.exitCode = count > 0 ? 1 : 0;

function faultsOf(file: string): readonly ProseFault[] {
  const text = readFileSync(join(root, file), 'utf8');
  if (file.endsWith('.md')) return markdownTexts(text).flatMap(findFaults);
  const isData = file.endsWith('.json');
  const texts = isData ? shownTexts(file, JSON.parse(text)) : sourceTexts(file, text);
  return texts.flatMap((each) => markdownTexts(each)).flatMap(findFaults);
}

/** Returns every text of package.json's contributions, or of the file that has most of them. */
function shownTexts(file: string, data: { readonly contributes?: unknown }): readonly string[] {
  const texts: string[] = [];
  const walk = (value: unknown): void => {
    if (typeof value === 'string') {
      if (value.includes(' ')) texts.push(value);
    } else if (typeof value === 'object' && value !== null) Object.values(value).forEach(walk);
  };
  walk(file === 'package.json' ? data.contributes : data);
  return texts;
}
