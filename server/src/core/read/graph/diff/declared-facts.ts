import type { LockEntry, Lockfile } from '../../lockfile/model/lockfile.ts';
import type { LockfileFamily } from '../../lockfile/model/lockfile-family.ts';
import { familyOf } from '../../lockfile/model/lockfile-family.ts';
import { PnpmLockEntry } from '../../lockfile/pnpm/pnpm-lock-entry.ts';
import { localPath } from '../../lockfile/record/local-path.ts';
import { recordOf } from '../../lockfile/record/lock-record.ts';
import { specOfLockfile } from '../../manager/manager-of-lockfile.ts';
import type { GraphPackage } from '../dependency-graph.ts';
import type { Alteration } from './diff-types.ts';
import { withoutProtocol } from './without-protocol.ts';

/** A fact that an entry states of its package, in the order in which differences are shown. */
export type DeclaredFact = Extract<
  Alteration,
  'bin' | 'patch' | 'bundled' | 'dependencies' | 'engines' | 'platform' | 'other'
>;

/** Texts of one fact, compared as a set; absent if the format does not record the fact. */
export type DeclaredFacts = ReadonlyMap<DeclaredFact, readonly string[]>;

/** Returns the facts that the entry of a package states. */
export function declaredFacts({ own }: GraphPackage, lockfile: Lockfile): DeclaredFacts {
  const facts = new Map<DeclaredFact, readonly string[]>();
  const { details } = recordOf(own);
  const family = familyOf(lockfile);
  if (details.bin !== undefined) {
    const bins = [...details.bin].map(([name, target]) =>
      name === '' ? 'has commands' : `${name}: ${localPath(target)}`,
    );
    facts.set('bin', bins.sort());
  }
  facts.set('patch', details.patches.map(({ path, hash }) => [path, hash].filter(isText).join(' ')).sort());
  facts.set('other', [...details.others].sort());
  if (details.engines !== undefined) {
    facts.set('engines', [...details.engines].map(([name, range]) => `${name} ${range}`).sort());
  }
  const { recordsBundles, recordsPlatforms } = specOfLockfile(lockfile.format).lockfile;
  if (recordsBundles) {
    const bundled = own.bundled ? ['comes inside of another package'] : [];
    const shrinkwrap = details.hasShrinkwrap ? ['has a shrinkwrap'] : [];
    facts.set('bundled', [...bundled, ...shrinkwrap, ...[...details.bundles].sort()]);
  }
  if (lockfile.recordsEdges) facts.set('dependencies', dependencyTexts(own, family));
  // npm 6 and Yarn 1 record none; Yarn 2 began to with version 6 of its lockfile.
  const isOldBerry = family === 'yarn-berry' && Number(lockfile.formatVersion?.value ?? 0) < 6;
  if (details.engines !== undefined || recordsPlatforms || (family === 'yarn-berry' && !isOldBerry)) {
    const { os, cpu, libc } = own;
    facts.set(
      'platform',
      [
        ...os.map((name) => `os ${name}`),
        ...cpu.map((name) => `cpu ${name}`),
        ...libc.map((name) => `${LIBC}${name}`),
      ].sort(),
    );
  }
  return facts;
}

/** Prefix for a C library; npm before version 11 does not write it. */
export const LIBC = 'libc ';

/**
 * pnpm records what dependencies resolved to. Only their names count here, because resolutions are compared separately.
 */
function dependencyTexts(own: LockEntry, family: LockfileFamily): readonly string[] {
  const texts = new Set<string>();
  const isPnpm = own instanceof PnpmLockEntry;
  const { edges } = own;
  const peers = new Set(
    edges.filter(({ section }) => section === 'peerDependencies').map(({ name }) => name),
  );
  for (const { section, name, specifier, optional } of edges) {
    if (section === 'devDependencies') continue;
    // A peer resolved in one place is listed among the other dependencies there.
    if (isPnpm && section !== 'peerDependencies' && peers.has(name)) continue;
    const isKept = !isPnpm || section === 'peerDependencies';
    const range = family === 'yarn-berry' ? withoutProtocol(specifier.value) : specifier.value;
    const isOptionalPeer = section === 'peerDependencies' && optional;
    const kind =
      section === 'dependencies'
        ? ''
        : ` (${isOptionalPeer ? 'optional ' : ''}${section.replace('Dependencies', '')})`;
    texts.add(isKept ? `${name} ${range}${kind}` : name);
  }
  return [...texts].sort();
}

function isText(text: string | undefined): text is string {
  return text !== undefined && text !== '';
}
