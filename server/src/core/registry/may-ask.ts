import type { RegistryChoice } from '../config/npm-config.ts';
import type { PrivateScope } from '../policy/policy.ts';
import type { Unavailable } from './fact.ts';
import { packumentUrl } from './packument-url.ts';

/** Whether a name may be sent to the registry that serves it; where not, why. */
export type AskPermission = { readonly allowed: true } | ({ readonly allowed: false } & Unavailable);

export interface AskQuestion {
  readonly name: string;
  readonly registry: RegistryChoice;
  /** Whether the registry is the public one or a mirror of it (`NpmConfig.isPublic`). */
  readonly isPublic: boolean;
  readonly online: boolean;
  /** Whether the workspace is trusted. */
  readonly trusted: boolean;
  readonly privateScopes: readonly Pick<PrivateScope, 'scope'>[];
  readonly internalNames: readonly string[];
  /** Names of the project's own packages: nobody else needs to hear them. */
  readonly memberNames: ReadonlySet<string>;
  /** Names that the project takes from git, an address or a path: the public registry need not serve them. */
  readonly exoticNames: ReadonlySet<string>;
  /** Where the lockfile takes packages of this name from other than the public registry: a host, for the message. */
  readonly lockedHost: string | undefined;
}

/**
 * The one place that decides whether a package's name may leave the machine, and then only to `registry`.
 * In an untrusted folder nothing is sent at all. A name that is private, by the project's policy or because it is one
 * of its own packages, is never sent to the public registry or a mirror of it.
 */
export function mayAsk(question: AskQuestion): AskPermission {
  const { name, registry, isPublic } = question;
  if (!question.trusted || !registry.trusted) return denied('untrusted', 'this folder is not trusted');
  if (!question.online) return denied('offline', 'offline');
  if (question.memberNames.has(name)) return denied('private', 'it is a package of this workspace');
  if (!registry.usable) return denied('failed', "the registry's address is not complete");
  if (packumentUrl(registry.url, name) === undefined) {
    return denied('failed', 'no registry can serve a package of this name');
  }
  if (!isPublic) return { allowed: true };
  const scope = name.startsWith('@') ? name.split('/', 1)[0]! : undefined;
  if (question.privateScopes.some((entry) => entry.scope === scope)) {
    return denied('private', `${scope} is a private scope, and no registry of its own is configured for it`);
  }
  if (question.internalNames.includes(name)) {
    return denied('private', 'it is an internal name, and no registry of its own is configured for it');
  }
  if (question.exoticNames.has(name))
    return denied('private', 'this project does not take it from a registry');
  if (question.lockedHost !== undefined) {
    return denied(
      'private',
      `the lockfile takes it from ${question.lockedHost}, not from the public registry`,
    );
  }
  return { allowed: true };
}

function denied(reason: Unavailable['reason'], detail: string): AskPermission {
  return { allowed: false, reason, detail };
}
