import type { RuleDocs } from '../../../judge/check/rule.ts';

/** One file of an example in a rule's documentation. */
export interface ExampleFile {
  readonly path: string;
  readonly text: string;
}

/**
 * Returns the files of `docs.bad` or `docs.good`, without the lines that mark the expected findings for the test that
 * runs the example.
 */
export function exampleFiles(example: string): readonly ExampleFile[] {
  const files: { path: string; lines: string[] }[] = [];
  for (const line of example.split('\n')) {
    const path = headerPath(line);
    if (path !== undefined) files.push({ path, lines: [] });
    else if (!isMark(line)) files.at(-1)?.lines.push(line);
  }
  return files.map(({ path, lines }) => ({ path, text: lines.join('\n').trim() }));
}

/** Formats the registry's data on each package in the examples, one per line. */
export function registryLines(registry: NonNullable<RuleDocs['registry']>): readonly string[] {
  return Object.entries(registry).map(([name, document]) => `${name}: ${JSON.stringify(document)}`);
}

/** Formats the advisories on packages in the examples, one per line. */
export function advisoryLines(advisories: NonNullable<RuleDocs['advisories']>): readonly string[] {
  return advisories.map((record) => JSON.stringify(record));
}

/** Parses `-- path --`, or `-- path crlf --` where the test needs other line endings. */
function headerPath(line: string): string | undefined {
  return /^\s*-- (\S+)(?: crlf)? --$/.exec(line)?.[1];
}

function isMark(line: string): boolean {
  return /^\s*\^+ [a-z][a-z-]*(?::|$|\s)/.test(line);
}
