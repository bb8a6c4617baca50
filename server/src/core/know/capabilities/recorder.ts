import type { Capability, Sign } from './capability.ts';
import type { CapabilityEntry, RecordedSign } from './record.ts';

/** A sign with where it is. */
export interface PlacedSign extends RecordedSign {
  readonly isLoaded: boolean;
  readonly isInstall: boolean;
}

export interface Recorder {
  add(capability: Capability, detail: string, file: string, line: number): void;
  sign(
    sign: Sign,
    file: string,
    line: number,
    when: { readonly isLoaded: boolean; readonly isInstall: boolean },
  ): void;
  entries(): readonly CapabilityEntry[];
  /** Returns the details of a capability in the file that has most of them. */
  inOneFile(capability: Capability): readonly CapabilityEntry[];
  all(): readonly PlacedSign[];
}

/** Collects what is found in the files of a package. */
export function createRecorder(): Recorder {
  const entries = new Map<string, CapabilityEntry>();
  const byFile = new Map<string, Map<string, CapabilityEntry>>();
  const signs: PlacedSign[] = [];
  return {
    add(capability, detail, file, line) {
      const key = `${capability} ${detail}`;
      const entry = { capability, detail, file, line };
      if (!entries.has(key)) entries.set(key, entry);
      const own = byFile.get(`${capability} ${file}`);
      if (own === undefined) byFile.set(`${capability} ${file}`, new Map([[detail, entry]]));
      else if (!own.has(detail)) own.set(detail, entry);
    },
    sign: (sign, file, line, when) => signs.push({ sign, file, line, ...when }),
    entries: () => [...entries].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry),
    inOneFile(capability) {
      let most: readonly CapabilityEntry[] = [];
      for (const [key, own] of byFile)
        if (key.startsWith(`${capability} `) && own.size > most.length) most = [...own.values()];
      return most;
    },
    all: () => signs,
  };
}
