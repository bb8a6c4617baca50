import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { BASES, type Base } from './base-project.ts';
import { type Facts, type Mechanism, Project } from './mechanism.ts';
import { MECHANISMS } from './mechanisms/index.ts';

export const FIXTURES = resolve(import.meta.dirname, '../fixtures/attacks');

/** One mechanism in one honest project. */
export interface Cell {
  readonly id: string;
  readonly project: Project;
  readonly mechanism: Mechanism;
}

export function cellsOf(project: Project): readonly Cell[] {
  const { base } = project;
  return MECHANISMS.filter((one) => one.scenario === base.scenario && one.appliesTo(base)).map(
    (mechanism) => ({
      id: `${base.id}/${mechanism.id}`,
      project,
      mechanism,
    }),
  );
}

interface StoredProject {
  readonly managerVersion: string;
  readonly files: Readonly<Record<string, string>>;
  readonly variants: Project['variants'];
  readonly facts: Facts;
}

export function storeProject({ base, files, variants, facts }: Project, managerVersion: string): void {
  const stored: StoredProject = { managerVersion, files, variants, facts };
  storeJson(`${base.id}.json`, stored);
}

/** Returns the honest projects as created by the managers, by base. */
export function storedProjects(): readonly Project[] {
  return BASES.flatMap((base) => {
    const stored = storedProject(base);
    return stored === undefined ? [] : [new Project(base, stored.files, stored.variants, stored.facts)];
  });
}

export function storedProject(base: Base): StoredProject | undefined {
  const file = join(FIXTURES, `${base.id}.json`);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as StoredProject) : undefined;
}

/**
 * The effect of a frozen install of a planted change. installs: the planted package is installed; ignores: the install
 * succeeds without it; otherwise the error code with which the manager refuses.
 */
export type Outcome = 'installs' | 'ignores' | `refuses: ${string}`;

const OUTCOMES = 'outcomes.json';

/** Returns the outcome of each cell's install, by the cell's id. */
export function storedOutcomes(): Record<string, Outcome> {
  const file = join(FIXTURES, OUTCOMES);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, Outcome>) : {};
}

/** Stores outcomes, and keeps those of other cells unless these are all. */
export function storeOutcomes(outcomes: Readonly<Record<string, Outcome>>, areAll: boolean): void {
  const sorted = Object.entries({ ...(areAll ? {} : storedOutcomes()), ...outcomes }).sort(([a], [b]) =>
    a < b ? -1 : 1,
  );
  storeJson(OUTCOMES, Object.fromEntries(sorted));
}

function storeJson(name: string, value: object): void {
  mkdirSync(FIXTURES, { recursive: true });
  writeFileSync(join(FIXTURES, name), `${JSON.stringify(value, undefined, 2)}\n`);
}
