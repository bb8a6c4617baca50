import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface Decided {
  readonly hasRun: boolean;
  readonly code: number;
  /** Whether the list still has something to decide. */
  readonly isOpen: boolean;
}

/** What one package manager did. */
export interface Row {
  readonly manager: string;
  readonly version: string;
  /** The decision and the outcome that `dephygiene scripts` lists. */
  readonly listed: string;
  readonly predicted: string | null;
  /** What the first install did. */
  readonly unreviewed: 'runs' | 'skipped' | 'fails';
  /** The installs after a decision; null if there is no such decision. */
  readonly approved: Decided | null;
  readonly denied: Decided | null;
}

/** Returns what is wrong in a row: a wrong prediction, or a decision without effect. */
export function readRow({ predicted, unreviewed, approved, denied, listed }: Row): readonly string[] {
  return [
    ...(listed === 'missing' ? ['the script is not listed'] : []),
    ...(predicted === unreviewed ? [] : [`predicted ${predicted}, but ${unreviewed}`]),
    ...(approved === null || (approved.hasRun && approved.code === 0)
      ? []
      : [`approved, but ${approved.hasRun ? 'failed' : 'did not run'}`]),
    ...(denied === null || (!denied.hasRun && denied.code === 0)
      ? []
      : [`denied, but ${denied.hasRun ? 'ran' : 'failed'}`]),
    ...(approved?.isOpen === true || denied?.isOpen === true ? ['a decision is left'] : []),
  ];
}

/** Returns the page of the table. */
export function scriptsPage(rows: readonly Row[]): string {
  const cell = (decided: Decided | null) =>
    decided === null ? '–' : decided.hasRun ? 'runs' : 'does not run';
  const lines = rows.map(
    ({ manager, version, unreviewed, approved, denied }) =>
      `| ${manager} (${version}) | ${unreviewed} | ${cell(approved)} | ${cell(denied)} |`,
  );
  return `# Install scripts with real package managers

Each row is three installs of a package whose \`postinstall\` script writes a file: unreviewed, after \`a\` and after \`d\` in
\`dephygiene scripts --review\`. Each install has its own cache. Nothing is left to decide after either. Made by
\`node test/scripts/run.ts\`, which \`npm run test:long\` runs; it fails where an install differs from what \`dephygiene scripts\`
lists. –: there is no such decision.

| Package manager | Unreviewed | Approved | Denied |
| --- | --- | --- | --- |
${lines.join('\n')}
`;
}

export function writePage(text: string): void {
  writeFileSync(join(import.meta.dirname, '../../server/docs/scripts-table.md'), text);
}
