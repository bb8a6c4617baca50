/**
 * Starts a new rule: its file, its test, and its line in the list of rules.
 *
 *     node server/tools/new-rule.ts <rule-id>
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { indexWithRule, ruleSkeleton, testSkeleton } from './generate/rule-skeleton.ts';

process.exitCode = main(process.argv.slice(2));

function main([id, ...more]: readonly string[]): number {
  if (id === undefined || more.length > 0 || !/^[a-z]+(?:-[a-z]+)+$/.test(id)) {
    return fail('give the id of the new rule: words in lower case with dashes, as in "new-rule odd-name".');
  }
  const root = join(import.meta.dirname, '../..');
  const rule = join(root, `server/src/core/rules/${id}.ts`);
  const test = join(root, `test/unit/rules/${id}.test.ts`);
  if (existsSync(rule)) return fail(`there is a rule ${id} already.`);
  const index = join(root, 'server/src/core/rules/index.ts');
  writeFileSync(rule, ruleSkeleton(id));
  writeFileSync(test, testSkeleton(id));
  writeFileSync(index, indexWithRule(readFileSync(index, 'utf8'), id));
  console.log(`server/src/core/rules/${id}.ts
test/unit/rules/${id}.test.ts
Write both, then run "npm run generate" and "node --test test/unit/rules/${id}.test.ts".`);
  return 0;
}

function fail(message: string): number {
  console.error(`new-rule: ${message}`);
  return 2;
}
