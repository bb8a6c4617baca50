import type { Located } from '../../text/span.ts';
import { type ConfigEntry, type ConfigNode, entriesIn, memberOf, membersOf } from '../tree/config-tree.ts';

/** A line of `packageExtensions`: dependencies added to those that the selected packages declare. */
export interface PackageExtension {
  /** As written: `name@range`. */
  readonly selector: Located<string>;
  /** From `dependencies` and `optionalDependencies`, which Yarn adds alike. */
  readonly dependencies: readonly ConfigEntry[];
  readonly peerDependencies: readonly ConfigEntry[];
  /** Peers that `peerDependenciesMeta` marks as optional. */
  readonly optionalPeers: readonly Located<string>[];
}

/** Reads the lines of Yarn's `packageExtensions`; values of a wrong type are skipped. */
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
