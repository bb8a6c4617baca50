import { type FactRequest, lookUp } from '../../core/know/facts/facts.ts';
import type { PackageFacts } from '../../core/know/facts/package-facts.ts';
import type { Packument, PackumentVersion } from '../../core/know/registry/documents/packument.ts';
import type { ClockPort } from '../ports.ts';
import { createAbortSource } from './abort-source.ts';
import type { EnsureOptions } from './flight.ts';
import type { ProjectFacts } from './project-facts.ts';

export interface CardQuestion {
  readonly facts: ProjectFacts;
  readonly clock: ClockPort;
  readonly name: string;
  /** Undefined for the latest version. */
  readonly version: string | undefined;
}

/**
 * Returns everything that a card shows about a package and one of its versions, as far as settings, trust and privacy
 * permit requests. Known facts are used at once, even stale ones, which are refreshed in the background.
 */
export async function askAbout(question: CardQuestion, options: EnsureOptions): Promise<PackageFacts> {
  const { version } = question;
  // The packument is most of a card; the rest must not delay it for long.
  const rest = { ...options, patienceMs: options.patienceMs && options.patienceMs / 2 };
  const [packument, downloads] = await Promise.all([
    ask(question, { kind: 'packument', version: undefined }, options),
    ask(question, { kind: 'downloads', version: undefined }, rest),
  ]);
  const subject = packument.state === 'ready' ? subjectOf(packument.value, version) : undefined;
  const [signature, provenance] = await Promise.all([
    subject?.isSigned === undefined
      ? undefined
      : ask(question, { kind: 'signature', version: subject.version }, rest),
    subject?.attestations === undefined
      ? undefined
      : ask(question, { kind: 'provenance', version: subject.version }, rest),
  ]);
  return { packument, downloads, signature, provenance };
}

async function ask<K extends keyof PackageFacts>(
  { facts, clock, name }: CardQuestion,
  asked: { readonly kind: K; readonly version: string | undefined },
  options: EnsureOptions,
): Promise<NonNullable<PackageFacts[K]>> {
  const request: FactRequest = { ...asked, name };
  const asking = async () => {
    // Facts from the disk are used at once, however old they are.
    if (lookUp(facts, request).state === 'pending') await facts.load(request);
    const isKnown = lookUp(facts, request).state === 'ready';
    return facts.ensure(request, isKnown ? { ...options, patienceMs: 0 } : options);
  };
  const fact = (await within(clock, options.patienceMs, asking())) ?? lookUp(facts, request);
  return fact as NonNullable<PackageFacts[K]>;
}

/** Returns undefined if the promise takes longer; it continues then. */
async function within<T>(
  { wait }: ClockPort,
  milliseconds: number | undefined,
  promise: Promise<T>,
): Promise<T | undefined> {
  if (milliseconds === undefined || wait === undefined) return promise;
  const timer = createAbortSource();
  const late = wait(milliseconds, timer.signal).then(() => undefined);
  const result = await Promise.race([promise, late]);
  timer.abort();
  return result;
}

function subjectOf(
  { distTags, versions }: Packument,
  version: string | undefined,
): PackumentVersion | undefined {
  return versions.get(version ?? distTags.get('latest') ?? '');
}
