import type { PackageVersions } from '../../core/know/advisory/locked-packages.ts';

/** A live source's answer about some versions of a package, which may be empty. */
export interface NameAnswer<T> {
  readonly versions: readonly string[];
  readonly said: readonly T[];
  /** In milliseconds since 1970. */
  readonly asOf: number;
  readonly freshMs: number;
}

/** Answers by name, newest first. A later answer to the same question replaces the earlier one. */
export type NameAnswers<T> = ReadonlyMap<string, readonly NameAnswer<T>[]>;

/** More than the number of versions of one package that are in use at once. */
const MOST_ANSWERS = 8;

/** Adds an answer, which replaces those about the same versions. */
export function withAnswer<T>(
  answers: readonly NameAnswer<T>[],
  answer: NameAnswer<T>,
): readonly NameAnswer<T>[] {
  const reported = new Set(answer.versions);
  const others = answers.filter(({ versions }) => !versions.every((version) => reported.has(version)));
  return [answer, ...others].sort((a, b) => b.asOf - a.asOf).slice(0, MOST_ANSWERS);
}

/** Checks whether there is an answer about the version. */
export function isAnswered<T>(answers: readonly NameAnswer<T>[] | undefined, version: string): boolean {
  return answers?.some(({ versions }) => versions.includes(version)) === true;
}

/** Returns the packages of which any version has no fresh answer, with all their versions. */
export function notFresh<T>(
  packages: PackageVersions,
  answers: NameAnswers<T>,
  now: number,
): PackageVersions {
  return chosen(packages, (name, version) => {
    const newest = answers.get(name)?.find(({ versions }) => versions.includes(version));
    return newest === undefined || newest.asOf > now || now >= newest.asOf + newest.freshMs;
  });
}

/** How completely a source has answered about packages. */
export interface Standing {
  /** The number of packages of which some version has no answer. */
  readonly unanswered: number;
  /** The time of the oldest answer, in milliseconds since 1970; undefined without one. */
  readonly oldest: number | undefined;
  /** When the first of them must be requested again; 0 if one has no answer. */
  readonly due: number;
}

export function standingOf<T>(packages: PackageVersions, answers: NameAnswers<T>): Standing {
  let unanswered = 0;
  let oldest = Number.POSITIVE_INFINITY;
  let due = Number.POSITIVE_INFINITY;
  for (const [name, asked] of packages) {
    const list = answers.get(name);
    let isReported = true;
    for (const version of asked) {
      const newest = list?.find(({ versions }) => versions.includes(version));
      if (newest === undefined) {
        isReported = false;
        continue;
      }
      oldest = Math.min(oldest, newest.asOf);
      due = Math.min(due, newest.asOf + newest.freshMs);
    }
    if (!isReported) unanswered++;
  }
  return {
    unanswered,
    oldest: Number.isFinite(oldest) ? oldest : undefined,
    due: unanswered > 0 ? 0 : due,
  };
}

function chosen(
  packages: PackageVersions,
  isWanted: (name: string, version: string) => boolean,
): PackageVersions {
  const wanted = new Map<string, readonly string[]>();
  for (const [name, versions] of packages) {
    if (versions.some((version) => isWanted(name, version))) wanted.set(name, versions);
  }
  return wanted;
}
