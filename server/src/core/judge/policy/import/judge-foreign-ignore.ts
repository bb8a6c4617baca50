import type { Advisories } from '../../../know/advisory/advisories.ts';
import { lockedPackages } from '../../../know/advisory/locked-packages.ts';
import type { Lockfile } from '../../../read/lockfile/model/lockfile.ts';
import { specOf } from '../../../read/manager/managers.ts';
import type { PackageManager } from '../../../read/manager/package-manager.ts';
import type { ForeignIgnore } from '../../../read/policy-file/import/foreign-ignore.ts';
import type { PnpmIgnore, PnpmList } from '../../../read/policy-file/import/pnpm-ignores.ts';
import type { Policy } from '../../../read/policy-file/policy.ts';
import { hasId, isInForce } from '../ignored.ts';
import { ADVISORY_RULES, type IgnoreContext, type IgnoreFault, tooLong } from '../judge-ignore.ts';
import { unusedIgnore } from '../unused-ignore.ts';

export interface ForeignContext extends IgnoreContext {
  readonly manager: PackageManager;
  readonly policy: Policy;
  /** Whether the entry is in a package.json. */
  readonly inManifest: boolean;
}

/** Returns what is wrong with an entry of another tool; undefined if nothing is, or the entry is disabled. */
export function judgeForeignIgnore(ignore: ForeignIgnore, context: ForeignContext): IgnoreFault | undefined {
  const { tool, scope, expires } = ignore;
  const { today, lockfiles, advisories } = context;
  if (ignore.inactive !== undefined) return undefined;
  // osv-scanner.toml covers every ecosystem in the folder.
  if (tool !== 'osv-scanner' && lockfiles !== undefined) {
    const unused = unusedIgnore(ignore, lockfiles, advisories);
    if (unused !== undefined) return { type: unused };
  }
  if (expires !== undefined && expires < today) return { type: 'expired', on: expires };
  const notRead = notReadFault(ignore, context);
  if (notRead !== undefined) return notRead;
  if (scope === 'everything') return { type: 'everything' };
  const lacks = (['reason', 'expires'] as const).filter((key) => ignore[key] === undefined);
  if (lacks.length === 0) return tooLong(expires, context);
  return isInPolicy(context.policy, ignore, today) ? undefined : { type: 'incomplete', lacks };
}

/** Checks whether the configuration file has an equivalent entry with a reason and an expiry. */
function isInPolicy({ ignores }: Policy, { id, package: name }: ForeignIgnore, today: string): boolean {
  return ignores.some((entry) => {
    if (!ADVISORY_RULES.has(entry.rule) || !isInForce(entry, today)) return false;
    if (id !== undefined) return entry.id !== undefined && hasId([entry.id], id);
    return name !== undefined && entry.id === undefined && entry.package === name;
  });
}

function notReadFault(ignore: ForeignIgnore, context: ForeignContext): IgnoreFault | undefined {
  if (ignore.tool === 'pnpm-audit') return notReadByPnpm(ignore as PnpmIgnore, context);
  if (ignore.tool !== 'yarn-audit' || ignore.scope !== 'advisory') return undefined;
  return { type: 'not-read', why: "Yarn compares with npm's numbers of advisories", ...NOTHING_INSTEAD };
}

const NOTHING_INSTEAD = { instead: null, into: null };

/**
 * Detects entries that pnpm 11 does not read: it uses a service that returns no CVE numbers, and ignores settings in
 * package.json.
 */
function notReadByPnpm(
  { list, text, id, scope }: PnpmIgnore,
  { manager, inManifest, advisories, lockfiles }: ForeignContext,
): IgnoreFault | undefined {
  const { files, settings } = specOf(manager);
  const isOfPnpm = files.settingsKind === 'pnpmWorkspace';
  const type = 'not-read';
  if (isOfPnpm && inManifest && !settings.readsManifest(manager.version))
    return { type, why: 'pnpm 11 and later do not read "pnpm" in package.json', ...NOTHING_INSTEAD };
  const isGhsa = scope === 'advisory' && /^GHSA-/i.test(text);
  const readsCves = !isOfPnpm || settings.ignoresCves(manager.version);
  if (list === CVES ? readsCves : isGhsa) return undefined;
  const instead = ghsaOf(id, advisories, lockfiles ?? []);
  return list === CVES
    ? { type, why: `pnpm 11 and later do not read ${CVES}`, instead, into: GHSAS }
    : { type, why: 'pnpm compares with GHSA ids', instead, into: null };
}

const CVES: PnpmList = 'auditConfig.ignoreCves';
const GHSAS: PnpmList = 'auditConfig.ignoreGhsas';

/** Returns the GHSA id of the same advisory, if known for a locked package. */
export function ghsaOf(
  id: string | undefined,
  advisories: Advisories,
  lockfiles: readonly Lockfile[],
): string | null {
  if (id === undefined) return null;
  for (const lockfile of lockfiles) {
    for (const name of lockedPackages(lockfile).keys()) {
      for (const advisory of advisories.of(name)) {
        const ids = [advisory.id, ...advisory.aliases];
        if (hasId(ids, id)) return ids.find((each) => each.startsWith('GHSA-')) ?? null;
      }
    }
  }
  return null;
}
