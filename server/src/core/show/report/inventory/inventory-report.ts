import { printableJson } from '../../../read/text/words/visible-text.ts';
import { plural } from '../../../read/text/words/words.ts';

/** What a run of `inventory` did with one repository. */
export interface InventoryRepository {
  readonly repository: string;
  readonly path: string;
  /** Undefined if there is no commit. */
  readonly commit: string | undefined;
  /** unchanged: the folder has this commit already. */
  readonly state: 'written' | 'unchanged' | 'not-read';
  readonly lockfiles: number;
  readonly packages: number;
  readonly notRead: readonly { readonly subject: string; readonly reason: string }[];
}

export interface InventoryReport {
  readonly folder: string;
  readonly repositories: readonly InventoryRepository[];
  readonly notRead: readonly { readonly subject: string; readonly reason: string }[];
}

/** 2 if something could not be read. */
export function inventoryExitCode({ repositories, notRead }: InventoryReport): 0 | 2 {
  return notRead.length > 0 || repositories.some((each) => each.notRead.length > 0) ? 2 : 0;
}

/** Returns the report as JSON, as `inventory-report.schema.json` describes it. */
export function inventoryJson({ folder, repositories, notRead }: InventoryReport): string {
  const all = repositories.map(({ commit, ...each }) => ({ ...each, commit: commit ?? null }));
  return `${printableJson(JSON.stringify({ version: 1, folder, repositories: all, notRead }, undefined, 2))}\n`;
}

/** Returns the report for people. */
export function inventoryText({ folder, repositories, notRead }: InventoryReport): string {
  const sum = (of: (each: InventoryRepository) => number) =>
    repositories.reduce((total, each) => total + of(each), 0);
  const written = repositories.filter(({ state }) => state === 'written').length;
  const lines = [
    `${plural(repositories.length, 'repository', 'repositories')}, ${written} of them read in this run: ` +
      `${plural(
        sum(({ packages }) => packages),
        'package version',
      )} in ${plural(
        sum(({ lockfiles }) => lockfiles),
        'lockfile',
      )}.`,
    `The rows are in ${folder}.`,
  ];
  const gaps = [
    ...notRead,
    ...repositories.flatMap((each) =>
      each.notRead.map(({ subject, reason }) => ({
        subject: subject === '.' ? each.repository : `${each.repository}: ${subject}`,
        reason,
      })),
    ),
  ];
  if (gaps.length > 0)
    lines.push('', 'Not read', ...gaps.map(({ subject, reason }) => `  ${subject}: ${reason}`));
  return `${lines.join('\n')}\n`;
}
