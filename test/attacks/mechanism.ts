import type { Base, Files, VariantName } from './base-project.ts';
import { LOCKFILES } from './base-project.ts';
import { type EntryChange, editEntry, yamlScalar } from './edit-lockfile.ts';
import type { Commits, GitPackage } from './git-repositories.ts';
import { integrityOf } from './marker-tarball.ts';
import { PLANTED_ALPHA } from './packages.ts';

/** A text of a file that has to be reported, as it is written there, without the quotes around it. */
export interface Token {
  readonly path: string;
  /** Of several, any: the entry's key says as much as the member beside one that is missing. */
  readonly text: string | readonly string[];
}

/** A change that installs another package than the project means. */
export interface Plant {
  /** The files that it writes. */
  readonly files: Files;
  readonly token: Token;
  /** What `diff` has to name, of several any: the package, or a text of the change where no package is told. */
  readonly mention: string | readonly string[];
}

/** How a cell is installed, where the frozen install of the whole project is not what a victim runs. */
interface Installation {
  /** The folder that is installed, below the project. */
  readonly folder?: string;
  /** The manager's arguments. */
  readonly args?: readonly string[];
  /** Variables of the environment beside those of every install. */
  readonly env?: Readonly<Record<string, string>>;
  /** The file of the installed project that proves the change. Left out: the planted package's marker, anywhere. */
  readonly proof?: string;
}

/** One way to hide what an installation gets. */
export interface Mechanism {
  readonly id: string;
  /** Says what the change does, as a row of the table. */
  readonly title: string;
  readonly scenario: Base['scenario'];
  appliesTo(base: Base): boolean;
  /** Files that the project has before the change, beside those of its base. */
  before?(project: Project): Files;
  readonly installation?: Installation;
  plant(project: Project): Plant;
  /**
   * The files of a change that looks alike and is right: nothing is reported of it. Left out: an update of a direct
   * dependency that the manager itself made.
   */
  honest?(project: Project): Files;
  /** True where `diff` shows the honest change, too: it is one, and only a person can tell that it is meant. */
  readonly isHonestShown?: true;
  /**
   * Left out: both. diff: an honest change looks the same to whoever does not see the state before it. check: no lockfile
   * is there to compare.
   */
  readonly reportedBy?: 'check' | 'diff';
}

/** What was measured when the projects were made. */
export interface Facts {
  /** Of Yarn 2 and later, the checksum of the planted archive under the name `alpha`, and of planted commits. */
  readonly checksums: Readonly<Record<string, string>>;
  readonly commits: Readonly<Record<GitPackage | 'fork', Commits>>;
}

/** An honest project of the table, and how its lockfile is changed. */
export class Project {
  readonly base: Base;
  readonly files: Readonly<Record<string, string>>;
  readonly variants: Readonly<Partial<Record<VariantName, Readonly<Record<string, string>>>>>;
  readonly facts: Facts;

  constructor(
    base: Base,
    files: Readonly<Record<string, string>>,
    variants: Project['variants'],
    facts: Facts,
  ) {
    this.base = base;
    this.files = files;
    this.variants = variants;
    this.facts = facts;
  }

  get lockfilePath(): string {
    return LOCKFILES[this.base.family];
  }

  get lockfile(): string {
    return this.files[this.lockfilePath]!;
  }

  /** The files of a variant that the manager made. */
  variant(name: VariantName): Readonly<Record<string, string>> {
    const files = this.variants[name];
    if (files === undefined) throw new Error(`${this.base.id} has no ${name}`);
    return files;
  }

  file(path: string): string {
    const text = this.files[path];
    if (text === undefined) throw new Error(`${this.base.id} has no ${path}`);
    return text;
  }

  /** The lockfile with one entry changed. */
  withEntry(name: string, change: EntryChange, text = this.lockfile): string {
    return editEntry(this.base.family, text, name, change);
  }

  /** The files of a change of the lockfile alone. */
  lockfileOnly(text: string): Files {
    return { [this.lockfilePath]: text };
  }

  /** The hash of the planted archive as this lockfile writes hashes. */
  get plantedHash(): string {
    if (this.base.family !== 'yarn-berry') return integrityOf(PLANTED_ALPHA);
    const checksum = this.facts.checksums.alpha;
    if (checksum === undefined) throw new Error(`${this.base.id} knows no checksum of the planted archive`);
    return checksum;
  }

  /** The token of a URL that `withEntry` wrote. */
  urlToken(url: string): Token {
    const path = this.lockfilePath;
    switch (this.base.family) {
      case 'yarn-berry':
        return { path, text: encodeURIComponent(url) };
      case 'pnpm':
        return { path, text: yamlScalar(url).replace(/^"|"$/g, '') };
      default:
        return { path, text: JSON.stringify(url).slice(1, -1) };
    }
  }
}
