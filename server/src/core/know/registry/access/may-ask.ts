import type { RegistryChoice } from '../../../read/config/npm/npm-config.ts';
import type { PrivateScope } from '../../../read/policy-file/policy.ts';
import { isInPrivateScope, isInternalName } from '../../../read/policy-file/private-names.ts';
import { scopeOf } from '../../../read/text/paths/scope-of.ts';
import { hostAndPort, isSameHost, parseWebUrl } from '../../../read/text/paths/web-url.ts';
import type { Unavailable } from '../documents/fact.ts';
import { encodedName } from './packument-url.ts';

/** Why a name is not sent, for locating the responsible line. */
export type AskDenial =
  | 'untrusted'
  | 'offline'
  | 'workspace-member'
  | 'invalid-name'
  | 'private-scope'
  | 'internal-name'
  | 'not-from-registry'
  | 'locked-elsewhere'
  | 'scope-stated-elsewhere'
  | 'scope-locked-elsewhere'
  | 'declaration-unread'
  | 'registry-incomplete'
  | 'registry-unread'
  | 'credential-withheld'
  | 'registry-new'
  | 'credential-new'
  | 'no-statistics';

/** Whether a name may be sent to the registry that serves it; if not, why. */
export type AskPermission =
  | { readonly allowed: true }
  | ({ readonly allowed: false; readonly by?: AskDenial } & Unavailable);

export interface AskQuestion {
  readonly name: string;
  readonly registry: RegistryChoice;
  /** Whether anyone can publish to the registry (`NpmConfig.isOpen`). */
  readonly isOpen: boolean;
  readonly online: boolean;
  readonly trusted: boolean;
  readonly privateScopes: readonly Pick<PrivateScope, 'scope'>[];
  readonly internalNames: readonly string[];
  /** Names of the project's own packages, which are sent to nobody. */
  readonly memberNames: ReadonlySet<string>;
  /** Names that the project takes from git, a URL or a path: the public registry may not have them. */
  readonly exoticNames: ReadonlySet<string>;
  /** Where the lockfile takes packages of this name from, if not the public registry: a host, for the message. */
  readonly lockedHost: string | undefined;
  /** The private registry that a file of the workspace names for the scope, if no configuration sets one. */
  readonly statedRegistry: string | undefined;
  /**
   * Where the lockfile takes other packages of the scope from, if it does not take this one from the public registry: a
   * host.
   */
  readonly lockedScopeHost: string | undefined;
  /** The name of a partly unreadable configuration file, which may contain a URL or half of one. */
  readonly unreadFile: string | undefined;
  /** A file that may declare the name private but could not be fully read: its name, and a clause why. */
  readonly unreadDeclaration: { readonly file: string; readonly reason: string } | undefined;
  /** Whether the registry needs a credential that must not travel over the project's connection. */
  readonly credentialWithheld: boolean;
  /** Whether the registry would get a credential that the base of the comparison does not name for it. */
  readonly credentialNew?: boolean;
}

/**
 * Decides whether a package's name may leave the machine, and then only to `registry`. Nothing else decides this. In an
 * untrusted folder nothing is sent at all. A private name is never sent to the public registry or a mirror of it: by
 * the project's policy, because it is one of its own packages, or because another file or the lockfile shows that a
 * private registry serves it or its scope.
 */
export function mayAsk(question: AskQuestion): AskPermission {
  const { name, registry } = question;
  const closed = closedTo(question);
  if (closed !== undefined) return closed;
  if (question.memberNames.has(name))
    return denied('private', 'workspace-member', 'it is a package of this workspace');
  if (registry.usable && encodedName(name) === undefined) {
    return denied('failed', 'invalid-name', 'no registry can serve a package of this name');
  }
  const isPrivate = question.isOpen ? privacyReason(question) : undefined;
  if (isPrivate !== undefined) return denied(reasonOf(isPrivate[0]), ...isPrivate);
  return mayAskRegistry(question);
}

/**
 * Checks whether the name may be sent to the public registry's statistics, which are on another host: only names that
 * the public registry itself serves. A mirror may serve names of its own beside them.
 */
export function mayAskStatistics(question: AskQuestion & { readonly publicRegistry: string }): AskPermission {
  const permission = mayAsk(question);
  if (!permission.allowed || isSameHost(question.registry.url, question.publicRegistry)) return permission;
  return denied(
    'private',
    'no-statistics',
    'only names that the public registry itself serves are sent to its statistics',
  );
}

