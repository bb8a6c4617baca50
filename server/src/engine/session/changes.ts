/** Counts the changes that diagnoses depend on, and notifies listeners of them. */
export interface Changes {
  readonly revision: number;
  /** Notes a change of which no listener needs to hear: whoever made it asks anew. */
  note(): void;
  notify(): void;
  onDidChange(listener: () => void): () => void;
  dispose(): void;
}

export function createChanges(): Changes {
  const listeners = new Set<() => void>();
  let revision = 0;
  return {
    get revision() {
      return revision;
    },
    note: () => void revision++,
    notify() {
      revision++;
      for (const listener of [...listeners]) listener();
    },
    onDidChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispose: () => listeners.clear(),
  };
}
