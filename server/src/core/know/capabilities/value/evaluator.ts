import type { SyntaxNode } from '../../../read/source/syntax.ts';
import type { Called } from './called.ts';
import type { CallPlace, FunctionFacts, Scope } from './scope.ts';
import type { FunctionNode, Place, Value } from './value.ts';

/** Reads what expressions may be. */
export interface Evaluator {
  value(node: SyntaxNode, scope: Scope): Value;
  /** Returns what is called, with the arguments in order, after `call`, `apply` and `Reflect.apply`. */
  called(call: CallPlace): Called;
  /** Returns the function of the file that a call calls. */
  calledFunction(call: CallPlace): FunctionNode | undefined;
  facts(fn: FunctionNode): FunctionFacts | undefined;
  /** Notes what a global name leads to: what loads modules, or the host in `process.env.API`. */
  addGlobal(name: string, value: Value): void;
  /** Notes what code assigns to a global name of its own. */
  assignGlobal(name: string, place: Place<Scope>): void;
  /** Notes what code assigns to a name that a file exports. */
  assignExport(path: string, name: string, place: Place<Scope>): void;
  /** Notes what code writes to the file of a path. */
  writeFile(path: string, place: Place<Scope>): void;
  /**
   * Forgets what was computed, after names got further values.
   *
   * @param isLinked Whether all calls are linked. Before, only functions, paths and texts matter, and labels that need
   * more evaluations are left out.
   */
  reset(isLinked: boolean): void;
}
