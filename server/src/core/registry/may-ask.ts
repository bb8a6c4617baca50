import type { RegistryChoice } from '../config/npm/npm-config.ts';
import type { PrivateScope } from '../policy/policy.ts';
import { scopeOf } from '../text/scope-of.ts';
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
  /** The name of a configuration file of which a part cannot be read, and with it perhaps an address or half of one. */
  readonly unreadFile: string | undefined;
}

/**
 * The one place that decides whether a package's name may leave the machine, and then only to `registry`.
 * In an untrusted folder nothing is sent at all. A name that is private, by the project's policy or because it is one
 * of its own packages, is never sent to the public registry or a mirror of it.
 */
export function mayAsk(question: AskQuestion): AskPermission {
  const { name, registry, unreadFile } = question;
  if (!question.trusted || !registry.trusted) return denied('untrusted', 'this folder is not trusted');
  if (!question.online) return denied('offline', 'offline');
  if (question.memberNames.has(name)) return denied('private', 'it is a package of this workspace');
  if (!registry.usable) return denied('failed', "the registry's address is not complete");
  if (packumentUrl(registry.url, name) === undefined) {
    return denied('failed', 'no registry can serve a package of this name');
  }
  const isPrivate = question.isPublic ? privacyReason(question) : undefined;
  if (isPrivate !== undefined) return denied('private', isPrivate);
  if (unreadFile !== undefined) {
    return denied('failed', `${unreadFile} is damaged, so which registry serves it is not known`);
  }
  return { allowed: true };
}

/** Why the public registry, or a mirror of it, must not hear the name: a clause. */
function privacyReason(question: AskQuestion): string | undefined {
  const { name, privateScopes, internalNames, exoticNames, lockedHost } = question;
  const scope = scopeOf(name);
  if (privateScopes.some((entry) => entry.scope === scope)) {
    return `${scope} is a private scope, and no registry of its own is configured for it`;
  }
  if (internalNames.includes(name)) {
    return 'it is an internal name, and no registry of its own is configured for it';
  }
  if (exoticNames.has(name)) return 'this project does not take it from a registry';
  return lockedHost === undefined
    ? undefined
    : `the lockfile takes it from ${lockedHost}, not from the public registry`;
}

function denied(reason: Unavailable['reason'], detail: string): AskPermission {
  return { allowed: false, reason, detail };
}
