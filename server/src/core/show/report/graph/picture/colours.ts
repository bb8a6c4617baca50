import type { Verdict } from './verdict.ts';

/** Each text has a contrast of at least 4.5 to its fill, so that a box reads the same in light and dark themes. */
export const COLOURS: Readonly<
  Record<Verdict, { readonly fill: string; readonly stroke: string; readonly text: string }>
> = {
  error: { fill: '#b3261e', stroke: '#7d1a15', text: '#ffffff' },
  warning: { fill: '#f6c667', stroke: '#9a6700', text: '#1f2328' },
  information: { fill: '#cfe3ff', stroke: '#2f6fc4', text: '#1f2328' },
  clear: { fill: '#d9f2e0', stroke: '#2e8b57', text: '#1f2328' },
  unknown: { fill: '#e5e7eb', stroke: '#6b7280', text: '#1f2328' },
};

/** Importers have no verdict of their own. */
export const IMPORTER = { fill: '#ffffff', stroke: '#1f2328', text: '#1f2328' } as const;
