import type { Located } from '../../text/span.ts';
import { type ConfigEntry, type ConfigNode, entriesIn, memberOf, membersOf } from '../tree/config-tree.ts';

/** A line of `packageExtensions`: what the packages that its selector means depend on beside what they declare. */
export interface PackageExtension {
  /** As written: `name@range`. */
  readonly selector: Located<string>;
  /** Of `dependencies` and `optionalDependencies`, which Yarn adds alike. */
  readonly dependencies: readonly ConfigEntry[];
  readonly peerDependencies: readonly ConfigEntry[];
  /** Peers that `peerDependenciesMeta` says may be missing. */
  readonly optionalPeers: readonly Located<string>[];
}

/** The lines of Yarn's `packageExtensions`; what has a wrong type is left out. */
export function readPackageExtensions(node: ConfigNode | undefined): readonly PackageExtension[] {
  return membersOf(node).map(({ key, keySpan, value }) => {
    const entries = (section: string) => entriesIn(memberOf(value, section)?.value);
    return {
      selector: { value: key, span: keySpan },
      dependencies: [...entries('dependencies'), ...entries('optionalDependencies')],
      peerDependencies: entries('peerDependencies'),
      optionalPeers: optionalIn(memberOf(value, 'peerDependenciesMeta')?.value),
    };
  });
}

function optionalIn(node: ConfigNode | undefined): readonly Located<string>[] {
  return membersOf(node).flatMap(({ key, keySpan, value }) => {
    const optional = memberOf(value, 'optional')?.value;
    return optional?.type === 'scalar' && optional.value === true ? [{ value: key, span: keySpan }] : [];
  });
}
