import type { Fact } from '../../core/know/registry/documents/fact.ts';
import type { EnsureOptions } from './flight.ts';

/** One kind of fact about the packages of a project: what is known, and a way to request it where permitted. */
export interface FactSource<T> {
  peek(name: string, version?: string): Fact<T>;
  load(name: string, version?: string): Promise<void>;
  ensure(name: string, version?: string, options?: EnsureOptions): Promise<Fact<T>>;
}
