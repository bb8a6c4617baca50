import type { MemberDefinitions, MemberValues } from './member-definition.ts';

/** The members of `watch`: what `dephygiene watch` follows besides direct dependencies. */
export const WATCH_MEMBERS = {
  critical: {
    type: 'texts',
    description:
      'Packages of which every new version is news, also if they are only transitive dependencies.',
  },
  ownNames: {
    type: 'texts',
    description:
      'Names that your organization publishes. Names that look like them are looked up in the registry.',
  },
  maintainers: {
    type: 'texts',
    description:
      'Accounts of which every new package is news. These names, and no others, are sent to the search of the default registry.',
  },
} as const satisfies MemberDefinitions;

export type WatchNames = MemberValues<typeof WATCH_MEMBERS>;

export const NO_WATCH_NAMES: WatchNames = {
  critical: undefined,
  ownNames: undefined,
  maintainers: undefined,
};

/** Joins the lists of two policies: neither takes a name away from the other. */
export function joinWatchNames(from: WatchNames, own: WatchNames): WatchNames {
  const joined = (a: readonly string[] | undefined, b: readonly string[] | undefined) =>
    a === undefined && b === undefined ? undefined : [...new Set([...(a ?? []), ...(b ?? [])])];
  return {
    critical: joined(from.critical, own.critical),
    ownNames: joined(from.ownNames, own.ownNames),
    maintainers: joined(from.maintainers, own.maintainers),
  };
}
