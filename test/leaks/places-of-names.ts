import { OPEN_HOSTS, PUBLIC_REGISTRY, YARN_REGISTRY } from '../../server/generated/npm-defaults.ts';
import { ACME, EVIL, HOOK, OSV, PUBLIC } from './cast.ts';
import type { Configuration } from './configuration.ts';
import type { Content } from './declarations.ts';
import type { Place } from './oracle.ts';
import type { Dependency } from './packages.ts';

/** How far a project is trusted in a set-up. */
export type Level = 'trusted' | 'nested' | 'untrusted';
/** The root of the repository with its members, an example below it, and a project outside. */
export type Part = 'root' | 'nested' | 'outside';
export type Trust = Readonly<Record<Part, Level>>;

export interface User {
  readonly registry: string | undefined;
  readonly mapsAcme: boolean;
}

export interface Project {
  readonly configuration: Configuration;
  /** The configuration of the project around it, if its package manager reads the files above as well. */
  readonly around?: Configuration | undefined;
  readonly dependencies: readonly Dependency[];
  /** The policy's hosts, if it is trusted. */
  readonly allowed: readonly string[];
  /** The origins of the policy's mirrors of the public registry, if it is trusted. */
  readonly mirrors: readonly string[];
  readonly label: string;
}

/** Returns the mirrors in a readable policy, as origins. */
export function mirrorsIn(policy: Content | undefined): readonly string[] {
  const listed = typeof policy === 'string' ? (/"mirrors": \[([^\]]*)\]/.exec(policy)?.[1] ?? '') : '';
  return [...listed.matchAll(/"([^"]+)"/g)].map(([, url]) => new URL(url!).origin);
}

/**
 * Returns who may receive a name, based on the configuration of project and user, and independent of the
 * product's decisions.
 */
export function placesOfName(
  dependency: Dependency,
  project: Project,
  level: Level,
  user: User,
  rootLevel: Level = 'untrusted',
): readonly Place[] {
  const { kind, mark } = dependency;
  const hook = { origin: HOOK };
  if (kind === 'member') return [hook];
  const { configuration, allowed, mirrors } = project;
  const isTrusted = level === 'trusted';
  const around = rootLevel === 'trusted' ? project.around : undefined;
  const own = isTrusted ? configuration.registry : undefined;
  const hosts: string[] = [];
  const defaults = [
    ...(around?.registry === undefined ? [] : [around.registry.url]),
    ...(own === undefined ? [] : [own.url]),
    ...(user.registry === undefined ? [] : [user.registry]),
  ];
  if (kind === 'public') {
    hosts.push(...OPEN_ORIGINS, OSV, ...defaults, ...(isTrusted ? [...allowed, ...mirrors] : []));
    // The public registry may redirect everybody elsewhere.
    if (/^(?:red|tarred|attred|att)/.test(mark)) hosts.push(EVIL, `http://${new URL(PUBLIC).host}`);
  } else {
    const isMirror = (url: string) => isTrusted && mirrors.includes(new URL(url).origin);
    // The user's own registry is private, and a package manager may read its line before the project's.
    hosts.push(...(kind === 'lure' ? defaults : defaults.filter((url) => !isMirror(url))));
    const ofScope = [
      ...hostsOfScope(dependency, configuration, isTrusted),
      ...(around === undefined ? [] : hostsOfScope(dependency, around, true)),
    ];
    hosts.push(...ofScope);
    // Nothing declares these private, so that on a mirror they are public.
    if (kind === 'lure' && ofScope.some(isMirror)) hosts.push(...OPEN_ORIGINS);
    if (isTrusted) hosts.push(...allowed);
  }
  return [hook, ...hosts.map((host) => ({ origin: new URL(host).origin, overProxies: isTrusted }))];
}

function hostsOfScope(
  { kind }: Dependency,
  { scopes }: Configuration,
  isTrusted: boolean,
): readonly string[] {
  const mapped = isTrusted ? scopes[`@${kind}`] : undefined;
  switch (kind) {
    case 'acme':
      return [ACME, ...(mapped === undefined ? [] : [mapped.url])];
    case 'hidden':
      return [ACME, ...(mapped === undefined ? [] : [mapped.url])];
    case 'tenant':
    case 'lure':
    case 'vault':
      return mapped === undefined ? [] : [mapped.url];
    default:
      return [];
  }
}

const OPEN_ORIGINS: readonly string[] = [
  PUBLIC,
  `${PUBLIC}.`,
  new URL(YARN_REGISTRY).origin,
  new URL(PUBLIC_REGISTRY.replace('//registry.', '//api.')).origin,
  ...OPEN_HOSTS.map((host) => `https://${host}`),
];
