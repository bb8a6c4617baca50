/** Which ids name the same thing: those that stand in one report, over any number of reports and steps. */
export interface AliasClosure {
  /** The ids of one report, its own first. */
  add(ids: readonly [string, ...string[]]): void;
  /** What stands for the thing that an id names: the same for all its ids, once every report is added. */
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
