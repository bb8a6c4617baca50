/**
 * Creates a new rule: its file, its test, its line at the end of the list of rules, and the files generated from these.
 * All checks pass at once, so that each further step can be checked.
 *
 *     npm run new-rule -- <rule-id>
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { indexWithRule, ruleSkeleton, testSkeleton } from './generate/rule-skeleton.ts';

process.exitCode = await main(process.argv.slice(2));

async function main([id, ...more]: readonly string[]): Promise<number> {
  if (id === undefined || more.length > 0 || !/^[a-z]+(?:-[a-z]+)+$/.test(id)) {
    return fail(
      'Give the id of the new rule: two or more words of a-z with dashes between, such as "npm run new-rule -- odd-name".',
    );
  }
  const root = join(import.meta.dirname, '../..');
  const rule = join(root, `server/src/core/judge/rules/${id}.ts`);
  const test = join(root, `test/unit/judge/rules/${id}.test.ts`);
  if (existsSync(rule)) return fail(`The rule ${id} exists already.`);
  const index = join(root, 'server/src/core/judge/rules/index.ts');
  writeFileSync(rule, ruleSkeleton(id));
  writeFileSync(test, testSkeleton(id));
  writeFileSync(index, indexWithRule(readFileSync(index, 'utf8'), id));
  // Loaded after the list was written, as it imports the list.
  const { generate } = await import('./generate.ts');
  generate(false);
  console.log(`server/src/core/judge/rules/${id}.ts
test/unit/judge/rules/${id}.test.ts
server/docs/rules/${id}.md
Next: move its line in server/src/core/judge/rules/index.ts beside related rules, then write the rule and its test.
After each change: "npm run generate" and "npm test -- test/unit/judge/rules/${id}.test.ts".
All steps: CONTRIBUTING.md, "Add a rule".`);
  return 0;
}

function fail(message: string): number {
  console.error(`new-rule: ${message}`);
  return 2;
}
