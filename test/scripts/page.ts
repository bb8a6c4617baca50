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

/** What one package manager did with a setting. */
export interface SettingRow {
  readonly manager: string;
  readonly version: string;
  readonly what: string;
  readonly runs: boolean;
  readonly rule: string;
  readonly isReported: boolean;
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
export function scriptsPage(rows: readonly Row[], settings: readonly SettingRow[]): string {
  const cell = (decided: Decided | null) =>
    decided === null ? '–' : decided.hasRun ? 'runs' : 'does not run';
  const lines = rows.map(
    ({ manager, version, unreviewed, approved, denied }) =>
      `| ${manager} (${version}) | ${unreviewed} | ${cell(approved)} | ${cell(denied)} |`,
  );
  const set = settings.map(
    ({ manager, version, what, runs, rule }) =>
      `| ${manager} (${version}) | ${what} | ${runs ? 'runs' : 'does not run'} | [\`${rule}\`](rules/${rule}.md) |`,
  );
  return `# Install scripts with real package managers

Each row is three installs of a package whose \`postinstall\` script writes a file: unreviewed, after \`a\` and after \`d\` in
\`dephygiene scripts --review\`. Each install has its own cache. Nothing is left to decide after either. Made by
\`node test/scripts/run.ts\`, which \`npm run test:long\` runs; it fails where an install differs from what \`dephygiene scripts\`
lists. –: there is no such decision.

| Package manager | Unreviewed | Approved | Denied |
| --- | --- | --- | --- |
${lines.join('\n')}

## Settings

Decisions without an effect, and settings that run every script. The rule in the last column reports each of them.

| Package manager | Setting | The script | Rule |
| --- | --- | --- | --- |
${set.join('\n')}
`;
}

export function writePage(text: string): void {
  writeFileSync(join(import.meta.dirname, '../../server/docs/scripts-table.md'), text);
}
