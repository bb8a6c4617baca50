import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Severity } from '../../server/src/core/read/text/finding.ts';
import type { JsonFinding, JsonReport } from '../../server/src/core/show/report/check/json.ts';
import type { Cell } from './fixtures.ts';
import { writeFiles } from './make-projects.ts';
import { honestFiles } from './prove.ts';

/** Runs the product and returns its exit code and standard output. */
export type Run = (args: readonly string[]) => Promise<{ readonly code: number; readonly out: string }>;

export interface CellReport {
  /** The finding of `check` at the cell's token; undefined if there is none. */
  readonly check: { readonly rule: string; readonly severity: Severity } | undefined;
  /** All findings of `check` in the planted project, at any token. */
  readonly found: readonly string[];
  /** Whether `diff` names the change. */
  readonly diff: boolean;
  /** The reports about the honest change, which should be empty. */
  readonly honest: readonly string[];
}

/**
 * Runs the product for cells: each has a folder with its honest project committed and the planted change in git's
 * index, and one with the honest change. One run of `check` and one of `diff` cover them all.
 */
export async function reportsOf(
  cells: readonly Cell[],
  folder: string,
  run: Run,
): Promise<ReadonlyMap<Cell, CellReport>> {
  mkdirSync(folder, { recursive: true });
  // Cells that differ only in the manager that reads them are tested once.
  const alike = new Map<string, Cell[]>();
  for (const cell of cells) {
    const content = contentOf(cell);
    alike.set(content, [...(alike.get(content) ?? []), cell]);
  }
  const asked = [...alike.values()].map(([first]) => first!);
  for (const cell of asked) {
    const files = { ...cell.project.files, ...cell.mechanism.before?.(cell.project) };
    for (const place of [`${cell.id}/planted`, honestPlace(cell)]) writeFiles(join(folder, place), files);
  }
  // Reports about an unchanged honest project, such as an old format, are not false alarms about a change.
  const bases = new Map(asked.map(({ project }) => [project.base.id, project]));
  for (const [id, { files }] of bases) writeFiles(join(folder, id, 'base', 'unchanged'), files);
  commitAll(folder);
  for (const cell of asked) {
    writeFiles(join(folder, cell.id, 'planted'), cell.mechanism.plant(cell.project).files);
    writeFiles(join(folder, honestPlace(cell)), honestFiles(cell));
  }
  // As in a pull request: everything is in git, and the base is given.
  git(folder, 'add', '--all', '--force');
  const check = JSON.parse(
    (await run(['check', folder, '--base', 'HEAD', '--format', 'json'])).out,
  ) as JsonReport;
  const diff = JSON.parse((await run(['diff', folder, '--format', 'json'])).out) as object;
  const findings = new Map<string, JsonFinding[]>();
  for (const finding of check.findings) {
    const place = placeOf(finding.path);
    findings.set(place, [...(findings.get(place) ?? []), finding]);
  }
  const differences = differencesByPlace(diff);
  const reports = new Map<Cell, CellReport>();
  const alarmsAt = (place: string) =>
    (findings.get(place) ?? []).filter(isAlarm).map((one) => `check: ${one.rule} at ${textOf(folder, one)}`);
  for (const [cell = asked[0]!, ...others] of alike.values()) {
    const { id } = cell;
    const { token, mention } = cell.mechanism.plant(cell.project);
    const planted = (findings.get(`${id}/planted`) ?? []).filter(isAlarm);
    const texts = [token.text].flat().map((text) => tokenText(text));
    const match = planted.find(
      (finding) => finding.path === `${id}/planted/${token.path}` && texts.includes(textOf(folder, finding)),
    );
    const before = alarmsAt(`${cell.project.base.id}/base/unchanged`);
    const honest = alarmsAt(honestPlace(cell)).filter(
      (alarm) => !before.includes(alarm) && !isAboutNoLockfile(cell, alarm),
    );
    const altered = (differences.get(honestPlace(cell)) ?? []).filter(
      (one) => one.altered && cell.mechanism.isHonestShown !== true,
    );
    const report: CellReport = {
      check: match === undefined ? undefined : { rule: match.rule, severity: match.severity },
      found: planted.map((finding) => `${finding.rule} (${finding.severity}) at ${textOf(folder, finding)}`),
      diff: (differences.get(`${id}/planted`) ?? []).some(({ words }) =>
        [mention].flat().some((text) => words.includes(text)),
      ),
      honest: [...honest, ...altered.map(({ words }) => `diff: ${words}`)],
    };
    for (const one of [cell, ...others]) reports.set(one, report);
  }
  return reports;
}

