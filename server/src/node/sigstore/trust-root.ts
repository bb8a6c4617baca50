import { reasonOf } from '../files/file-problem.ts';
import { readBoundedText } from '../files/read-bounded.ts';
import { NoTrustRoot, type TufTargets } from './tuf-targets.ts';

/** The trust root for bundles: the keys and certificates of Sigstore, as JSON. */
export interface TrustRoot {
  /** Throws `NoTrustRoot` if it is not available. */
  load(online: boolean): Promise<unknown>;
}

const TARGET = 'trusted_root.json';
const MAX_BYTES = 10 * 1024 * 1024;

/** Returns Sigstore's own trust root from its repository; without it nothing is trusted. */
export function sigstoreTrustRoot(targets: TufTargets): TrustRoot {
  return {
    async load(online) {
      const target = await targets.read(TARGET, online);
      if (target === undefined) throw new NoTrustRoot("Sigstore's repository has no trusted root");
      return parse(target.text, "Sigstore's keys cannot be read");
    },
  };
}

/** Returns the trust root from a file that the user specified. */
export function trustRootInFile(file: string): TrustRoot {
  const unreadable = 'the file that holds the trusted root cannot be read';
  return {
    async load() {
      const text = await readBoundedText(file, { maxBytes: MAX_BYTES }).catch((error: unknown) => {
        throw new NoTrustRoot(`the file of the trusted root ${reasonOf(error) ?? 'cannot be read'}`);
      });
      return parse(text, unreadable);
    },
  };
}

function parse(text: string, otherwise: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new NoTrustRoot(otherwise);
  }
}
