import type { Verdict } from './verdict.ts';

/** A box: an importer, or an installed package. */
export interface PictureNode {
  /** Not escaped, but without characters that are hidden or reorder others. */
  readonly label: string;
  /** A second line: `install script · pulls in 47 packages, depth 6`. */
  readonly detail: string;
  readonly kind: 'importer' | 'package';
  readonly verdict: Verdict;
  /** Whether it is the package that was asked for. */
  readonly isTarget: boolean;
}

/** Indexes into the nodes of the picture. */
export interface PictureEdge {
  readonly from: number;
  readonly to: number;
  /** `dev`, `optional`, `peer`, or empty. */
  readonly label: string;
  /** Whether it is on the shortest path to a box, rather than another edge between two. */
  readonly isMain: boolean;
}

/** A part of the graph of one lockfile, small enough to look at. */
export interface Picture {
  /** The path of the lockfile, with its status unless it was read completely. */
  readonly title: string;
  readonly nodes: readonly PictureNode[];
  readonly edges: readonly PictureEdge[];
  /** What was left out: `1,204 packages, 310 edges left out`; empty for nothing. */
  readonly omitted: string;
}
