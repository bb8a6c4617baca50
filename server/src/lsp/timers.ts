/** The platform's timers, given by the shell: this layer knows no platform. */
export interface Timers {
  /** Resolves after the platform has handled what was ready, such as one more message of the client. */
  nextTurn(): Promise<void>;
  /** Calls back once; the result calls it off. */
  after(milliseconds: number, callback: () => void): () => void;
}

/** The promise's result, or undefined where it takes longer. */
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
