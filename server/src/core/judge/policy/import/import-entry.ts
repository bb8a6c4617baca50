import type { Advisories } from '../../../know/advisory/advisories.ts';
import type { Advisory } from '../../../know/advisory/advisory.ts';
import { lockedPackages } from '../../../know/advisory/locked-packages.ts';
import type { Lockfile } from '../../../read/lockfile/model/lockfile.ts';
import { daysAfter } from '../../../read/policy-file/day.ts';
import type { NewIgnore } from '../../../read/policy-file/edit-policy-text.ts';
import { advisoryNumberIn } from '../../../read/policy-file/import/advisory-id.ts';
import type { ForeignIgnore } from '../../../read/policy-file/import/foreign-ignore.ts';
import { maskSecrets } from '../../../read/text/secrets/mask-secrets.ts';
import { hasId } from '../ignored.ts';

export interface ImportContext {
  /** `YYYY-MM-DD` */
  readonly today: string;
  /** The validity of an entry without an expiry of its own. */
  readonly days: number;
  /** Used for entries without a reason. */
  readonly reason: string;
  readonly lockfiles: readonly Lockfile[];
  readonly advisories: Advisories;
}

/** The equivalent entry in the configuration file, or a clause that explains why there is none. */
export type Imported =
  | { readonly type: 'entry'; readonly entry: NewIgnore }
  | { readonly type: 'none'; readonly why: string };

export function importEntry(ignore: ForeignIgnore, context: ImportContext): Imported {
  const { inactive, expires, scope, version } = ignore;
  if (inactive !== undefined) return none(inactive);
  if (expires !== undefined && expires < context.today) return none(`it expired on ${expires}`);
  switch (scope) {
    case 'number':
      return none(numberWords(ignore, context));
    case 'everything':
      return none('it leaves out every advisory there is');
    case 'wide':
      return none('it names no advisory and no package of npm');
    case 'package':
      return entryOf(ignore, context, {
        rule: 'vulnerable-dependency',
        package: ignore.package!,
        ...(version === undefined ? {} : { version }),
      });
    case 'advisory':
      return ofAdvisory(ignore, ignore.id!, context);
  }
}

function ofAdvisory(ignore: ForeignIgnore, id: string, context: ImportContext): Imported {
  const hits = lockedHits(id, ignore.package, context);
  const names = new Set(hits.map(({ name }) => name));
  const name = ignore.package ?? (names.size === 1 ? hits[0]!.name : undefined);
  const versions = new Set(hits.map(({ version }) => version));
  const version = ignore.version ?? (versions.size === 1 ? hits[0]!.version : undefined);
  const isMalware = id.startsWith('MAL-') || hits.some(({ advisory }) => advisory.isMalware);
  const ofPackage = name === undefined ? {} : { package: name };
  if (!isMalware) {
    const own = ignore.version === undefined ? {} : { version: ignore.version };
    return entryOf(ignore, context, { rule: 'vulnerable-dependency', id, ...ofPackage, ...own });
  }
  if (version === undefined) {
    return none('malware is accepted for one version only, and it is not known for which one');
  }
  return entryOf(ignore, context, { rule: 'malicious-version', id, ...ofPackage, version });
}

function entryOf(
  { reason, narrower, expires }: ForeignIgnore,
  { today, days, ...context }: ImportContext,
  what: Omit<NewIgnore, 'reason' | 'expires'>,
): Imported {
  const words = [reason ?? context.reason, ...(narrower === undefined ? [] : [narrower])].join('; ');
  return {
    type: 'entry',
    entry: { ...what, reason: maskSecrets(words), expires: expires ?? daysAfter(today, days) },
  };
}

interface Hit {
  readonly name: string;
  readonly version: string;
  readonly advisory: Advisory;
}

/** Returns the locked versions that the advisory affects. */
function lockedHits(
  id: string,
  only: string | undefined,
  { lockfiles, advisories }: ImportContext,
): readonly Hit[] {
  const hits: Hit[] = [];
  for (const lockfile of lockfiles) {
    for (const [name, versions] of lockedPackages(lockfile)) {
      if (only !== undefined && name !== only) continue;
      for (const version of versions) {
        const advisory = advisories
          .affecting(name, version)
          .find((each) => hasId([each.id, ...each.aliases], id));
        if (advisory !== undefined) hits.push({ name, version, advisory });
      }
    }
  }
  return hits;
}

/**
 * Explains an advisory number of npm, which means nothing elsewhere, with the known ids for the package as a help to
 * look it up.
 */
function numberWords({ text, package: name }: ForeignIgnore, context: ImportContext): string {
  const number = advisoryNumberIn(text.split('|')[0]!) ?? text;
  const words = `only its registry knows which advisory has the number ${number}`;
  if (name === undefined) return words;
  const ids = new Set<string>();
  for (const lockfile of context.lockfiles) {
    for (const version of lockedPackages(lockfile).get(name) ?? []) {
      for (const { id } of context.advisories.affecting(name, version)) ids.add(id);
    }
  }
  if (ids.size === 0) return words;
  return `${words}; known of the ${name} that is locked: ${[...ids].sort().join(', ')}`;
}

function none(why: string): Imported {
  return { type: 'none', why };
}