/** Checks for a report that is not a false alarm because the project is meant to have no lockfile. */
function isAboutNoLockfile({ mechanism }: Cell, alarm: string): boolean {
  return mechanism.reportedBy === 'check' && alarm.startsWith('check: lockfile-missing ');
}

/** Returns everything in a cell that the product reads. */
function contentOf({ project, mechanism }: Cell): string {
  const { files } = mechanism.plant(project);
  const states = [project.files, mechanism.before?.(project) ?? {}, files, mechanism.honest?.(project) ?? {}];
  return `${mechanism.id} ${JSON.stringify(states)}`;
}

/** Returns the folder of a cell's honest change; the manager's own update is the same for all cells of a base. */
function honestPlace({ id, project, mechanism }: Cell): string {
  return mechanism.honest === undefined ? `${project.base.id}/base/updated` : `${id}/honest`;
}

function isAlarm({ severity }: JsonFinding): boolean {
  return severity === 'error' || severity === 'warning';
}

/** Returns the first three segments of a file's path, `base/mechanism/variant`. */
function placeOf(path: string): string {
  return path.split('/').slice(0, 3).join('/');
}

/** Returns the text at a finding, without surrounding quotes. */
function textOf(folder: string, { path, range }: JsonFinding): string {
  const lines = readFileSync(join(folder, path), 'utf8')
    .split('\n')
    .slice(range.start.line, range.end.line + 1);
  const last = lines.length - 1;
  lines[last] = lines[last]!.slice(0, range.end.character);
  lines[0] = lines[0]!.slice(range.start.character);
  return tokenText(lines.join('\n'));
}

function tokenText(text: string): string {
  return text.replace(/^(["'])(.*)\1$/s, '$2');
}

interface Difference {
  readonly words: string;
  /** Whether something changed within the same version, which no honest change does. */
  readonly altered: boolean;
}

/** Returns everything in the JSON of `diff` that has a path and a non-empty list, by the place of the path. */
function differencesByPlace(value: unknown): ReadonlyMap<string, readonly Difference[]> {
  const found = new Map<string, Difference[]>();
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const { path, base: _base, ...rest } = node as Record<string, unknown>;
    if (Array.isArray(node) || typeof path !== 'string') {
      for (const child of Object.values(node)) visit(child);
      return;
    }
    const place = placeOf(path);
    const lists = Object.entries(rest).filter(([, one]) => Array.isArray(one) && one.length > 0);
    // An object without lists is a difference by itself.
    const isPlain = !Object.values(rest).some(Array.isArray);
    // A lockfile that could not be read completely has a status.
    const state = rest.status === 'partial' ? { status: rest.status, reason: rest.reason } : {};
    const words = JSON.stringify(isPlain ? rest : { ...state, ...Object.fromEntries(lists) });
    const altered = lists.some(([name]) => name === 'altered');
    if (isPlain || lists.length > 0 || rest.status === 'partial')
      found.set(place, [...(found.get(place) ?? []), { words, altered }]);
  };
  visit(value);
  return found;
}

function commitAll(folder: string): void {
  git(folder, 'init', '--quiet', '--initial-branch=main');
  git(folder, 'add', '--all', '--force');
  git(folder, 'commit', '--quiet', '--message=honest');
}

function git(folder: string, ...args: readonly string[]): void {
  const identity = ['-c', 'user.name=A', '-c', 'user.email=a@example.test', '-c', 'commit.gpgsign=false'];
  const options = ['-c', 'core.excludesFile=', '-c', 'gc.auto=0', '-c', 'core.autocrlf=false'];
  execFileSync('git', [...identity, ...options, ...args], { cwd: folder, stdio: 'ignore' });
}
