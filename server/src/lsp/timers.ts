/** The platform's timers, provided by the shell: this layer is independent of the platform. */
export interface Timers {
  /** Resolves after the platform has handled what was ready, such as one more message of the client. */
  nextTurn(): Promise<void>;
  /** Calls back once; the returned function cancels it. */
  after(milliseconds: number, callback: () => void): () => void;
}

/** Resolves with the promise's result, or with undefined if it takes longer. */
export function within<T>(timers: Timers, milliseconds: number, promise: Promise<T>): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const callOff = timers.after(milliseconds, () => resolve(undefined));
    promise.then(
      (value) => {
        callOff();
        resolve(value);
      },
      (error) => {
        callOff();
        reject(error);
      },
    );
  });
}
