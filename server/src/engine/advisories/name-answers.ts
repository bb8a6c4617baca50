import type { PackageVersions } from '../../core/know/advisory/locked-packages.ts';

/** What a live source said of some versions of a package, which may be that there is nothing. */
export interface NameAnswer<T> {
  readonly versions: readonly string[];
  readonly said: readonly T[];
  /** In milliseconds since 1970. */
  readonly asOf: number;
  readonly freshMs: number;
}

/** Answers by name, newest first. One that an answer to the same question follows is forgotten. */
export type NameAnswers<T> = ReadonlyMap<string, readonly NameAnswer<T>[]>;

/** Nobody has more lines of a package in use. */
const MOST_ANSWERS = 8;

/** The answers with one more; an answer of a later time takes the place of those about the same versions. */
export function withAnswer<T>(
  answers: readonly NameAnswer<T>[],
  answer: NameAnswer<T>,
): readonly NameAnswer<T>[] {
  const told = new Set(answer.versions);
  const others = answers.filter(({ versions }) => !versions.every((version) => told.has(version)));
  return [answer, ...others].sort((a, b) => b.asOf - a.asOf).slice(0, MOST_ANSWERS);
}

/** Whether there is an answer about the version. */
export function isAnswered<T>(answers: readonly NameAnswer<T>[] | undefined, version: string): boolean {
  return answers?.some(({ versions }) => versions.includes(version)) === true;
}

/** The packages of which some version was never told of, or not lately, with all their versions. */
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

/** How far a source has answered about packages. */
export interface Standing {
  /** Packages of which some version was never told of. */
  readonly unanswered: number;
  /** When the oldest answer was given; undefined where there is none. In milliseconds since 1970. */
  readonly oldest: number | undefined;
  /** When one of them is to be asked about again; 0 where one was never told of. */
  readonly due: number;
}

export function standingOf<T>(packages: PackageVersions, answers: NameAnswers<T>): Standing {
  let unanswered = 0;
  let oldest = Number.POSITIVE_INFINITY;
  let due = Number.POSITIVE_INFINITY;
  for (const [name, asked] of packages) {
    const list = answers.get(name);
    let isTold = true;
    for (const version of asked) {
      const newest = list?.find(({ versions }) => versions.includes(version));
      if (newest === undefined) {
        isTold = false;
        continue;
      }
      oldest = Math.min(oldest, newest.asOf);
      due = Math.min(due, newest.asOf + newest.freshMs);
    }
    if (!isTold) unanswered++;
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
