/** A box to place, and where it is. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Placed extends Size {
  readonly x: number;
  readonly y: number;
}

export interface LayoutEdge {
  readonly from: number;
  readonly to: number;
}

export interface Layout {
  /** By the index of the box. */
  readonly boxes: readonly Placed[];
  readonly width: number;
  readonly height: number;
}

const COLUMN_GAP = 70;
const ROW_GAP = 12;
/** More sweeps change little. */
const SWEEPS = 6;

/**
 * Places boxes in columns by their distance from boxes without a dependent, and sorts each column by the mean place of
 * its neighbours (Sugiyama's barycentres), so that few lines cross. Cycles are no problem: distances are the shortest.
 */
export function layoutInLayers(sizes: readonly Size[], edges: readonly LayoutEdge[]): Layout {
  const columns = columnsOf(sizes.length, edges);
  sortColumns(columns, sizes.length, edges);
  const boxes = new Array<Placed>(sizes.length);
  const heights = columns.map((column) =>
    column.reduce((sum, box) => sum + sizes[box]!.height + ROW_GAP, -ROW_GAP),
  );
  const height = Math.max(0, ...heights);
  let x = 0;
  for (const [at, column] of columns.entries()) {
    const width = Math.max(0, ...column.map((box) => sizes[box]!.width));
    let y = (height - heights[at]!) / 2;
    for (const box of column) {
      const size = sizes[box]!;
      boxes[box] = { ...size, x, y };
      y += size.height + ROW_GAP;
    }
    x += width + COLUMN_GAP;
  }
  return { boxes, width: Math.max(0, x - COLUMN_GAP), height };
}

function columnsOf(count: number, edges: readonly LayoutEdge[]): number[][] {
  const out: number[][] = Array.from({ length: count }, () => []);
  const hasDependent = new Uint8Array(count);
  for (const { from, to } of edges) {
    out[from]!.push(to);
    hasDependent[to] = 1;
  }
  const depth = new Int32Array(count).fill(-1);
  const queue: number[] = [];
  const start = (box: number) => {
    depth[box] = 0;
    queue.push(box);
  };
  for (let box = 0; box < count; box++) if (hasDependent[box] === 0) start(box);
  let at = 0;
  for (let next = 0; next <= count; next++) {
    for (; at < queue.length; at++) {
      for (const to of out[queue[at]!]!) {
        if (depth[to] !== -1) continue;
        depth[to] = depth[queue[at]!]! + 1;
        queue.push(to);
      }
    }
    // What is left are cycles that nothing else leads to.
    if (next < count && depth[next] === -1) start(next);
  }
  const columns: number[][] = [];
  for (const box of queue) {
    columns[depth[box]!] ??= [];
    columns[depth[box]!]!.push(box);
  }
  return columns;
}

function sortColumns(columns: number[][], count: number, edges: readonly LayoutEdge[]): void {
  const neighbours: number[][] = Array.from({ length: count }, () => []);
  for (const { from, to } of edges) {
    neighbours[from]!.push(to);
    neighbours[to]!.push(from);
  }
  const columnOf = new Int32Array(count);
  for (const [at, column] of columns.entries()) for (const box of column) columnOf[box] = at;
  /** The place in its column, from 0 to 1, so that columns of different lengths compare. */
  const place = new Float64Array(count);
  const note = (column: readonly number[]) => {
    for (const [index, box] of column.entries()) place[box] = (index + 0.5) / column.length;
  };
  for (const column of columns) note(column);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const isForward = sweep % 2 === 0;
    for (const column of isForward ? columns : columns.toReversed()) {
      const wanted = new Map(
        column.map((box) => {
          const beside = neighbours[box]!.filter((other) =>
            isForward ? columnOf[other]! < columnOf[box]! : columnOf[other]! > columnOf[box]!,
          );
          const mean = beside.reduce((sum, other) => sum + place[other]!, 0) / beside.length;
          return [box, beside.length === 0 ? place[box]! : mean];
        }),
      );
      column.sort((a, b) => wanted.get(a)! - wanted.get(b)! || place[a]! - place[b]!);
      note(column);
    }
  }
}
