/** How long a test waits for something to appear, in milliseconds: a busy machine needs seconds for some of it. */
export const PATIENCE = 60_000;
