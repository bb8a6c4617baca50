/** Groups of ids for the same thing: those listed in one report, transitively over any number of reports. */
export interface AliasClosure {
  /** Adds the ids of one report, its own first. */
  add(ids: readonly [string, ...string[]]): void;
  /** Returns the representative of an id's group: the same for all its ids, once every report is added. */
  rootOf(id: string): string;
}

export function createAliasClosure(): AliasClosure {
  const parents = new Map<string, string>();
  const rootOf = (id: string): string => {
    let root = id;
    for (let up = parents.get(root); up !== undefined; up = parents.get(root)) root = up;
    for (let at = id; at !== root; ) {
      const up = parents.get(at)!;
      parents.set(at, root);
      at = up;
    }
    return root;
  };
  return {
    add(ids) {
      for (const id of ids.slice(1)) {
        const [a, b] = [rootOf(ids[0]), rootOf(id)];
        if (a !== b) parents.set(a, b);
      }
    },
    rootOf,
  };
}
