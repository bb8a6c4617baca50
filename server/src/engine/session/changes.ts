/** The revision of a session, and who is notified when it changes. */
export interface Changes {
  readonly revision: number;
  /** Counts a change without notifying listeners: its caller asks for a new snapshot. */
  note(): void;
  /** Counts a change and notifies listeners. */
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
