import type { RegistryChoice } from '../../../read/config/npm/npm-config.ts';
import type { PrivateScope } from '../../../read/policy-file/policy.ts';
import { isInPrivateScope, isInternalName } from '../../../read/policy-file/private-names.ts';
import { scopeOf } from '../../../read/text/paths/scope-of.ts';
import { hostAndPort, isSameHost, parseWebAddress } from '../../../read/text/paths/web-address.ts';
import type { Unavailable } from '../documents/fact.ts';
import { encodedName } from './packument-url.ts';

/** What keeps a name from being sent, for whoever looks for the line that says so. */
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

/** Whether a name may be sent to the registry that serves it; where not, why. */
export type AskPermission =
  | { readonly allowed: true }
  | ({ readonly allowed: false; readonly by?: AskDenial } & Unavailable);

export interface AskQuestion {
  readonly name: string;
  readonly registry: RegistryChoice;
  /** Whether the registry serves what anybody publishes (`NpmConfig.isOpen`). */
  readonly isOpen: boolean;
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
  /** The private registry that a file of the workspace names for the scope, where no configuration says which serves it. */
  readonly statedRegistry: string | undefined;
  /** Where the lockfile takes other packages of the scope from, and this one not from the public registry: a host. */
  readonly lockedScopeHost: string | undefined;
  /** The name of a configuration file of which a part cannot be read, and with it perhaps an address or half of one. */
  readonly unreadFile: string | undefined;
  /** A file that may declare the name private and cannot be read as it should: its name, and a clause why. */
  readonly unreadDeclaration: { readonly file: string; readonly reason: string } | undefined;
  /** Whether the registry gets a credential that may not travel the way that the project has it. */
  readonly credentialWithheld: boolean;
  /** Whether the registry would get a credential that the base of the comparison does not name for it. */
  readonly credentialNew?: boolean;
}

/**
 * The one place that decides whether a package's name may leave the machine, and then only to `registry`.
 * In an untrusted folder nothing is sent at all. A name that is private is never sent to the public registry or a mirror
 * of it: by the project's policy, because it is one of its own packages, or because another file or the lockfile shows
 * that a private registry serves it or its scope.
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
 * Whether the public registry's statistics, which are on another host, may hear the name: only what the public registry
 * itself serves. A mirror may serve names of its own beside it.
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

/** Whether a registry may be asked for what belongs to no package, such as its keys: no name is sent. */
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

/** Why the public registry, or a mirror of it, must not hear the name, with a clause. */
function privacyReason(question: AskQuestion): readonly [AskDenial, string] | undefined {
  const { name, privateScopes, internalNames, exoticNames, lockedHost } = question;
  const { statedRegistry, lockedScopeHost, unreadDeclaration } = question;
  const scope = scopeOf(name);
  if (isInPrivateScope(privateScopes, name)) {
    return ['private-scope', `${scope} is a private scope, and no registry of its own is configured for it`];
  }
  if (isInternalName(internalNames, name)) {
    return ['internal-name', 'it is an internal name, and no registry of its own is configured for it'];
  }
  if (exoticNames.has(name)) return ['not-from-registry', NOT_FROM_REGISTRY];
  if (lockedHost !== undefined) {
    return ['locked-elsewhere', `the lockfile takes it from ${lockedHost}, not from the public registry`];
  }
  if (statedRegistry !== undefined) {
    const address = parseWebAddress(statedRegistry);
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

/** Of a folder in which nothing is sent. */
export const UNTRUSTED = 'this folder is not trusted';

/** Of a registry that nobody but the files of a nested project, or of a folder that is not trusted, names. */
export const UNTRUSTED_REGISTRY =
  'only files that are not trusted name its registry: check its folder by itself to trust them';

/** Of a registry whose credential is the user's, where the project names a proxy or a certificate authority. */
export const CREDENTIAL_WITHHELD =
  "your credential is not sent over a proxy or to a certificate authority that only the project's files name: name them in your own configuration";

/** Of a credential that a change under review names. */
export const NEW_CREDENTIAL =
  "the credential for its registry is new since the base, so that a change cannot send the environment's secrets";

function newRegistry({ url }: RegistryChoice): string {
  const address = parseWebAddress(url);
  const host = address === undefined ? 'its registry' : `the registry ${hostAndPort(address)}`;
  return `${host}, or the proxy to it, is new since the base`;
}

/** Of several packages that the project takes from another source. */
export const ELSEWHERE = 'the project does not take them from a registry';

/** Of what comes from git, a URL or a path. */
export const NOT_FROM_REGISTRY = 'this project does not take it from a registry';

/** A package from another source may be as public as any. */
function reasonOf(by: AskDenial): Unavailable['reason'] {
  return by === 'not-from-registry' || by === 'locked-elsewhere' ? 'elsewhere' : 'private';
}

function denied(reason: Unavailable['reason'], by: AskDenial, detail: string): AskPermission {
  return { allowed: false, by, reason, detail };
}
