import type { Base, Files, VariantName } from './base-project.ts';
import { LOCKFILES } from './base-project.ts';
import { type EntryChange, editEntry, yamlScalar } from './edit-lockfile.ts';
import type { Commits, GitPackage } from './git-repositories.ts';
import { integrityOf } from './marker-tarball.ts';
import { PLANTED_ALPHA } from './packages.ts';

/** The text in a file that has to be reported, without surrounding quotes. */
export interface Token {
  readonly path: string;
  /** Of several texts, any may be reported: the key of the entry is as good as the member next to a missing one. */
  readonly text: string | readonly string[];
}

/** A change that installs a package other than the intended one. */
export interface Plant {
  readonly files: Files;
  readonly token: Token;
  /** The text that `diff` has to contain, any of several: the package, or part of the change if no package is named. */
  readonly mention: string | readonly string[];
}

/** The install of a cell, if a victim runs something other than the frozen install of the whole project. */
interface Installation {
  /** The installed folder, below the project. */
  readonly folder?: string;
  readonly args?: readonly string[];
  /** Environment variables in addition to those of every install. */
  readonly env?: Readonly<Record<string, string>>;
  /** The file of the installed project that proves the change. Default: the planted package's marker, anywhere. */
  readonly proof?: string;
}

/** One way to hide the result of an installation. */
export interface Mechanism {
  readonly id: string;
  /** Describes the change, as a row of the table. */
  readonly title: string;
  readonly scenario: Base['scenario'];
  appliesTo(base: Base): boolean;
  /** Returns files of the project before the change, in addition to those of its base. */
  before?(project: Project): Files;
  readonly installation?: Installation;
  plant(project: Project): Plant;
  /**
   * Returns the files of a similar honest change, which must not be reported. Default: an update of a direct dependency
   * by the manager itself.
   */
  honest?(project: Project): Files;
  /** True if `diff` shows the honest change too: it is a change, and only a person can tell that it is intended. */
  readonly isHonestShown?: true;
  /**
   * Default: both. diff: without the previous state, an honest change looks the same. check: there is no
   * lockfile to compare.
   */
  readonly reportedBy?: 'check' | 'diff';
}

/** Facts measured when the projects were created. */
export interface Facts {
  /** For Yarn 2 and later, the checksum of the planted archive under the name `alpha`, and of planted commits. */
  readonly checksums: Readonly<Record<string, string>>;
  readonly commits: Readonly<Record<GitPackage | 'fork', Commits>>;
}

/** An honest project of the table, with ways to change its lockfile. */
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

  /** Returns the files of a variant, as created by the manager. */
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

  /** Returns the lockfile with one entry changed. */
  withEntry(name: string, change: EntryChange, text = this.lockfile): string {
    return editEntry(this.base.family, text, name, change);
  }

  /** Returns the files of a change of the lockfile alone. */
  lockfileOnly(text: string): Files {
    return { [this.lockfilePath]: text };
  }

  /** The hash of the planted archive in this lockfile's format. */
  get plantedHash(): string {
    if (this.base.family !== 'yarn-berry') return integrityOf(PLANTED_ALPHA);
    const checksum = this.facts.checksums.alpha;
    if (checksum === undefined) throw new Error(`${this.base.id} knows no checksum of the planted archive`);
    return checksum;
  }

  /** Returns the token of a URL that `withEntry` wrote. */
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
