import {
  type CheckedVersion,
  judgeEntry,
  type SignatureAudit,
} from '../../core/judge/audit/signature-audit.ts';
import { sumSignatures } from '../../core/judge/audit/sum-signatures.ts';
import type { TarballResult } from '../../core/know/proof/tarball-result.ts';
import { servingRegistry } from '../../core/know/registry/access/serving-registry.ts';
import { tarballRequest } from '../../core/know/registry/access/tarball-request.ts';
import type { Fact, Unavailable } from '../../core/know/registry/documents/fact.ts';
import type { LockEntry } from '../../core/read/lockfile/model/lockfile.ts';
import { registryVersion } from '../../core/read/project/locked/locked-dependency.ts';
import type { Project } from '../../core/read/project/project.ts';
import { groupBy } from '../../core/read/text/group-by.ts';
import type { Ports } from '../ports.ts';
import type { ProjectFacts } from '../registry/project-facts.ts';
import type { Progress } from '../session.ts';
import { hashTarball } from './hash-tarball.ts';

export interface SignatureQuestion {
  readonly project: Project;
  readonly facts: ProjectFacts;
  readonly ports: Pick<Ports, 'http' | 'proofs'>;
  /** Whether the tarballs are downloaded and hashed as well. */
  readonly tarballs: boolean;
  readonly progress: Progress;
}

/** Concurrent names; the requests per host are limited further. */
const NAMES_AT_ONCE = 12;
const FILES_AT_ONCE = 4;

/**
 * Verifies signatures and attestations of every locked package from a registry. Keeps only a few documents in
 * memory at a time.
 */
export async function auditSignatures(question: SignatureQuestion): Promise<SignatureAudit> {
  const { project, tarballs, progress } = question;
  const entries = lockedEntries(project);
  const byName = groupBy(entries, ({ name }) => name);
  const checked = new Map<string, CheckedVersion>();
  let done = 0;
  await inPool([...byName.entries()], NAMES_AT_ONCE, async ([name, locked]) => {
    for (const version of new Set(locked.map(versionOf))) {
      checked.set(`${name}@${version}`, await checkVersion(question, name, version));
      question.facts.forget(name, version);
    }
    progress.report('Verifying signatures:', ++done, byName.size);
  });
  if (tarballs) {
    done = 0;
    await inPool([...checked], FILES_AT_ONCE, async ([id, version]) => {
      checked.set(id, { ...version, tarball: await hashFile(question, version) });
      progress.report('Hashing files:', ++done, checked.size);
    });
  }
  return sumSignatures(
    entries.map((entry) => {
      const id = `${entry.name}@${versionOf(entry)}`;
      return { id, ...judgeEntry(entry, checked.get(id)!) };
    }),
  );
}

/** Returns the locked packages of registries, without workspace members. */
function lockedEntries({ lockfile, memberNames }: Project): readonly LockEntry[] {
  return (lockfile?.entries ?? []).filter(
    (entry) => registryVersion(entry, entry.name) !== undefined && !memberNames.has(entry.name),
  );
}

function versionOf(entry: LockEntry): string {
  return registryVersion(entry, entry.name)!;
}

async function checkVersion(
  { project, facts }: SignatureQuestion,
  name: string,
  version: string,
): Promise<CheckedVersion> {
  const ensure = (kind: 'signature' | 'provenance') => facts.ensure({ kind, name, version });
  await ensure('signature');
  if (isOfExpiring(facts, name, version)) {
    // Whether the key had expired depends on the publication time.
    await facts.ensurePackument(name);
    await ensure('signature');
  }
  const document = facts.version(name, version);
  if (document.state === 'ready') await ensure('provenance');
  const known = document.state === 'ready' ? document.value : undefined;
  return {
    name,
    version,
    registry: {
      url: project.npmConfig.registryFor(name).url,
      kind: servingRegistry(project, name).kind,
    },
    resolved: known?.tarball,
    proof: known?.proof,
    signature: signatureOf(facts, name, version),
    attestations: known === undefined ? 'none' : resultOf(facts.provenance(name, version)),
    tarball: undefined,
  };
}

function isOfExpiring(facts: ProjectFacts, name: string, version: string): boolean {
  const [signature, keys] = [facts.signature(name, version), facts.keys(name)];
  if (signature.state !== 'ready' || keys.state !== 'ready') return false;
  return keys.value.keys.some(
    ({ keyid, expires }) => keyid === signature.value.keyid && expires !== undefined,
  );
}

function signatureOf(facts: ProjectFacts, name: string, version: string): CheckedVersion['signature'] {
  const document = facts.version(name, version);
  if (document.state === 'absent') return { reason: 'not-provided', detail: 'its registry does not have it' };
  if (document.state === 'ready' && facts.keys(name).state === 'absent') return 'none';
  return resultOf(facts.signature(name, version));
}

function resultOf<T>(fact: Fact<T>): T | 'none' | Unavailable {
  switch (fact.state) {
    case 'ready':
      return fact.value;
    case 'absent':
      return 'none';
    case 'pending':
      return { reason: 'failed', detail: 'the registry has not answered' };
    case 'unavailable':
      return { reason: fact.reason, detail: fact.detail };
  }
}

async function hashFile(
  { project, ports }: SignatureQuestion,
  { name, resolved, signature }: CheckedVersion,
): Promise<TarballResult> {
  if (resolved === undefined && typeof signature === 'object' && 'reason' in signature) {
    return { type: 'unknown', why: signature };
  }
  return hashTarball(tarballRequest(project, name, resolved), ports, undefined);
}

async function inPool<T>(items: readonly T[], size: number, work: (item: T) => Promise<void>): Promise<void> {
  const left = items.values();
  const workOff = async () => {
    for (const item of left) await work(item);
  };
  await Promise.all(Array.from({ length: size }, workOff));
}
