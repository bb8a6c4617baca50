/** Returns a rule that compiles and reports one thing, as a starting point. */
export function ruleSkeleton(id: string): string {
  return `import { defineRule } from '../check/rule.ts';

// Why the rule exists, the source of its facts, and its known false alarms.
interface Data {
  readonly name: string;
}

export const ${exportName(id)} = defineRule<Data, Record<string, never>>({
  id: '${id}',
  category: 'versions',
  preset: 'recommended',
  severity: 'warning',
  facts: [],
  options: {},
  docs: {
    summary: 'One sentence: what it reports.',
    why: 'Why it matters, in one or two short paragraphs.',
    bad: \`-- package.json --
{
  "dependencies": {
    "to-be-reported": "1.0.0"
    ^^^^^^^^^^^^^^^^ ${id}: "to-be-reported" is a name for a new rule's first test; use another.
  }
}
\`,
    good: \`-- package.json --
{
  "dependencies": {
    "lodash": "^4.17.0"
  }
}
\`,
  },
  check: {
    *manifest(manifest) {
      for (const { name, nameSpan } of manifest.dependencies) {
        if (name === 'to-be-reported') yield { span: nameSpan, data: { name }, package: name };
      }
    },
  },
  message: ({ data }) => \`"\${data.name}" is a name for a new rule's first test; use another.\`,
});
`;
}

/**
 * Returns the test of a new rule. It holds the two examples, so that nothing in it has to follow when they change, and
 * names what to add.
 */
export function testSkeleton(id: string): string {
  const name = exportName(id);
  return `import { describe, test } from 'node:test';
import { ${name} } from '../../../../server/src/core/judge/rules/${id}.ts';
import { expectMarks } from '../../../workspace.ts';

describe('${id}', () => {
  test('reports the example', () => expectMarks(${name}.docs.bad, { rules: ['${id}'] }));

  test('is silent on the fixed example', () => expectMarks(${name}.docs.good, { rules: ['${id}'] }));

  // To add: near misses that it must not report, its other files, and its fix (\`fixOf\` of test/workspace.ts).
});
`;
}

/**
 * Returns the list of rules with this one at its end: its order is the order of the documentation, which a person has
 * to decide. Imports stay sorted by file.
 */
export function indexWithRule(index: string, id: string): string {
  const lines = index.split('\n');
  const path = `./${id}.ts`;
  const after = lines.findLastIndex((line) => {
    const imported = /^import .* from '(\.\/.+)';$/.exec(line)?.[1];
    return imported !== undefined && imported < path;
  });
  lines.splice(after + 1, 0, `import { ${exportName(id)} } from '${path}';`);
  lines.splice(lines.lastIndexOf('];'), 0, `  ${exportName(id)},`);
  return lines.join('\n');
}

function exportName(id: string): string {
  return id.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