/** Checks whether a registry may be queried for data of no package, such as its keys: no name is sent. */
export function mayAskRegistry(
  question: Pick<
    AskQuestion,
    'registry' | 'online' | 'trusted' | 'unreadFile' | 'credentialWithheld' | 'credentialNew'
  >,
): AskPermission {
  const { registry, unreadFile, credentialWithheld, credentialNew = false } = question;
  const closed = closedTo(question);
  if (closed !== undefined) return closed;
  if (!registry.usable) return denied('failed', 'registry-incomplete', "the registry's URL is incomplete");
  if (credentialNew) return denied('new-since-base', 'credential-new', NEW_CREDENTIAL);
  if (credentialWithheld) return denied('failed', 'credential-withheld', CREDENTIAL_WITHHELD);
  if (unreadFile === undefined) return { allowed: true };
  return denied('failed', 'registry-unread', `${unreadFile} is damaged, so its registry is unknown`);
}

function closedTo({
  registry,
  online,
  trusted,
}: Pick<AskQuestion, 'registry' | 'online' | 'trusted'>): AskPermission | undefined {
  if (!trusted) return denied('untrusted', 'untrusted', UNTRUSTED);
  if (!registry.trusted) return denied('untrusted', 'untrusted', UNTRUSTED_REGISTRY);
  if (!online) return denied('offline', 'offline', 'offline');
  if (registry.isNewSinceBase !== true) return undefined;
  return denied('new-since-base', 'registry-new', newRegistry(registry));
}

/** Returns why the name must not be sent to the public registry or a mirror of it, with a clause. */
function privacyReason(question: AskQuestion): readonly [AskDenial, string] | undefined {
  const { name, privateScopes, internalNames, exoticNames, lockedHost } = question;
  const { statedRegistry, lockedScopeHost, unreadDeclaration } = question;
  const scope = scopeOf(name);
  if (isInPrivateScope(privateScopes, name)) {
    return ['private-scope', `${scope} is a private scope without a configured registry`];
  }
  if (isInternalName(internalNames, name)) {
    return ['internal-name', 'it is an internal name without a configured registry'];
  }
  if (exoticNames.has(name)) return ['not-from-registry', NOT_FROM_REGISTRY];
  if (lockedHost !== undefined) {
    return ['locked-elsewhere', `the lockfile takes it from ${lockedHost}, not from the public registry`];
  }
  if (statedRegistry !== undefined) {
    const address = parseWebUrl(statedRegistry);
    const host = address === undefined ? 'a registry of its own' : hostAndPort(address);
    return [
      'scope-stated-elsewhere',
      `the workspace names ${host} for ${scope}, but no registry is configured for that scope here`,
    ];
  }
  if (lockedScopeHost !== undefined) {
    return [
      'scope-locked-elsewhere',
      `the lockfile takes other packages of ${scope} from ${lockedScopeHost}, but no registry is configured for that scope here`,
    ];
  }
  if (unreadDeclaration === undefined) return undefined;
  const { file, reason } = unreadDeclaration;
  return ['declaration-unread', `${file} may declare it private and could not be read: ${reason}`];
}

/** For a folder in which nothing is sent. */
export const UNTRUSTED = 'this folder is not trusted';

/** For a registry named only by the files of a nested project, or of an untrusted folder. */
export const UNTRUSTED_REGISTRY =
  'its registry is named only in untrusted files: open or check their folder by itself to trust them';

/** For a registry with a credential of the user, if the project names a proxy or a certificate authority. */
export const CREDENTIAL_WITHHELD =
  "your credential is not sent over a proxy or to a certificate authority that only the project's files name: name them in your own configuration";

/** For a credential that a change under review names. */
export const NEW_CREDENTIAL =
  "the credential for its registry is new since the base, so that a change cannot send the environment's secrets";

function newRegistry({ url }: RegistryChoice): string {
  const address = parseWebUrl(url);
  const host = address === undefined ? 'its registry' : `the registry ${hostAndPort(address)}`;
  return `${host}, or the proxy to it, is new since the base`;
}

/** For several packages that the project takes from another source. */
export const ELSEWHERE = 'the project does not take them from a registry';

/** For packages from git, a URL or a path. */
export const NOT_FROM_REGISTRY = 'this project does not take it from a registry';

/** A package from another source may be as public as any. */
function reasonOf(by: AskDenial): Unavailable['reason'] {
  return by === 'not-from-registry' || by === 'locked-elsewhere' ? 'elsewhere' : 'private';
}

function denied(reason: Unavailable['reason'], by: AskDenial, detail: string): AskPermission {
  return { allowed: false, by, reason, detail };
}
